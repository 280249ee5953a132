using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Ratios and scales.</summary>
internal sealed partial class RatioReading() : Reading("Ratio", ("1:100", "yksi suhde sataan"), ("mittakaava 1:50 000", "mittakaava yksi suhde viiteenkymmeneentuhanteen"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Peek(c.EndOfDigits(c.At)) != ':')
        {
            return false;
        }

        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan)), c.At);
        c.Builder.Say("suhde", c.At + match.Length - 1);
        var second = Quantity.Read(c, c.At + match.Length);
        QuantityWords.Say(c, second, FinnishCase.Illative);
        c.At = second.End;
        return true;
    }

    [GeneratedRegex(@"\G(\d{1,9}):(?=(\d{1,9})(?![\d:]))", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
