using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Ordinals before a noun: <c>3. luokalla</c>.</summary>
internal sealed partial class OrdinalReading : IQuantityReading
{
    public bool TryRead(FinnishCursor c, Quantity quantity)
    {
        if (!quantity.IsWhole || quantity.Digits.Length > 4 || c.Peek(c.At) != '.')
        {
            return false;
        }

        if (!OrdinalRangePattern().IsMatch(c.Text, c.At) && !(c.Peek(c.At + 1) == ' ' && char.IsLower(c.Peek(c.SkipSpaces(c.At + 1)))))
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(quantity.Digits), OrdinalWords.CaseBefore(c, c.At + 1)), quantity.Start);
        c.At++;
        return true;
    }

    [GeneratedRegex(@"\G\.(?:[–-]| [–-] )\d", RegexOptions.CultureInvariant)]
    private static partial Regex OrdinalRangePattern();
}

/// <summary>The case of an ordinal, from the noun behind it.</summary>
internal static partial class OrdinalWords
{
    public static FinnishCase CaseBefore(FinnishCursor c, int at)
    {
        var tail = OrdinalTailPattern().Match(c.Text, at);
        return tail.Success ? FinnishEndings.OfOrdinalBefore(tail.Groups[1].Value) : FinnishCase.Nominative;
    }

    [GeneratedRegex(@"\G(?:(?:(?: ja | tai | sekä | ?[–-] ?)\d{1,4}\.){0,2}) (\p{Ll}{2,40})(?![\p{L}.])", RegexOptions.CultureInvariant)]
    private static partial Regex OrdinalTailPattern();
}
