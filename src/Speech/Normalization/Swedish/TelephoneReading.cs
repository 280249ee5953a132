using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Telephone numbers in their groups, and network addresses.</summary>
internal sealed partial class TelephoneReading() : Reading(
    "Telephone",
    ("040-123 45 67", "noll fyra noll, hundratjugotre fyrtiofem sextiosju"),
    ("+46 (8) 790 7559", "plus fyrtiosex åtta, sjuhundranittio sjuttiofem femtionio"),
    ("tel. 112", "telefon ett ett två"),
    ("tfn 114 14", "telefon hundrafjorton fjorton"),
    ("193.1.89.60", "hundranittiotre punkt ett punkt åttionio punkt sextio"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || c.Peek(c.At - 1) is ',' or '.')
        {
            return false;
        }

        if (c.Expects(Expected.Telephone) && c.IsDigit(c.At))
        {
            return TryAnnounced(c);
        }

        var match = c.Peek(c.At) is '0' or '+' ? NumberPattern().Match(c.Text, c.At) : Match.Empty;
        if (match.Success)
        {
            SayGroups(c, c.At + match.Length);
            return true;
        }

        return c.IsDigit(c.At) && TryNetwork(c);
    }

    private static bool TryAnnounced(ReadingCursor c)
    {
        var match = AnnouncedPattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        if (match.Length == 3)
        {
            c.Builder.Say(SwedishNumbers.Digits(match.ValueSpan), c.At);
            c.At += 3;
        }
        else
        {
            SayGroups(c, c.At + match.Length);
        }

        return true;
    }

    private static bool TryNetwork(ReadingCursor c)
    {
        var match = c.Peek(SwedishNumeral.EndOfDigits(c.Text, c.At)) == '.' ? NetworkPattern().Match(c.Text, c.At) : Match.Empty;
        for (var group = 1; match.Success && group <= 4; group++)
        {
            c.Builder.Say((group > 1 ? "punkt " : "") + SwedishNumbers.Cardinal(match.Groups[group].ValueSpan), match.Groups[group].Index);
        }

        c.At += match.Length;
        return match.Success;
    }

    // The code of an area ends with a comma; four digits are two groups of two.
    private static void SayGroups(ReadingCursor c, int end)
    {
        var groups = 0;
        var hasCode = c.Text[c.At] is '0' or '+';
        if (c.Text[c.At] == '+')
        {
            c.Builder.Say("plus", c.At++);
            groups = -1;
        }

        while (c.At < end)
        {
            var start = c.At;
            if (!c.IsDigit(start))
            {
                c.At++;
                continue;
            }

            c.At = SwedishNumeral.EndOfDigits(c.Text, start);
            SayGroup(c, start, isCode: groups <= 0);
            if (groups++ == 0 && hasCode && c.At < end)
            {
                c.Builder.Mark(',', start);
            }
        }
    }

    private static void SayGroup(ReadingCursor c, int start, bool isCode)
    {
        var group = c.Text.AsSpan(start, c.At - start);
        if (group.Length == 4 && !isCode)
        {
            c.Builder.Say($"{SwedishNumbers.Cardinal(group[..2])} {SwedishNumbers.Cardinal(group[2..])}", start);
        }
        else
        {
            c.Builder.Say(group.Length > 3 ? SwedishNumbers.Digits(group) : SwedishNumbers.Cardinal(group), start);
        }
    }

    [GeneratedRegex(@"\G(?:\+\d{1,3} ?\(?0?\)? ?\(?\d{1,3}\)?|0\d{1,3})[ -](?:\d{2,4}[ -]){1,3}\d{2,4}(?![\d\p{L}]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\G\d{2,4}(?:[ -]\d{2,4}){0,4}(?![\d\p{L}]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPattern();

    [GeneratedRegex(@"\G(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d\p{L}]|\.\d)", RegexOptions.CultureInvariant)]
    private static partial Regex NetworkPattern();
}
