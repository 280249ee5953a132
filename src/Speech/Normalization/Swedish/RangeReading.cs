namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Two numbers with a sign between them: ranges, dimensions, differences. A unit behind the second counts both.</summary>
internal sealed class RangeReading() : Reading(
    "Range",
    ("5–10 km", "fem till tio kilometer"),
    ("3-4", "tre till fyra"),
    ("2 x 4 m", "två gånger fyra meter"),
    ("9 - 3 = 6", "nio minus tre är sex"),
    ("vann med 3–1", "vann med tre-ett"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var first = SwedishNumeral.Read(c.Text, c.At);
        var sign = c.SkipSpace(first.End);
        var next = c.SkipSpace(sign + 1);
        if (c.Peek(sign) is not ('-' or '–' or '−' or 'x' or '×') || !c.IsDigit(next) || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1)
            || (c.Peek(c.At - 1) is '-' or '/' && SpokenPunctuation.IsWordCharacter(c.Text, c.At - 2)))
        {
            return false;
        }

        var second = SwedishNumeral.Read(c.Text, next);
        var word = Between(c, first, second, sign);
        if (word.Length == 0)
        {
            return false;
        }

        c.Builder.Say(first.InWords(), c.At);
        c.Builder.Say(word, sign);
        c.At = next;
        return true;
    }

    private static string Between(ReadingCursor c, SwedishNumeral first, SwedishNumeral second, int sign)
    {
        if (c.Text[sign] is 'x' or '×')
        {
            return "gånger";
        }

        if (c.Peek(c.SkipSpace(second.End)) == '=')
        {
            return "minus";
        }

        var rises = first.Whole.Length < second.Whole.Length || (first.Whole.Length == second.Whole.Length
            && string.CompareOrdinal(first.Whole, second.Whole) < 0);
        return sign == first.End && second.Start == sign + 1 && rises && !(c.Peek(second.End) is '-' or '/' && SpokenPunctuation.IsWordCharacter(c.Text, second.End + 1)) ? "till" : "";
    }
}
