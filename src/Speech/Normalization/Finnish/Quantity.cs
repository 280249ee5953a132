using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>An amount as written.</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="Digits">Its whole part without separators.</param>
/// <param name="FractionStart">Where the digits behind the decimal separator start; 0 for none.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Grouped">Whether separators part its thousands.</param>
/// <param name="Part">A fraction of one character behind it: <c>½</c>; <c>\0</c> for none.</param>
internal readonly partial record struct Quantity(int Start, string Digits, int FractionStart, int End, bool Grouped, char Part)
{
    // More digits without separators are an identifier or a telephone number rather than an amount.
    private const int LongestPlainNumber = 9;

    private const int LongestGroupedNumber = 15;

    /// <summary>Whether it is said digit by digit.</summary>
    public bool IsSpelled => (Digits.Length > 1 && Digits[0] == '0') || Digits.Length > (Grouped ? LongestGroupedNumber : LongestPlainNumber);

    public bool IsWhole => FractionStart == 0 && Part == '\0' && !IsSpelled;

    public bool IsOne => IsWhole && Digits == "1";

    /// <summary>Its value; only where <see cref="IsWhole"/>.</summary>
    public long Value => FinnishNumbers.Parse(Digits);

    /// <summary>Reads the amount at <paramref name="start"/>, where a digit stands.</summary>
    public static Quantity Read(ReadingCursor c, int start)
    {
        if (c.Kept(start) is Quantity kept)
        {
            return kept;
        }

        var quantity = ReadAt(c, start);
        c.Keep(start, quantity);
        return quantity;
    }

    private static Quantity ReadAt(ReadingCursor c, int start)
    {
        var grouped = GroupedPattern().Match(c.Text, start);
        // "versio 3.142" and "0.125" have no thousands.
        var isGrouped = grouped.Success && !(grouped.Value.Contains('.', StringComparison.Ordinal) && (c.Text[start] == '0' || c.IsBehindLabel(start)));
        var end = start;
        if (isGrouped)
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
        if (isGrouped)
        {
            digits = digits.Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        }

        var fraction = FractionAt(c, start, ref end);
        var part = fraction == 0 && FinnishFractions.Find(c.Peek(c.SkipSpace(end))) is not null ? c.Peek(c.SkipSpace(end)) : '\0';
        return new Quantity(start, digits, fraction, part == '\0' ? end : c.SkipSpace(end) + 1, isGrouped, part);
    }

    // A second separator makes it a list, a version or an address rather than a decimal number.
    private static int FractionAt(ReadingCursor c, int start, ref int end)
    {
        if (c.Peek(end) is not (',' or '.') || !c.IsDigit(end + 1) || (c.Peek(start - 1) is '.' or ',' && c.IsDigit(start - 2)))
        {
            return 0;
        }

        var tail = end + 1;
        while (c.IsDigit(tail))
        {
            tail++;
        }

        if (c.Peek(tail) == c.Peek(end) && c.IsDigit(tail + 1))
        {
            return 0;
        }

        var fraction = end + 1;
        end = tail;
        return fraction;
    }

    [GeneratedRegex(@"\G(?:\d{1,3}(?:(?:[ ']\d{3}){1,4}(?!\d)|(?:\.\d{3}){1,4}(?![\d.]\d|\d)))", RegexOptions.CultureInvariant)]
    private static partial Regex GroupedPattern();
}

/// <summary>How amounts are said.</summary>
internal static class QuantityWords
{
    /// <summary>A whole number of ASCII digits in words.</summary>
    public static string InWords(string digits) =>
        digits.Length > 15 || (digits.Length > 1 && digits[0] == '0') ? FinnishNumbers.Digits(digits) : FinnishNumbers.Cardinal(FinnishNumbers.Parse(digits));

    /// <summary>Says the amount.</summary>
    public static void Say(ReadingCursor c, Quantity quantity, FinnishCase form)
    {
        if (quantity.Part != '\0')
        {
            var part = FinnishFractions.Find(quantity.Part)!;
            c.Builder.Say(quantity.Digits == "1" && part == "puoli" ? "puolitoista" : $"{FinnishNumbers.Cardinal(FinnishNumbers.Parse(quantity.Digits))} ja {part}", quantity.Start);
            return;
        }

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

    /// <summary>Says the amount with what an ending behind a colon says of it.</summary>
    public static void SayWithEnding(ReadingCursor c, Quantity quantity, string ending)
    {
        if (quantity.IsWhole && quantity.Value is 1 or 2 && ending is "nen" or "sen")
        {
            c.Builder.Say(FinnishNumbers.Ordinal(quantity.Value, ending == "nen" ? FinnishCase.Nominative : FinnishCase.Genitive), quantity.Start);
            return;
        }

        if (!CaseEndings.TryRead(ending, out var read))
        {
            Say(c, quantity, FinnishCase.Nominative);
            c.Builder.Glue();
            c.Builder.Say(ending, quantity.Start);
            return;
        }

        if (quantity.IsWhole && (read.Ordinal || read.Plural))
        {
            c.Builder.Say(read.Ordinal ? FinnishNumbers.Ordinal(quantity.Value, read.Case) : FinnishNumbers.Cardinal(quantity.Value, read.Case, plural: true), quantity.Start);
        }
        else
        {
            Say(c, quantity, read.Case);
        }

        if (read.Clitic.Length > 0)
        {
            c.Builder.Glue();
            c.Builder.Say(read.Clitic, quantity.Start);
        }
    }
}
