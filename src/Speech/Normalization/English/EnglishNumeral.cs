namespace Dictation.Speech.Normalization.English;

/// <summary>A number as it is written: <c>1,234.50</c>, <c>.5</c>.</summary>
/// <param name="Start">Where its first character stands.</param>
/// <param name="End">Behind its last.</param>
/// <param name="Whole">Its digits before the point, without separators; empty where it begins with the point.</param>
/// <param name="Decimals">Its digits behind the point.</param>
/// <param name="IsGrouped">Whether separators of thousands stand in it.</param>
internal readonly record struct EnglishNumeral(int Start, int End, string Whole, string Decimals, bool IsGrouped)
{
    private const int LongestRun = 400;

    /// <summary>Whether it is one, so that its unit stands in the singular.</summary>
    public bool IsOne => Whole == "1" && Decimals.Length == 0;

    /// <summary>Reads the number that begins at <paramref name="at"/>, where a digit or a point before one stands.</summary>
    public static EnglishNumeral Read(string text, int at)
    {
        var end = SpokenPunctuation.EndOfDigits(text, at);
        var whole = text[at..end];
        var groups = end;
        while (whole.Length is > 0 and <= 3 && whole[0] != '0' && groups - at < LongestRun && IsGroup(text, groups))
        {
            groups += 4;
        }

        var isGrouped = groups > end;
        whole = isGrouped ? text[at..groups].Replace(",", "", StringComparison.Ordinal) : whole;
        var decimals = SpokenPunctuation.EndOfDigits(text, groups + 1);
        var hasDecimals = groups < text.Length && text[groups] == '.' && decimals > groups + 1 && !IsDotted(text, decimals)
            && !(at > 0 && text[at - 1] == '.' && whole.Length > 0);
        return hasDecimals
            ? new EnglishNumeral(at, decimals, whole, text[(groups + 1)..decimals], isGrouped)
            : new EnglishNumeral(at, groups, whole, "", isGrouped);
    }

    /// <summary>"three point one four"; long numbers and those that begin with zero digit by digit.</summary>
    public string InWords(bool withAnd = true)
    {
        var whole = Whole.Length == 0 ? "" : Whole.Length > EnglishNumbers.LongestPlain && !IsGrouped ? EnglishNumbers.Digits(Whole) : EnglishNumbers.Cardinal(Whole, withAnd);
        return Decimals.Length == 0 ? whole : $"{whole} point {EnglishNumbers.Digits(Decimals)}".TrimStart();
    }

    // ",345" and no fourth digit.
    private static bool IsGroup(string text, int at) => at < text.Length && text[at] == ',' && SpokenPunctuation.EndOfDigits(text, at + 1) == at + 4;

    private static bool IsDotted(string text, int at) => at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]);
}
