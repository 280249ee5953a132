using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Ratios: <c>1:50</c>.</summary>
internal sealed partial class RatioReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan)), c.At);
        c.Builder.Say("suhde", c.At + match.Length - 1);
        c.At += match.Length;
        var second = Quantity.Read(c);
        QuantityWords.Say(c, second, FinnishCase.Illative);
        return true;
    }

    [GeneratedRegex(@"\G(\d{1,9}):(?=(\d{1,9})(?![\d:]))", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
