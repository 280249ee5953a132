using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>Telephone and social security numbers and network addresses: digit by digit, in their groups.</summary>
internal sealed partial class TelephoneReading() : Reading(
    "Telephone",
    ("(555) 123-4567", "five five five, one two three, four five six seven"),
    ("+1 212-555-0123", "plus one, two one two, five five five, zero one two three"),
    ("1-800-555-0123", "one, eight hundred, five five five, zero one two three"),
    ("1-800-FLOWERS", "one, eight hundred, FLOWERS"),
    ("555-0123", "five five five, zero one two three"),
    ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
    ("078-05-1120", "zero seven eight, zero five, one one two zero"),
    ("192.168.0.1", "one nine two dot one six eight dot zero dot one"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (!MayBegin(c))
        {
            return false;
        }

        if (NetworkPattern().Match(c.Text, c.At) is { Success: true } network)
        {
            SayGroups(c, network.Index + network.Length, isNetwork: true);
            return true;
        }

        var match = NumberPattern().Match(c.Text, c.At);
        match = match.Success ? match : WordsPattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        SayGroups(c, match.Index + match.Length, isNetwork: false);
        return true;
    }

    // Digits, at most four, and a sign behind them; or a bracket or plus before a digit.
    private static bool MayBegin(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || (c.Peek(c.At - 1) is '-' or '.' or '/' or '$'
            && SpokenPunctuation.IsWordCharacter(c.Text, c.At - 2)))
        {
            return false;
        }

        if (!c.IsDigit(c.At))
        {
            return c.Peek(c.At) is '+' or '(' && c.IsDigit(c.At + 1);
        }

        var end = c.At + 1;
        while (end - c.At < 4 && c.IsDigit(end))
        {
            end++;
        }

        return c.Peek(end) is '-' or '.' or '(' or ' ';
    }

    private static void SayGroups(ReadingCursor c, int end, bool isNetwork)
    {
        if (c.Text[c.At] == '+')
        {
            c.Builder.Say("plus", c.At++);
        }

        while (c.At < end)
        {
            var start = c.At;
            if (c.IsDigit(start))
            {
                c.At = c.EndOfDigits(start);
                var group = c.Text.AsSpan(start, c.At - start);
                c.Builder.Say(group is "800" ? "eight hundred" : EnglishNumbers.Digits(group), start);
            }
            else if (c.IsLetter(start))
            {
                c.At = Math.Min(end, c.EndOfLetters(start));
                c.Builder.Copy(start, c.At);
            }
            else
            {
                c.At++;
                SaySeparator(c, start, end, isNetwork);
            }
        }
    }

    private static void SaySeparator(ReadingCursor c, int at, int end, bool isNetwork)
    {
        if (isNetwork)
        {
            c.Builder.Say("dot", at);
        }
        else if (at + 1 < end && !(c.IsLetter(at - 1) && c.IsLetter(at + 1)) && c.Text[at] != '/')
        {
            c.Builder.Mark(',', at);
        }
    }

    [GeneratedRegex(@"\G\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.]\d?)", RegexOptions.CultureInvariant)]
    private static partial Regex NetworkPattern();

    [GeneratedRegex(
        @"\G(?:(?:\+?1[ .-]?)?(?:\(\d{3}\)[ -]?|\d{3}[-. ])\d{3}[-. ]\d{4}(?:-\d{1,6})?|\d{3}-\d{2}-\d{4}|\d{3}-\d{4}|\+\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,6})(?![\p{L}\d]|[-/]\d|\.\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\G1-\d{3}(?:-[A-Z\d]{1,10}){1,4}(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex WordsPattern();
}
