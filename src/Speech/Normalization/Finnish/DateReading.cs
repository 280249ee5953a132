using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Dates in the Finnish order: <c>24.12.2026</c>, <c>24.12.</c>.</summary>
internal sealed partial class DateReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success || c.IsDigit(c.At - 1) || (c.Peek(c.At - 1) == '.' && c.IsDigit(c.At - 2)))
        {
            return false;
        }

        var year = match.Groups[3];
        // "taulukko 4.1." numbers a table.
        if (!year.Success && c.IsBehindLabel(c.At))
        {
            return false;
        }

        if (!DateWords.TrySay(c, match.Groups[1], match.Groups[2], year))
        {
            return false;
        }

        c.At += match.Length;
        if (!year.Success)
        {
            c.At--;
            c.SwallowStop(leads: false);
        }

        return true;
    }

    /// <summary>Whether a date stands there.</summary>
    public static bool IsAt(string text, int at) => Pattern().IsMatch(text, at);

    [GeneratedRegex(@"\G(\d{1,2})\.(\d{1,2})\.(?:(\d{4}|\d{2})(?!\d|\.\d)|(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

/// <summary>Dates of ISO 8601: <c>2026-12-24</c>, also before a time: <c>2026-12-24T14:30</c>.</summary>
internal sealed partial class IsoDateReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var match = Pattern().Match(c.Text, c.At);
        if (!match.Success || !DateWords.TrySay(c, match.Groups[3], match.Groups[2], match.Groups[1]))
        {
            return false;
        }

        c.At += match.Length;
        if (c.Text[c.At - 1] == 'T')
        {
            c.Builder.Say("kello", c.At - 1);
            c.ClockAt = c.At;
        }

        return true;
    }

    // All patterns are anchored at the start position and bounded, so that trying them at every position stays linear.
    [GeneratedRegex(@"\G(\d{4})-(\d{2})-(\d{2})(?![\d-])(?:T(?=\d\d:\d\d))?", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}

internal static class DateWords
{
    /// <returns>Whether there is such a day.</returns>
    public static bool TrySay(FinnishCursor c, Group day, Group month, Group year)
    {
        var (d, m) = (FinnishNumbers.Parse(day.ValueSpan), FinnishNumbers.Parse(month.ValueSpan));
        // Without a year the 29th of February may be meant; two digits do not tell the century, and 2000 was a leap year.
        var y = year.Success && year.Length == 4 ? FinnishNumbers.Parse(year.ValueSpan) : 2000;
        if (m is < 1 or > 12 || y is < 1 or > 9999 || d < 1 || d > DateTime.DaysInMonth((int)y, (int)m))
        {
            return false;
        }
        // "24.12.2026" names its parts in order; the ISO order has the year first, and all of it then stems from its start.
        var inOrder = day.Index < month.Index;
        c.Builder.Say(FinnishNumbers.Ordinal(d), inOrder ? day.Index : year.Index);
        c.Builder.Say(FinnishEndings.Month(m), inOrder ? month.Index : year.Index);
        if (year.Success)
        {
            c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(year.ValueSpan)), year.Index);
        }

        return true;
    }
}
