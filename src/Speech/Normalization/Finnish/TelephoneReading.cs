using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Telephone numbers, digit by digit, each group in one breath.</summary>
internal sealed partial class TelephoneReading() : Reading(
    "Telephone number",
    ("040 123 4567", "nolla neljä nolla, yksi kaksi kolme, neljä viisi kuusi seitsemän"),
    ("+358 40 1234567", "plus kolme viisi kahdeksan, neljä nolla, yksi kaksi kolme neljä viisi kuusi seitsemän"),
    ("(09) 123 4567", "nolla yhdeksän, yksi kaksi kolme, neljä viisi kuusi seitsemän"),
    ("+358 (0)40 123 4567", "plus kolme viisi kahdeksan, nolla, neljä nolla, yksi kaksi kolme, neljä viisi kuusi seitsemän"),
    ("Puh. 123 456", "puhelin yksi kaksi kolme, neljä viisi kuusi"),
    ("p. 09 1234", "puhelin nolla yhdeksän, yksi kaksi kolme neljä"),
    ("116 117", "yksi yksi kuusi, yksi yksi seitsemän"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Text[c.At] is not ('+' or '(') && !c.IsDigit(c.At))
        {
            return false;
        }

        var announced = c.Expects(Expected.Telephone);
        if (!announced && c.Text[c.At] is not ('0' or '1' or '+' or '('))
        {
            return false;
        }

        var match = announced ? AnnouncedPattern().Match(c.Text, c.At) : Pattern().Match(c.Text, c.At);
        if (!match.Success || (!announced && match.Value.Count(char.IsAsciiDigit) < 8 && !ShortPattern().IsMatch(match.Value)))
        {
            return false;
        }

        SayGroups(c, c.At + match.Length);
        return true;
    }

    /// <summary>Says the digits up to <paramref name="end"/> one by one, with a pause between groups, and moves the cursor there.</summary>
    public static void SayGroups(ReadingCursor c, int end)
    {
        while (c.At < end)
        {
            var start = c.At;
            if (c.Text[start] == '+')
            {
                c.Builder.Say("plus", start);
                c.At++;
            }
            else if (c.IsDigit(start))
            {
                while (c.At < end && c.IsDigit(c.At))
                {
                    c.At++;
                }

                c.Builder.Say(FinnishNumbers.Digits(c.Text.AsSpan(start, c.At - start)), start);
            }
            else if (c.IsLetter(start))
            {
                c.Builder.Say(FinnishInitialisms.Letter(c.Text[start]) ?? c.Text[start].ToString(), start);
                c.At++;
            }
            else
            {
                c.Builder.Mark(',', start);
                c.At++;
            }
        }
    }

    [GeneratedRegex(@"\G(?:\(\d{1,4}\) ?|\+)?\d{1,15}(?>[ -]?\(0\) ?\d{1,9}|[ -]\d{1,9}){0,6}(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedPattern();

    [GeneratedRegex(
        @"\G(?:\+\d{1,3}(?>[ -]?\(0\) ?\d{1,9}|[ -]\d{1,9}){1,6}|\+\d{9,15}|0\d{1,3}(?>[ -]\d{2,9}){1,5}|\(0\d{1,3}\)(?> ?\d{2,9})(?>[ -]\d{2,9}){0,4}|00\d{2,3}(?>[ -]\d{1,9}){2,6}|116 \d{3})(?![ ]?\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(?:116 \d{3}|\(0\d{1,3}\).*)$", RegexOptions.CultureInvariant)]
    private static partial Regex ShortPattern();
}
