namespace Dictation.Speech.Normalization.English;

/// <summary>Amounts of money, with their magnitude and what they are per.</summary>
internal sealed class MoneyReading() : Reading(
    "Money",
    ("$5", "five dollars"),
    ("$1", "one dollar"),
    ("£5.50", "five pounds fifty pence"),
    ("€1,000", "one thousand euros"),
    ("$20.01", "twenty dollars one cent"),
    ("$0.20", "twenty cents"),
    ("$2.5 million", "two point five million dollars"),
    ("¥30bn", "thirty billion yen"),
    ("$20/mo", "twenty dollars per month"),
    ("$5-10", "five to ten dollars"),
    ("$50-$100", "fifty dollars to one hundred dollars"),
    ("a $5 bill", "a five dollar bill"),
    ("US$76", "seventy-six U S dollars"),
    ("5 €", "five euros"),
    ("100 USD", "one hundred U S dollars"),
    ("-$5", "minus five dollars"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.IsDigit(c.At))
        {
            return TryBehind(c);
        }

        if (EnglishCurrencies.At(c.Text, c.At) is not { } found || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1))
        {
            return false;
        }

        var at = c.SkipSpace(c.At + found.Length);
        if (!c.IsDigit(at) && !(c.Peek(at) == '.' && c.IsDigit(at + 1)))
        {
            return false;
        }

        var number = EnglishNumeral.Read(c.Text, at);
        // "$12@12": no amount.
        if (c.IsLetter(number.End) && EnglishMagnitudes.At(c.Text, number.End, behindMoney: true).Name.Length == 0 && !c.IsLetter(c.At))
        {
            return false;
        }

        var start = c.At;
        c.At = number.End;
        SayAmount(c, start, number, found.Currency);
        SayPer(c);
        SayTo(c);
        return true;
    }

    // "5 €", "100 USD"
    private static bool TryBehind(ReadingCursor c)
    {
        var number = EnglishNumeral.Read(c.Text, c.At);
        var at = c.SkipSpace(number.End);
        var isWord = char.IsAsciiLetterUpper(c.Peek(at));
        if (EnglishCurrencies.At(c.Text, at) is not { } found || (!isWord && SpokenPunctuation.IsWordCharacter(c.Text, at + found.Length)))
        {
            return false;
        }

        SayAmount(c, c.At, number, found.Currency);
        c.At = at + found.Length;
        SayPer(c);
        return true;
    }

    private static void SayAmount(ReadingCursor c, int start, EnglishNumeral number, Currency currency)
    {
        var behind = SayRangeTo(c, start, number, out var last);
        var (magnitude, end) = EnglishMagnitudes.At(c.Text, c.At, behindMoney: true);
        var decimals = number.Decimals.TrimEnd('0');
        if (magnitude.Length > 0)
        {
            c.Builder.Say($"{last.InWords()} {magnitude} {currency.Many}", behind);
            c.At = end;
        }
        else if (decimals.Length is 1 or 2 && currency.Cents.Length > 0 && behind == start)
        {
            SayCents(c, start, number.Whole, decimals.PadRight(2, '0'), currency);
        }
        else
        {
            var whole = decimals.Length == 0 ? last with { Decimals = "" } : last;
            c.Builder.Say($"{whole.InWords()} {(whole.IsOne || IsAttribute(c, start) ? currency.One : currency.Many)}", behind);
        }
    }

    // "$5-10": the first number, and where the second begins; otherwise the number itself.
    private static int SayRangeTo(ReadingCursor c, int start, EnglishNumeral number, out EnglishNumeral last)
    {
        last = number;
        if (c.Peek(c.At) is not ('-' or '–') || !c.IsDigit(c.At + 1))
        {
            return start;
        }

        last = EnglishNumeral.Read(c.Text, c.At + 1);
        c.Builder.Say(number.InWords(), start);
        c.Builder.Say("to", c.At);
        c.At = last.End;
        return last.Start;
    }

    private static void SayCents(ReadingCursor c, int start, string whole, string cents, Currency currency)
    {
        var parts = new List<string>();
        if (whole.AsSpan().ContainsAnyExcept('0'))
        {
            parts.Add($"{EnglishNumbers.Cardinal(whole)} {(whole == "1" ? currency.One : currency.Many)}");
        }

        var value = EnglishNumbers.Value(cents);
        parts.Add($"{EnglishNumbers.Pair(value)} {(value == 1 ? currency.Cent : currency.Cents)}");
        c.Builder.Say(string.Join(' ', parts), start);
    }

    // "a $5 bill"
    private static bool IsAttribute(ReadingCursor c, int start) =>
        c.Peek(c.At) is ' ' or '-' && char.IsAsciiLetterLower(c.Peek(c.At + 1)) && c.Peek(start - 1) == ' ' && c.WordBefore(start) is "a" or "A";

    private static void SayPer(ReadingCursor c)
    {
        if (EnglishUnits.Rate(c.Text, c.At, out var end) is { } rate && !SpokenPunctuation.IsWordCharacter(c.Text, end))
        {
            c.Builder.Say("per " + rate, c.At);
            c.At = end;
        }
    }

    private static void SayTo(ReadingCursor c)
    {
        if (c.Peek(c.At) is '-' or '–' && EnglishCurrencies.At(c.Text, c.At + 1) is { } second && c.IsDigit(c.At + 1 + second.Length))
        {
            c.Builder.Say("to", c.At++);
        }
    }
}
