using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Fractions, alone or behind a whole number.</summary>
internal sealed partial class FractionReading() : Reading(
    "Fraction",
    ("1/2", "puoli"),
    ("1/3", "yksi kolmasosa"),
    ("3/4", "kolme neljäsosaa"),
    ("1 1/2", "puolitoista"),
    ("2 1/2 tuntia", "kaksi ja puoli tuntia"),
    ("2 3/4 l", "kaksi ja kolme neljäsosaa litraa"),
    ("1/2 tl suolaa", "puoli teelusikallista suolaa"),
    ("½", "puoli"),
    ("1½", "puolitoista"),
    ("2 ½ dl", "kaksi ja puoli desilitraa"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success || c.Peek(c.At - 1) is '/' or '.' or ',')
        {
            return false;
        }

        var (whole, top, bottom) = (match.Groups[1], FinnishNumbers.Parse(match.Groups[2].ValueSpan), FinnishNumbers.Parse(match.Groups[3].ValueSpan));
        if (top >= bottom)
        {
            return false;
        }

        if (whole.Success && (top, bottom) == (1, 2))
        {
            c.Builder.Say(whole.Value == "1" ? "puolitoista" : FinnishNumbers.Cardinal(FinnishNumbers.Parse(whole.ValueSpan)) + " ja puoli", c.At);
        }
        else
        {
            if (whole.Success)
            {
                c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(whole.ValueSpan)) + " ja", c.At);
            }

            var part = bottom == 2 ? "puoli" : FinnishNumbers.Cardinal(top) + " " + FinnishNumbers.Ordinal(bottom) + (top == 1 ? "osa" : "osaa");
            c.Builder.Say(part, match.Groups[2].Index);
        }

        c.At += match.Length;
        UnitWords.SayAfterFraction(c);
        return true;
    }

    [GeneratedRegex(@"\G(?:([1-9]\d{0,2}) )?([1-9])[/⁄](10|[2-9])(?![\d/.,]\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
