using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>Digits that count nothing: postal codes, cards, long numbers, and what stands right behind letters.</summary>
internal sealed partial class IdentifierReading() : Reading(
    "Identifier",
    ("Austin, TX 78701", "Austin, Texas seven eight seven zero one"),
    ("1234567890", "one two three four five six seven eight nine zero"),
    ("a card ending in 8876", "a card ending in eight eight seven six"),
    ("1234 5678 9012 3456", "one two three four, five six seven eight, nine zero one two, three four five six"),
    ("A321", "A three twenty-one"),
    ("t2000", "t two thousand"),
    ("ab9453", "ab nine four five three"),
    ("MP3", "M P three"),
    ("COVID-19", "COVID-nineteen"),
    ("401(k)", "four oh one, k"),
    ("Call 911!", "Call nine one one!"),
    ("Room 101", "Room one oh one"),
    ("ISBN 978-3-16-148410-0", "I S B N nine seven eight, three, one six, one four eight four one zero, zero"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = c.EndOfDigits(c.At);
        var digits = c.Text.AsSpan(c.At, end - c.At);
        var words = EnglishWords.IsBehindLetter(c) ? BehindLetters(c, digits, end)
            : digits.Length is 4 or 5 && IsCode(c, end) ? EnglishNumbers.Digits(digits)
            : digits.Length > EnglishNumbers.LongestPlain && c.Peek(end) is not ('.' or ',') ? EnglishNumbers.Digits(digits)
            : digits is "401" or "403" && Plan().IsMatch(c.Text, end) ? EnglishNumbers.Year(digits)
            : digits.Length is 3 or 4 && Named(c, end) is { Length: > 0 } said ? said
            : digits.Length > 4 && c.Peek(c.At - 1) is '/' ? EnglishNumbers.Digits(digits)
            : "";
        if (words.Length > 0)
        {
            c.Builder.Say(words, c.At);
            c.At = end;
            return true;
        }

        return digits.Length is 3 or 4 && TryGroups(c);
    }

    private static string BehindLetters(ReadingCursor c, ReadOnlySpan<char> digits, int end)
    {
        if (c.Peek(end) is '.' or ',' && c.IsDigit(end + 1))
        {
            return "";
        }

        return digits.Length switch
        {
            3 when digits[0] != '0' => EnglishNumbers.Pairs(digits),
            4 when digits[2..] is not "00" => EnglishNumbers.Digits(digits),
            <= 4 => EnglishNumbers.Cardinal(digits, withAnd: false),
            _ => EnglishNumbers.Digits(digits),
        };
    }

    // A postal code behind its state, the last digits of a card.
    private static bool IsCode(ReadingCursor c, int end)
    {
        if (c.Peek(end) is '.' or ',' && c.IsDigit(end + 1))
        {
            return false;
        }

        var before = c.Peek(c.At - 1) == ' ' ? c.At - 1 : c.At;
        before = c.Peek(before - 1) == ',' ? before - 1 : before;
        if (end - c.At == 5)
        {
            return before >= 2 && !c.IsLetter(before - 3) && EnglishAbbreviations.State(c.Text.AsSpan(before - 2, 2)) is not null;
        }

        return before == c.At - 1 && c.WordBefore(c.At) is "in" && c.WordBefore(c.StartOfWordBefore(c.At)) is "ending";
    }

    // "Room 101", "Call 911"
    private static string Named(ReadingCursor c, int end)
    {
        if (c.Peek(c.At - 1) != ' ' || (c.Peek(end) is '.' or ',' or '-' or ':' or '/' && c.IsDigit(end + 1)))
        {
            return "";
        }

        var digits = c.Text.AsSpan(c.At, end - c.At);
        return c.WordBefore(c.At) switch
        {
            "Room" or "room" or "Flight" or "flight" or "Suite" or "Apartment" or "Boeing" or "Route" or "Highway" or "Interstate" or "Unit" => EnglishNumbers.Pairs(digits),
            "call" or "Call" or "dial" or "Dial" => EnglishNumbers.Digits(digits),
            _ => "",
        };
    }

    // Cards and book numbers: digit by digit, in their groups.
    private static bool TryGroups(ReadingCursor c)
    {
        var match = GroupsPattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        for (var end = c.At + match.Length; c.At < end;)
        {
            var start = c.At;
            c.At = c.EndOfDigits(start);
            c.Builder.Say(EnglishNumbers.Digits(c.Text.AsSpan(start, c.At - start)), start);
            if (c.At < end)
            {
                c.Builder.Mark(',', c.At++);
            }
        }

        return true;
    }

    [GeneratedRegex(@"\G(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|97[89]([ -])\d{1,5}\2\d{1,7}\2\d{1,7}\2\d)(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex GroupsPattern();

    [GeneratedRegex(@"\G ?\([kb]\)", RegexOptions.CultureInvariant)]
    private static partial Regex Plan();
}
