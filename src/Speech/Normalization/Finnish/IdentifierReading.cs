using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Numbers that count nothing, digit by digit: accounts, postal codes, business and personal codes, book numbers, file numbers.</summary>
internal sealed partial class IdentifierReading() : Reading(
    "Identifier",
    ("33100 Tampere", "kolme kolme yksi nolla nolla Tampere"),
    ("FI21 1234 5600 0007 85", "äf ii kaksi yksi, yksi kaksi kolme neljä, viisi kuusi nolla nolla, nolla nolla nolla seitsemän, kahdeksan viisi"),
    ("Y-tunnus 1234567-8", "yy-tunnus yksi kaksi kolme neljä viisi kuusi seitsemän, kahdeksan"),
    ("131052-308T", "yksi kolme yksi nolla viisi kaksi, kolme nolla kahdeksan tee"),
    ("1234567890", "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän nolla"),
    ("direktiivi 93/23/ETY", "direktiivi yhdeksänkymmentäkolme kautta kaksikymmentäkolme kautta ee tee yy"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || (c.IsDigit(c.At) && c.EndOfDigits(c.At) is var end && end - c.At < 4 && c.Peek(end) is not ('/' or '-')))
        {
            return false;
        }

        if (c.IsDigit(c.At) && StatutePattern().Match(c.Text, c.At) is { Success: true } statute)
        {
            SayStatute(c, statute);
            return true;
        }

        var match = c.IsDigit(c.At) ? DigitsPattern().Match(c.Text, c.At) : char.IsAsciiLetterUpper(c.Text[c.At]) && c.IsDigit(c.At + 2) ? IbanPattern().Match(c.Text, c.At) : Match.Empty;
        if (!match.Success)
        {
            return false;
        }

        TelephoneReading.SayGroups(c, c.At + match.Length);
        return true;
    }

    private static void SayStatute(ReadingCursor c, Match match)
    {
        for (var group = 1; group <= 3; group++)
        {
            var part = match.Groups[group];
            if (!part.Success)
            {
                continue;
            }

            if (group > 1)
            {
                c.Builder.Say("kautta", part.Index - 1);
            }

            c.Builder.Say(char.IsAsciiDigit(part.Value[0]) ? QuantityWords.InWords(part.Value) : FinnishInitialisms.Spell(part.Value, ""), part.Index);
        }

        c.At += match.Length;
    }

    [GeneratedRegex(@"\G(\d{2,4})/(\d{1,4})/(ETY|EY|EU|YOS|EHTY)(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex StatutePattern();

    [GeneratedRegex(
        @"\G(?:\d{5}(?= \p{Lu}\p{L}{2})(?! \p{Lu}+ ?\d)|\d{7}-\d(?!\d)|\d{6}[-+A]\d{3}[0-9A-Y](?![\p{L}\d])|97[89]-\d{1,5}-\d{1,7}-\d{1,7}-\d(?!\d)|\d{4} \d{4} \d{4} \d{4}(?!\d))",
        RegexOptions.CultureInvariant)]
    private static partial Regex DigitsPattern();

    [GeneratedRegex(@"\G[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex IbanPattern();
}
