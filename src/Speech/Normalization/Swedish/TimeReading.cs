using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Times of day: behind <c>kl.</c>, with a colon, or before <c>f.m.</c> and <c>e.m.</c></summary>
internal sealed partial class TimeReading() : Reading(
    "Time of day",
    ("kl. 14.30", "klockan fjorton trettio"),
    ("14:05", "fjorton noll fem"),
    ("kl. 8–16", "klockan åtta till sexton"),
    ("kl 7.00", "klockan sju"),
    ("2.30 e.m.", "två trettio eftermiddag."),
    ("12 e.m. cet", "tolv eftermiddag se e te"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var isCued = c.Expects(Expected.Time);
        if ((SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) && !isCued)
            || c.Peek(c.IsDigit(c.At + 1) ? c.At + 2 : c.At + 1) is not (':' or '.' or ' ' or '-' or '–' or ',' or '\0'))
        {
            return false;
        }

        var match = Pattern().Match(c.Text, c.At);
        var (minute, half) = (match.Groups["m"], match.Groups["half"]);
        var isTime = isCued || half.Success || (minute.Success && c.Text[minute.Index - 1] == ':');
        if (!match.Success || !isTime || SwedishNumbers.Value(match.Groups["h"].ValueSpan) > 24 || (minute.Success && SwedishNumbers.Value(minute.ValueSpan) > 59))
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Cardinal(match.Groups["h"].ValueSpan is ['0', _] ? match.Groups["h"].ValueSpan[1..] : match.Groups["h"].ValueSpan), c.At);
        if (minute.Success && minute.ValueSpan is not "00")
        {
            c.Builder.Say(SwedishNumbers.Cardinal(minute.ValueSpan), minute.Index);
        }

        SayBehind(c, match, half);
        return true;
    }

    private static void SayBehind(ReadingCursor c, Match match, Group half)
    {
        if (half.Success)
        {
            c.Builder.Say(half.ValueSpan[0] is 'e' ? "eftermiddag" : "förmiddag", half.Index);
        }

        var zone = match.Groups["zone"];
        if (zone.Success)
        {
            c.Builder.Say(SwedishInitialisms.Spell(zone.ValueSpan), zone.Index);
        }

        c.At = match.Index + match.Length;
        if (c.Text[c.At - 1] == '.')
        {
            c.At--;
            c.SwallowStop();
        }

        var dash = c.SkipSpace(c.At);
        if (c.Peek(dash) is '-' or '–' && c.IsDigit(c.SkipSpace(dash + 1)))
        {
            c.Builder.Say("till", dash);
            c.At = c.SkipSpace(dash + 1);
            c.Expect(Expected.Time, c.At);
        }
    }

    [GeneratedRegex(
        @"\G(?<h>\d{1,2})(?:[.:](?<m>\d{2})(?!\d|[.:]\d))?(?![\d:%]|[.,]\d)(?: ?(?<half>[fe]\.? ?m(?!\p{L}))\.?)?(?: (?<zone>(?i:est|cet|cest|utc|gmt|eet))(?!\p{L}))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
