namespace Dictation.Speech.Normalization.English;

/// <summary>Amounts with a unit or a large number's name.</summary>
internal sealed class MeasureReading() : Reading(
    "Measure",
    ("5 km", "five kilometers"),
    ("1 kg", "one kilogram"),
    ("10 mph", "ten miles per hour"),
    ("80 km/h", "eighty kilometers per hour"),
    ("-5 °C", "minus five degrees Celsius"),
    ("50%", "fifty percent"),
    ("50 m²", "fifty square meters"),
    ("100 million kg", "one hundred million kilograms"),
    ("a 5 km run", "a five kilometer run"),
    ("5'10\"", "five foot ten"),
    ("12\" long", "twelve inches long"),
    ("12/kg", "twelve per kilogram"),
    ("a 2.5-liter engine", "a two point five-liter engine"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (EnglishWords.IsBehindLetter(c))
        {
            return false;
        }

        var number = EnglishNumeral.Read(c.Text, c.At);
        if (c.Peek(number.End) is '\'' or '"')
        {
            return TryFeet(c, number);
        }

        var (magnitude, end) = EnglishMagnitudes.At(c.Text, number.End, behindMoney: false);
        var at = c.SkipSpace(end);
        if (EnglishUnits.Rate(c.Text, at, out var behind) is { } rate && at == number.End && !SpokenPunctuation.IsWordCharacter(c.Text, behind))
        {
            c.Builder.Say($"{number.InWords()} per {rate}", c.At);
            c.At = behind;
            return true;
        }

        if (!EnglishUnits.TryRead(c.Text, at, out var one, out var many, out behind) || IsWord(c, number, at, behind))
        {
            return false;
        }

        var isOne = (number.IsOne && magnitude.Length == 0) || IsAttribute(c, behind);
        c.Builder.Say(magnitude.Length > 0 ? $"{number.InWords()} {magnitude}" : number.InWords(), c.At);
        c.Builder.Say(isOne ? one : many, at);
        c.At = behind;
        SayTo(c);
        if (c.Text[at..behind] is "oz" or "lb" or "lbs" or "ft" or "hr" or "hrs" or "min" or "sec" or "mi" or "yd" or "yds" && c.Peek(c.At) == '.')
        {
            c.SwallowStop();
        }

        return true;
    }

    // "2%-10%"
    private static void SayTo(ReadingCursor c)
    {
        if (c.Peek(c.At) is '-' or '–' && c.IsDigit(c.At + 1))
        {
            c.Builder.Say("to", c.At++);
        }
    }

    // "5 in the morning", "80 s", "16c": what is also a word or a plural.
    private static bool IsWord(ReadingCursor c, EnglishNumeral number, int at, int end) =>
        c.Text.AsSpan(at, end - at) switch
        {
            "in" => !(c.Peek(end) is '.' or ',' or '\0' or ')' or ';' || number.Decimals.Length > 0),
            "s" => number.Decimals.Length == 0,
            "h" or "m" or "l" or "g" => at > number.End && c.Peek(end) == '\'',
            "W" or "V" or "J" => at == number.End && number.Decimals.Length == 0,
            "mo" or "bar" or "cal" or "pt" or "gal" => false,
            _ => false,
        };

    // "a 5 km run"
    private static bool IsAttribute(ReadingCursor c, int end) =>
        c.Text[end - 1] != '%' && c.Peek(end) == ' ' && char.IsAsciiLetterLower(c.Peek(end + 1)) && c.Peek(c.At - 1) == ' ' && c.WordBefore(c.At) is "a" or "A";

    // "5'10"", "6'", "12"": an inch sign is one only where it closes no quotation.
    private static bool TryFeet(ReadingCursor c, EnglishNumeral number)
    {
        var inches = c.EndOfDigits(number.End + 1);
        if (c.Text[number.End] == '\'')
        {
            if (inches is var end && (end == number.End + 1 || end > number.End + 3 || c.Peek(end) != '"'))
            {
                return false;
            }

            c.Builder.Say($"{number.InWords()} foot", c.At);
            c.Builder.Say(EnglishNumbers.Cardinal(c.Text.AsSpan(number.End + 1, end - number.End - 1)), number.End + 1);
            c.At = end + 1;
            return true;
        }

        if (number.Whole.Length > 3 || IsQuoted(c.Text, c.At))
        {
            return false;
        }

        c.Builder.Say($"{number.InWords()} {(number.IsOne || IsAttribute(c, number.End + 1) ? "inch" : "inches")}", c.At);
        c.At = number.End + 1;
        return true;
    }

    // Looks back as far as a quotation is likely to reach.
    private static bool IsQuoted(string text, int at)
    {
        const int LongestQuotation = 200;
        var marks = 0;
        for (var i = at - 1; i >= 0 && at - i < LongestQuotation && text[i] != '\n'; i--)
        {
            marks += text[i] == '"' ? 1 : 0;
        }

        return marks % 2 == 1;
    }
}
