namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Words said letter by letter, by the letters' names.</summary>
internal sealed class LettersReading() : Reading(
    "Letters",
    ("EU:s", "e us"),
    ("USA", "u ess a"),
    ("SVT", "ess ve te"),
    ("tv", "te ve"),
    ("NATO", "NATO"),
    ("VIKTIGT ATT VETA", "VIKTIGT ATT VETA"),
    ("A. Lindgren", "A Lindgren"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        var word = c.Text.AsSpan(start, end - start);
        if (word.Length == 1)
        {
            return TryInitial(c) || TryGreek(c);
        }

        if (!SwedishInitialisms.IsSpelled(word) || (word.Length > 2 && c.IsAmongCapitals(start, end)))
        {
            return false;
        }

        c.Builder.Say(SwedishInitialisms.Spell(word), start);
        c.At = end;
        WordReading.SayEnding(c);
        return true;
    }

    // "A. Lindgren": the full stop of an initial is silent where it ends no sentence.
    private static bool TryInitial(ReadingCursor c)
    {
        var start = c.At;
        if (!char.IsUpper(c.Text[start]) || c.Peek(start + 1) != '.' || c.EndsSentence(start + 1) || c.IsBehindLabel(start))
        {
            return false;
        }

        c.Builder.Copy(start, start + 1);
        c.At = start + 2;
        return true;
    }

    private static bool TryGreek(ReadingCursor c)
    {
        if (SymbolReading.GreekName(c.Text[c.At]) is not { } name)
        {
            return false;
        }

        c.Builder.Say(name, c.At++);
        return true;
    }
}
