namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Abbreviations: <c>esim.</c>, <c>klo</c>, <c>eKr.</c>.</summary>
internal sealed class AbbreviationReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        var bare = c.Peek(start - 1) != '-' && !(c.Peek(end) == '-' && c.IsLetter(end + 1));
        return bare && TryRead(c, start, end);
    }

    private static bool TryRead(FinnishCursor c, int start, int wordEnd)
    {
        if (!FinnishAbbreviations.TryRead(c.Text, start, wordEnd, out var abbreviation, out var end))
        {
            return false;
        }

        if (abbreviation.Words == "jälkeen ajanlaskun alun" && !IsBehindNumber(c, start))
        {
            return false;
        }

        c.Builder.Say(abbreviation.Words, start);
        c.At = end;
        if (c.Peek(c.At) == '.')
        {
            c.SwallowStop(abbreviation.Traits.HasFlag(AbbreviationTraits.Leads));
        }
        else
        {
            c.ReadEnding();
        }

        var next = c.SkipSpaces(c.At);
        if (abbreviation.Traits.HasFlag(AbbreviationTraits.Clock))
        {
            c.ClockAt = next;
        }

        if (abbreviation.Traits.HasFlag(AbbreviationTraits.Phone))
        {
            c.PhoneAt = c.Peek(next) == ':' ? c.SkipSpaces(next + 1) : next;
        }

        return true;
    }

    // "jaa" is a word; only behind a year does it date.
    private static bool IsBehindNumber(FinnishCursor c, int start) => c.IsDigit(start - 1) || (c.Peek(start - 1) == ' ' && c.IsDigit(start - 2));
}
