using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>An amount as written.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Digits">Its whole part without separators.</param>
/// <param name="FractionStart">Where the digits behind the decimal separator start; 0 for none.</param>
/// <param name="End">Behind its last digit.</param>
/// <param name="Grouped">Whether separators part its thousands.</param>
internal readonly partial record struct Quantity(int Start, string Digits, int FractionStart, int End, bool Grouped)
{
    // More digits without separators are an identifier or a telephone number rather than an amount.
    private const int LongestPlainNumber = 9;

    private const int LongestGroupedNumber = 15;

    public bool IsSpelled => (Digits.Length > 1 && Digits[0] == '0') || Digits.Length > (Grouped ? LongestGroupedNumber : LongestPlainNumber);

    public bool IsWhole => FractionStart == 0 && !IsSpelled;

    public bool IsOne => FractionStart == 0 && Digits == "1";

    /// <summary>Reads the amount at the cursor, which stands on a digit.</summary>
    public static Quantity Read(FinnishCursor c)
    {
        var start = c.At;
        var grouped = GroupedPattern().Match(c.Text, start);
        var end = start;
        if (grouped.Success)
        {
            end += grouped.Length;
        }
        else
        {
            while (c.IsDigit(end))
            {
                end++;
            }
        }

        var digits = c.Text[start..end];
        if (grouped.Success)
        {
            digits = digits.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        }

        var fraction = 0;
        // A second separator makes it a list, a version or an address rather than a decimal number.
        if (c.Peek(end) is ',' or '.' && c.IsDigit(end + 1) && !(c.Peek(start - 1) is '.' or ',' && c.IsDigit(start - 2)))
        {
            var tail = end + 1;
            while (c.IsDigit(tail))
            {
                tail++;
            }

            if (!(c.Peek(tail) == c.Peek(end) && c.IsDigit(tail + 1)))
            {
                (fraction, end) = (end + 1, tail);
            }
        }

        c.At = end;
        return new Quantity(start, digits, fraction, end, grouped.Success);
    }

    [GeneratedRegex(@"\G(?:\d{1,3}(?:(?: \d{3}){1,4}(?!\d)|(?:\.\d{3}){2,4}(?![\d.])|(?:\.\d{3}){1,4}(?=,\d{1,2}(?!\d))))", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedPattern();
}

/// <summary>How amounts are said.</summary>
internal static class QuantityWords
{
    public static void Say(FinnishCursor c, Quantity quantity, FinnishCase form)
    {
        var whole = quantity.FractionStart == 0 ? form : FinnishCase.Nominative;
        c.Builder.Say(quantity.IsSpelled ? FinnishNumbers.Digits(quantity.Digits) : FinnishNumbers.Cardinal(FinnishNumbers.Parse(quantity.Digits), whole), quantity.Start);
        if (quantity.FractionStart == 0)
        {
            return;
        }

        var separator = quantity.FractionStart - 1;
        c.Builder.Say(c.Text[separator] == ',' ? "pilkku" : "piste", separator);
        var fraction = c.Text.AsSpan(quantity.FractionStart, quantity.End - quantity.FractionStart);
        var digitByDigit = fraction.Length > 2 || fraction[0] == '0';
        c.Builder.Say(digitByDigit ? FinnishNumbers.Digits(fraction) : FinnishNumbers.Cardinal(FinnishNumbers.Parse(fraction), form), quantity.FractionStart);
    }

    public static void SayWithEnding(FinnishCursor c, Quantity quantity, string ending)
    {
        var known = FinnishEndings.TryRead(ending, out var form, out var ordinal);
        if (quantity.IsWhole && FinnishNumbers.Parse(quantity.Digits) is 1 or 2 && ending is "nen" or "sen")
        {
            c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(quantity.Digits), ending == "nen" ? FinnishCase.Nominative : FinnishCase.Genitive), quantity.Start);
        }
        else if (ordinal && quantity.IsWhole)
        {
            c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(quantity.Digits), form), quantity.Start);
        }
        else
        {
            Say(c, quantity, known && !ordinal ? form : FinnishCase.Nominative);
        }
    }
}
