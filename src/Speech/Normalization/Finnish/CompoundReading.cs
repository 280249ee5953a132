using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Words whose first part is a number.</summary>
internal sealed partial class CompoundReading() : Reading(
    "Compound of a number",
    ("6-vuotias", "kuusivuotias"),
    ("1990-luvulla", "tuhat yhdeksänsataayhdeksänkymmentäluvulla"),
    ("20-vuotiaan", "kaksikymmentävuotiaan"),
    ("1–2-vuotiaat", "yksi kaksivuotiaat"),
    ("50–60-luvuilla", "viisikymmentä kuusikymmentäluvuilla"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Peek(c.EndOfDigits(c.At)) is not ('-' or '–' or '−'))
        {
            return false;
        }

        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success || match.Groups[2].Value is "ja" or "tai" or "eli")
        {
            return false;
        }

        foreach (Capture number in match.Groups[1].Captures)
        {
            var quantity = Quantity.Read(c, number.Index);
            QuantityWords.Say(c, quantity, FinnishCase.Nominative);
        }

        c.Builder.Glue();
        c.At = match.Groups[2].Index;
        return true;
    }

    [GeneratedRegex(@"\G(?:(\d{1,9})[–−-]){1,2}(\p{Ll}{2,})", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
