namespace Dictation.Speech.Normalization.English;

/// <summary>Words said letter by letter: initialisms, initials, what has no vowel.</summary>
/// <remarks>A hyphen stands behind A inside an initialism, so that it is no article.</remarks>
internal sealed class LettersReading() : Reading(
    "Letters",
    ("the FBI", "the F B I"),
    ("U.S.", "U S."),
    ("the U.S. Government", "the U S Government"),
    ("USA", "U S A"),
    ("ATM", "A-T M"),
    ("the CEO's car", "the C E O's car"),
    ("two CDs", "two C D's"),
    ("AT&T", "A-T and T"),
    ("tv", "T V"),
    ("PhD", "P H D"),
    ("C. S. Lewis", "C S Lewis"),
    ("THE CAT IS MY PET", "THE CAT IS MY PET"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var start = c.At;
        var end = c.EndOfLetters(start);
        if (end - start > EnglishInitialisms.Longest + 2)
        {
            return false;
        }

        if (end - start == 1)
        {
            return TryDotted(c) || TryInitial(c) || TryLetterBeforeDigit(c);
        }

        var (letters, ending) = Split(c.Text.AsSpan(start, end - start));
        var isJoined = letters is 1 or 2 && char.IsUpper(c.Text[start + letters - 1]) && c.Peek(end) == '&' && char.IsUpper(c.Peek(end + 1));
        if (letters == 0 || !(isJoined || EnglishInitialisms.IsSpelled(c.Text.AsSpan(start, letters), () => IsAmongCapitals(c, start, end))))
        {
            return false;
        }

        c.Builder.Say(EnglishInitialisms.Spell(c.Text.AsSpan(start, letters)) + ending, start);
        c.At = end;
        return true;
    }

    // What is spelled of a word, and its plural or possessive ending.
    private static (int Letters, string Ending) Split(ReadOnlySpan<char> word)
    {
        if (word.EndsWith("'s", StringComparison.Ordinal))
        {
            return (word.Length - 2, "'s");
        }

        if (word.Contains('\''))
        {
            return (0, "");
        }

        return word.Length > 2 && word[^1] == 's' && char.IsUpper(word[^2]) && char.IsUpper(word[0]) ? (word.Length - 1, "'s") : (word.Length, "");
    }

    // "U.S.", "e.s.t": single letters with full stops.
    private static bool TryDotted(ReadingCursor c)
    {
        var start = c.At;
        if (c.Peek(start + 1) != '.' || !c.IsLetter(start + 2) || SpokenPunctuation.IsWordCharacter(c.Text, start - 1))
        {
            return false;
        }

        var end = start + 1;
        while (end - start < ReadingCursor.LongestToken && c.Peek(end) == '.' && c.IsLetter(end + 1) && !c.IsLetter(end + 2))
        {
            end += 2;
        }

        if (end == start + 1 || c.IsDigit(end))
        {
            return false;
        }

        c.Builder.Say(EnglishInitialisms.Spell(c.Text.AsSpan(start, end - start)), start);
        c.At = end;
        if (c.Peek(end) == '.')
        {
            c.SwallowStop();
        }

        EnglishWords.CopyPossessive(c);
        return true;
    }

    // "C. S. Lewis": the full stop of an initial is silent where it ends no sentence.
    private static bool TryInitial(ReadingCursor c)
    {
        var start = c.At;
        if (!char.IsUpper(c.Text[start]) || c.Peek(start + 1) != '.' || c.Peek(start + 2) is not (' ' or '-') || c.EndsSentence(start + 1)
            || c.IsBehindLabel(start))
        {
            return false;
        }

        c.Builder.Copy(start, start + 1);
        c.At = start + 2;
        return true;
    }

    // "A321": behind a hyphen A is no article.
    private static bool TryLetterBeforeDigit(ReadingCursor c)
    {
        if (c.Text[c.At] != 'A' || !c.IsDigit(c.At + 1))
        {
            return false;
        }

        c.Builder.Copy(c.At, ++c.At);
        return true;
    }

    // A neighbour in capitals with four letters or more, or a usual word, means a line set in capitals, not a row of initialisms.
    private static bool IsAmongCapitals(ReadingCursor c, int start, int end)
    {
        var (before, behind) = c.CapitalsBeside(start, end);
        return IsStressed(c, behind.Start.Value, behind.End.Value) || IsStressed(c, before.Start.Value, before.End.Value);
    }

    private static bool IsStressed(ReadingCursor c, int start, int end) =>
        end - start == 4 || (!c.IsLetter(start - 1) && !c.IsLetter(end) && EnglishInitialisms.IsUsualWord(c.Text.AsSpan(start, end - start)));
}
