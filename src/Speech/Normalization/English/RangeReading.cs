namespace Dictation.Speech.Normalization.English;

/// <summary>Two numbers with a sign between them: ranges, dimensions, ratios, sums. A unit behind the second counts both.</summary>
internal sealed class RangeReading() : Reading(
    "Range",
    ("3-4", "three to four"),
    ("pages 10–12", "pages ten to twelve"),
    ("2-5 lbs", "two to five pounds"),
    ("2x8 m", "two by eight meters"),
    ("25 x 7", "twenty-five by seven"),
    ("2:8", "two to eight"),
    ("Psalm 23:4", "Psalm twenty-three: four"),
    ("1-4=5", "one minus four equals five"),
    ("9 - 3 = 6", "nine minus three equals six"),
    ("they won 3-1", "they won three-one"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var first = EnglishNumeral.Read(c.Text, c.At);
        var sign = c.SkipSpace(first.End);
        var next = c.SkipSpace(sign + 1);
        if (c.Peek(sign) is not ('-' or '–' or '−' or 'x' or '×' or ':') || !c.IsDigit(next)
            || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1)
            || (c.Peek(c.At - 1) is '-' or '/' or ':' && SpokenPunctuation.IsWordCharacter(c.Text, c.At - 2)))
        {
            return false;
        }

        var second = EnglishNumeral.Read(c.Text, next);
        if (Between(c, first, second, sign) is not { Length: > 0 } word)
        {
            return false;
        }

        c.Builder.Say(first.InWords(), c.At);
        c.Builder.Say(word, sign);
        c.At = next;
        return true;
    }

    // "Psalm 23:4"
    private static bool IsVerse(ReadingCursor c) => c.Peek(c.At - 1) == ' ' && char.IsUpper(c.Peek(c.StartOfWordBefore(c.At)));

    private static string Between(ReadingCursor c, EnglishNumeral first, EnglishNumeral second, int sign)
    {
        var behind = c.Peek(second.End);
        if (behind is '/' or ':' || (behind is '-' or '–' && SpokenPunctuation.IsWordCharacter(c.Text, second.End + 1)))
        {
            return "";
        }

        var isSpaced = sign > first.End;
        switch (c.Text[sign])
        {
            case 'x' or '×':
                return "by";
            case ':':
                return isSpaced || second.Start > sign + 1 || IsVerse(c) ? "" : "to";
        }

        if (c.Peek(c.SkipSpace(second.End)) == '=')
        {
            return "minus";
        }

        var hasUnit = EnglishUnits.TryRead(c.Text, c.SkipSpace(second.End), out _, out _, out _);
        var rises = first.Whole.Length < second.Whole.Length || (first.Whole.Length == second.Whole.Length
            && string.CompareOrdinal(first.Whole, second.Whole) < 0);
        return !isSpaced && second.Start == sign + 1 && (rises || hasUnit) && !(char.IsLetter(behind) && !hasUnit) ? "to" : "";
    }
}
