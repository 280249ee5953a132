using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Times of day: <c>14:30</c>, <c>klo 14.30</c>, <c>klo 8–16</c>, <c>12.00–13.30</c>.</summary>
/// <param name="onlyAnnounced">Only where the word before says that a time follows: there "8.05." is no date.</param>
internal sealed partial class ClockReading(bool onlyAnnounced = false) : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var announced = c.ClockAt == c.At;
        if (onlyAnnounced && !announced)
        {
            return false;
        }

        if (announced && TryHours(c))
        {
            return true;
        }

        var match = announced || TimeRangePattern().IsMatch(c.Text, c.At) ? ClockPattern().Match(c.Text, c.At) : TimePattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        var (hour, minute, second) = (match.Groups[1], match.Groups[2], match.Groups[3]);
        if (FinnishNumbers.Parse(hour.ValueSpan) > 24 || (minute.Success && FinnishNumbers.Parse(minute.ValueSpan) > 59) || (second.Success && FinnishNumbers.Parse(second.ValueSpan) > 59))
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(hour.ValueSpan)), hour.Index);
        // "klo 14.00" is said "kello neljätoista"; without the word the zeros are what tells that it is a time.
        if (minute.Success && !(announced && minute.Value == "00" && !second.Success))
        {
            SayMinutes(c, minute);
        }

        if (second.Success)
        {
            SayMinutes(c, second);
        }

        c.At += match.Length;
        c.ReadEnding();
        var next = announced || minute.Success && c.Peek(minute.Index - 1) == '.' ? NextClockPattern().Match(c.Text, c.At) : Match.Empty;
        if (next.Success)
        {
            c.ClockAt = c.At + next.Length;
        }

        return true;
    }

    /// <summary>Notes that a time is expected there, if hours such as <c>8–16</c> follow.</summary>
    public static bool ExpectHours(FinnishCursor c, int at)
    {
        var follow = HoursPattern().IsMatch(c.Text, at);
        if (follow)
        {
            c.ClockAt = at;
        }

        return follow;
    }

    private static bool TryHours(FinnishCursor c)
    {
        var match = HoursPattern().Match(c.Text, c.At);
        if (!match.Success || FinnishNumbers.Parse(match.Groups[1].ValueSpan) > 24 || FinnishNumbers.Parse(match.Groups[2].ValueSpan) > 24)
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan), FinnishCase.Elative), c.At);
        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[2].ValueSpan), FinnishCase.Illative), match.Groups[2].Index);
        c.At += match.Length;
        return true;
    }

    private static void SayMinutes(FinnishCursor c, Group digits) =>
        c.Builder.Say(digits.ValueSpan[0] == '0' ? FinnishNumbers.Digits(digits.ValueSpan) : FinnishNumbers.Cardinal(FinnishNumbers.Parse(digits.ValueSpan)), digits.Index);

    [GeneratedRegex(@"\G(\d{1,2}):(\d{2})(?::(\d{2}))?(?![\d:]\d|\d)", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"\G(\d{1,2})(?:[.:](\d{2}))?(?:[.:](\d{2}))?(?![.,:]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\G(\d{1,2})[–-](\d{1,2})(?![.:,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex HoursPattern();

    [GeneratedRegex(@"\G\d{1,2}\.\d{2} ?[–-] ?\d{1,2}\.\d{2}(?![.,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex TimeRangePattern();

    [GeneratedRegex(@"\G(?: ja | tai | sekä |, | ?[–-] ?)(?=\d{1,2}(?:[.:]\d{2})?(?![.,:]?\d))", RegexOptions.CultureInvariant)]
    private static partial Regex NextClockPattern();
}
