namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Words said letter by letter or as numbers: initials, roman numerals, units, initialisms.</summary>
internal static class LetterWords
{
    /// <summary>Says the word; the cursor stands behind it and its ending.</summary>
    public static bool TrySay(FinnishCursor c, string word, int start, string ending)
    {
        if (word.Length == 1 && FinnishInitialisms.Letter(word[0]) is not null)
        {
            if (TryInitial(c, start))
            {
                return true;
            }

            var inflects = ending.Length > 0 && word[0] is not ('w' or 'W' or 'π');
            c.Builder.Say(inflects ? FinnishInitialisms.Spell(word, ending) : FinnishInitialisms.Letter(word[0])!, start);
            return true;
        }

        var roman = FinnishInitialisms.RomanValue(word);
        if (roman > 0)
        {
            var form = ending.Length > 0 && FinnishEndings.TryRead(ending, out var written, out _) ? written : OrdinalWords.CaseBefore(c, c.At);
            c.Builder.Say(FinnishNumbers.Ordinal(roman, form), start);
            return true;
        }

        if (ending.Length == 0 && FinnishUnits.TryName(word, out var unit))
        {
            c.Builder.Say(unit, start);
            return true;
        }

        if (!FinnishInitialisms.IsSpelled(word, IsAmongCapitals(c, start, start + word.Length)))
        {
            return false;
        }

        c.Builder.Say(FinnishInitialisms.Spell(word, ending), start);
        return true;
    }

    // "J. K. Paasikivi": the full stop of an initial is silent when a name follows, unless the letter is what a word before it labels
    // ("vaihtoehto A. Sitten ...").
    private static bool TryInitial(FinnishCursor c, int start)
    {
        if (!char.IsUpper(c.Text[start]) || c.Peek(start + 1) != '.')
        {
            return false;
        }

        var next = c.SkipSpaces(start + 2);
        if (!char.IsUpper(c.Peek(next)) || c.IsBehindLabel(start))
        {
            return false;
        }

        c.Builder.Say(FinnishInitialisms.Letter(c.Text[start])!, start);
        c.At = start + 2;
        return true;
    }

    // A neighbour in capitals with four letters or more means a line set in capitals, not a row of initialisms.
    private static bool IsAmongCapitals(FinnishCursor c, int start, int end)
    {
        var next = c.SkipSpaces(end);
        var nextEnd = next;
        while (nextEnd - next < 4 && char.IsUpper(c.Peek(nextEnd)))
        {
            nextEnd++;
        }

        var previous = start - 1;
        while (c.Peek(previous) == ' ')
        {
            previous--;
        }

        var previousStart = previous;
        while (previous - previousStart < 4 && char.IsUpper(c.Peek(previousStart)))
        {
            previousStart--;
        }

        return nextEnd - next == 4 || previous - previousStart == 4;
    }
}
