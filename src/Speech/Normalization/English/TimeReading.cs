using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>Times of day, and durations in hours, minutes and seconds.</summary>
internal sealed partial class TimeReading() : Reading(
    "Time of day",
    ("12:30", "twelve thirty"),
    ("9:05", "nine oh five"),
    ("at 5:00", "at five o'clock"),
    ("5 p.m.", "five P M."),
    ("He left at 6 a.m. Travelers waited.", "He left at six A-M. Travelers waited."),
    ("9am-5pm", "nine A-M to five P M"),
    ("1.59 p.m. today", "one fifty-nine P M today"),
    ("11:30 EST", "eleven thirty E S T"),
    ("1:02:03", "one hour two minutes and three seconds"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if ((SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) && !c.Expects(Expected.Time)) || !MayBegin(c))
        {
            return false;
        }

        var match = Pattern().Match(c.Text, c.At);
        var (hour, minute) = (EnglishNumbers.Value(match.Groups["h"].ValueSpan), EnglishNumbers.Value(match.Groups["m"].ValueSpan));
        var isHalf = match.Groups["half"].Success;
        if (!match.Success || hour > 24 || minute > 59 || (isHalf && hour is < 1 or > 12 && minute < 0))
        {
            return false;
        }

        SayClock(c, match, hour, minute);
        SayHalf(c, match);
        SayTo(c);
        return true;
    }

    // One or two digits, and behind them a colon, a full stop, or "am" and "pm".
    private static bool MayBegin(ReadingCursor c)
    {
        var end = c.IsDigit(c.At + 1) ? c.At + 2 : c.At + 1;
        return c.Peek(end) is ':' or '.' or 'a' or 'p' or 'A' or 'P' || (c.Peek(end) == ' ' && c.Peek(end + 1) is 'a' or 'p' or 'A' or 'P'
            && c.Peek(end + 2) is 'm' or 'M' or '.');
    }

    private static void SayClock(ReadingCursor c, Match match, int hour, int minute)
    {
        var hours = EnglishNumbers.Pair(hour);
        var (minutes, seconds) = (match.Groups["m"], match.Groups["s"]);
        if (seconds.Success)
        {
            var second = EnglishNumbers.Value(seconds.ValueSpan);
            c.Builder.Say(hours + (hour == 1 ? " hour" : " hours"), c.At);
            c.Builder.Say(EnglishNumbers.Pair(minute) + (minute == 1 ? " minute and" : " minutes and"), minutes.Index);
            c.Builder.Say(EnglishNumbers.Pair(second) + (second == 1 ? " second" : " seconds"), seconds.Index);
            return;
        }

        c.Builder.Say(hours, c.At);
        if (minute > 0)
        {
            c.Builder.Say((minute < 10 ? "oh " : "") + EnglishNumbers.Pair(minute), minutes.Index);
        }
        else if (minute == 0 && !match.Groups["half"].Success)
        {
            c.Builder.Say(hour is 0 or > 12 ? "hundred" : "o'clock", minutes.Index);
        }
    }

    // "p.m.", "EST": what stands behind the digits; its last full stop may also end the sentence.
    private static void SayHalf(ReadingCursor c, Match match)
    {
        foreach (var group in (Group[])[match.Groups["half"], match.Groups["zone"]])
        {
            if (group.Success)
            {
                c.Builder.Say(EnglishInitialisms.Spell(group.Value), group.Index);
            }
        }

        c.At = match.Index + match.Length;
        if (c.Text[c.At - 1] == '.')
        {
            c.At--;
            c.SwallowStop();
        }
    }

    private static void SayTo(ReadingCursor c)
    {
        var dash = c.SkipSpace(c.At);
        if (c.Peek(dash) is '-' or '–' && c.IsDigit(c.SkipSpace(dash + 1)))
        {
            c.Builder.Say("to", dash);
            c.At = c.SkipSpace(dash + 1);
        }
    }

    [GeneratedRegex(
        @"\G(?<h>\d{1,2})(?:(?::(?<m>\d{2})(?::(?<s>[0-5]\d))?|\.(?<m>\d{2})(?= ?[ap]\.?m(?!\p{L})))(?: ?(?<half>[ap]\.?m(?!\p{Ll}{2}))(?!\p{L}{2})\.?)?| ?(?<half>[ap]\.?m)(?!\p{L}|\.\p{L})\.?)"
        + @"(?: ?(?<zone>e\.?s\.?t|e\.?d\.?t|c\.?s\.?t|c\.?d\.?t|p\.?s\.?t|p\.?d\.?t|m\.?s\.?t|g\.?m\.?t|u\.?t\.?c|cet|bst)(?!\p{L})\.?)?(?![\d:])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
