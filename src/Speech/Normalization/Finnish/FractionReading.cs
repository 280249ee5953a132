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
    ("3/4:n", "kolmen neljäsosan"),
    ("½", "puoli"),
    ("1½", "puolitoista"),
    ("2 ½ dl", "kaksi ja puoli desilitraa"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Peek(c.EndOfDigits(c.At)) is not ('/' or '⁄' or ' '))
        {
            return false;
        }

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

            c.At += match.Length;
            c.Builder.Say(Part(top, bottom, CaseEndings.ReadCase(c)), match.Groups[2].Index);
            UnitWords.SayAfterFraction(c);
            return true;
        }

        c.At += match.Length;
        UnitWords.SayAfterFraction(c);
        return true;
    }

    private static string Part(long top, long bottom, FinnishCase? form)
    {
        if (bottom == 2 && form is null)
        {
            return "puoli";
        }

        var counted = form ?? (top == 1 ? FinnishCase.Nominative : FinnishCase.Partitive);
        return FinnishNumbers.Cardinal(top, form ?? FinnishCase.Nominative) + " " + FinnishNumbers.Ordinal(bottom) + FinnishNoun.Regular("osa").In(counted);
    }

    [GeneratedRegex(@"\G(?:([1-9]\d{0,2}) )?([1-9])[/⁄](10|[2-9])(?![\d/.,]\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
