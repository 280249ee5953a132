namespace Dictation.Speech.Normalization.Swedish;

/// <summary>A number as it is written: <c>12 500,50</c>.</summary>
/// <param name="Start">Where its first character stands.</param>
/// <param name="End">Behind its last.</param>
/// <param name="Whole">Its digits before the comma, without spaces; empty where it begins with the comma.</param>
/// <param name="Decimals">Its digits behind the comma.</param>
internal readonly record struct SwedishNumeral(int Start, int End, string Whole, string Decimals)
{
    private const int LongestRun = 40;

    /// <summary>Whether it is one, so that its noun stands in the singular.</summary>
    public bool IsOne => Whole == "1" && Decimals.Length == 0;

    /// <summary>Reads the number that begins at <paramref name="at"/>, where a digit or a comma before one stands.</summary>
    public static SwedishNumeral Read(string text, int at)
    {
        var end = EndOfDigits(text, at);
        var whole = text[at..end];
        var groups = end;
        while (whole.Length is > 0 and <= 3 && whole[0] != '0' && groups - at < LongestRun && groups < text.Length
            && text[groups] is ' ' or '.' && EndOfDigits(text, groups + 1) == groups + 4
            && (groups == end || text[groups] == text[end]))
        {
            groups += 4;
        }

        // One group behind a full stop may be a decimal or a time; behind a space it is thousands.
        if (groups > end && (text[end] == ' ' || groups > end + 4))
        {
            whole = text[at..groups].Replace(" ", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
            end = groups;
        }

        var decimals = EndOfDigits(text, end + 1);
        return end < text.Length && text[end] == ',' && decimals > end + 1 && !(decimals + 1 < text.Length && text[decimals] == ','
            && char.IsAsciiDigit(text[decimals + 1]))
            ? new SwedishNumeral(at, decimals, whole, text[(end + 1)..decimals])
            : new SwedishNumeral(at, end, whole, "");
    }

    /// <summary>"tre komma femton"; up to three decimals as a number.</summary>
    /// <param name="common">Whether a last "ett" is "en".</param>
    public string InWords(bool common = false)
    {
        var whole = Whole.Length == 0 ? "noll" : SwedishNumbers.Cardinal(Whole, common);
        var decimals = Decimals.Length > 3 ? SwedishNumbers.Digits(Decimals) : Decimals.Length > 0 ? SwedishNumbers.Cardinal(Decimals) : "";
        return decimals.Length == 0 ? whole : $"{whole} komma {decimals}";
    }

    /// <summary>Behind the digits that stand at <paramref name="at"/>.</summary>
    public static int EndOfDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return Math.Min(at, text.Length);
    }
}
