namespace Dictation.Speech.Normalization.English;

/// <summary>Every number that no other reading takes; four digits that may be a year are read as one.</summary>
internal sealed class CardinalReading() : Reading(
    "Cardinal",
    ("2 cats", "two cats"),
    ("123", "one hundred and twenty-three"),
    ("1,000,000", "one million"),
    ("12500", "twelve thousand five hundred"),
    ("in 2026", "in twenty twenty-six"),
    ("in 2006", "in two thousand six"),
    ("9000", "nine thousand"),
    ("1234 apples", "one thousand two hundred and thirty-four apples"),
    ("340 A.D.", "three forty A-D."),
    ("007", "zero zero seven"),
    ("4K", "four K"),
    ("in 1066", "in ten sixty-six"),
    ("10⁶", "ten to the power of six"))
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    public override bool TryRead(ReadingCursor c)
    {
        var number = EnglishNumeral.Read(c.Text, c.At);
        var behind = c.Peek(number.End);
        // "133-A" is a code.
        var isPart = behind == '-' && c.IsLetter(number.End + 1);
        c.Builder.Say(IsYear(c, number) ? EnglishNumbers.Year(number.Whole) : number.InWords(withAnd: !isPart && !c.IsLetter(c.At - 1)), c.At);
        c.At = number.End;
        if (behind == '.' && c.IsDigit(number.End + 1))
        {
            c.Builder.Say("point", c.At++);
        }
        else
        {
            SayPower(c);
            EnglishWords.CopyPossessive(c);
        }

        return true;
    }

    private static void SayPower(ReadingCursor c)
    {
        var start = c.At;
        var digits = "";
        while (Superscripts.IndexOf(c.Peek(c.At), StringComparison.Ordinal) is >= 0 and var digit)
        {
            digits += digit.ToString(System.Globalization.CultureInfo.InvariantCulture);
            c.At++;
        }

        if (digits.Length > 0)
        {
            c.Builder.Say(digits switch { "2" => "squared", "3" => "cubed", _ => "to the power of " + EnglishNumbers.Cardinal(digits) }, start);
        }
    }

    private static bool IsYear(ReadingCursor c, EnglishNumeral number)
    {
        if (number.IsGrouped || number.Whole.Length is not (3 or 4))
        {
            return false;
        }

        if (number.Whole.Length == 3 || !IsLikelyYear(number.Whole))
        {
            var before = c.Peek(c.At - 1) == ' ' ? c.WordBefore(c.At) : [];
            return IsEra(c, number.End) || before is "year" || (number.Whole is ['1', '0', ..] && before is "in" or "In" or "since");
        }

        return number.Whole is ['2', '0', ..] or ['1', '9', ..] || !IsCounting(c, number.End);
    }

    private static bool IsLikelyYear(string digits) => digits is ['1', >= '1', ..] or ['2', '0', ..];

    // "A.D.", "BC"
    private static bool IsEra(ReadingCursor c, int at)
    {
        var word = c.SkipSpace(at);
        return word > at && c.Peek(word) is 'A' or 'B' && IsEraEnd(c, c.Peek(word + 1) == '.' ? word + 2 : word + 1);
    }

    private static bool IsEraEnd(ReadingCursor c, int at) => c.Peek(at) is 'D' or 'C' && !c.IsLetter(at + 1);

    // A plural noun follows.
    private static bool IsCounting(ReadingCursor c, int at)
    {
        var start = c.SkipSpace(at);
        if (start == at || !char.IsAsciiLetterLower(c.Peek(start)))
        {
            return false;
        }

        var end = c.EndOfLetters(start);
        return end - start > 3 && c.Text[end - 1] == 's' && c.Text[end - 2] != 's';
    }
}
