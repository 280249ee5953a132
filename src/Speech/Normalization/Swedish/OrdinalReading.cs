namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Ordinals by their endings, chapters, and a number with a full stop that stands alone.</summary>
internal sealed class OrdinalReading() : Reading(
    "Ordinal",
    ("3:e", "tredje"),
    ("21:a", "tjugoförsta"),
    ("2:a plats", "andra plats"),
    ("100:e", "hundrade"),
    ("20.", "tjugonde."),
    ("9 kap. 2 §", "nionde kapitlet andra paragrafen"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = SwedishNumeral.EndOfDigits(c.Text, c.At);
        if (end - c.At > SwedishNumbers.Longest || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1))
        {
            return false;
        }

        var digits = c.Text.AsSpan(c.At, end - c.At);
        if (c.Peek(end) == ':' && c.Peek(end + 1) is 'a' or 'e' && !SpokenPunctuation.IsWordCharacter(c.Text, end + 2))
        {
            c.Builder.Say(SwedishNumbers.Ordinal(digits), c.At);
            c.At = end + 2;
            return true;
        }

        return TryParagraph(c, digits, end) || TryAlone(c, digits, end);
    }

    // "9 kap.", "2 §"
    private static bool TryParagraph(ReadingCursor c, ReadOnlySpan<char> digits, int end)
    {
        var at = c.SkipSpace(end);
        var isChapter = at > end && string.CompareOrdinal(c.Text, at, "kap", 0, 3) == 0 && !SpokenPunctuation.IsWordCharacter(c.Text, at + 3);
        if (!isChapter && c.Peek(at) != '§')
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Ordinal(digits), c.At);
        c.Builder.Say(isChapter ? "kapitlet" : "paragrafen", at);
        c.At = at + (isChapter ? 3 : 1);
        if (isChapter && c.Peek(c.At) == '.')
        {
            c.SwallowStop();
        }

        return true;
    }

    private static bool TryAlone(ReadingCursor c, ReadOnlySpan<char> digits, int end)
    {
        if (c.Peek(end) != '.' || c.Peek(end + 1) is not ('\0' or '\n') || c.Peek(c.At - 1) is not ('\0' or '\n'))
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Ordinal(digits), c.At);
        c.At = end;
        return true;
    }
}
