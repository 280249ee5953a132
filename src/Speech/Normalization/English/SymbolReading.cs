namespace Dictation.Speech.Normalization.English;

/// <summary>Symbols that have a name.</summary>
internal sealed class SymbolReading() : Reading(
    "Symbol",
    ("rock & roll", "rock and roll"),
    ("2 + 3 = 5", "two plus three equals five"),
    ("2 * 8", "two times eight"),
    ("7 − 2", "seven minus two"),
    ("#1", "number one"),
    ("#news", "hash news"),
    ("C#", "C sharp"),
    ("% and $", "percent and dollar"),
    ("5 < 7", "five is less than seven"),
    ("½ cup", "one half cup"),
    ("@anna", "at anna"),
    ("≈ 5", "about five"),
    ("§ 5", "section five"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var name = Name(c, c.Text[c.At]);
        if (name.Length == 0)
        {
            return false;
        }

        c.Builder.Say(name, c.At++);
        return true;
    }

    private static string Name(ReadingCursor c, char sign)
    {
        if (sign < 128)
        {
            return AsciiName(c, sign);
        }

        return sign switch
        {
            '€' => "euro",
            '£' => "pound",
            '¥' => "yen",
            '₩' => "won",
            '₹' => "rupee",
            '₽' => "ruble",
            '₿' => "bitcoin",
            '¢' => "cent",
            '‰' => "per mille",
            '°' or 'º' => "degree",
            '§' => "section",
            '×' or '⋅' => "times",
            '÷' => "divided by",
            '±' => "plus or minus",
            '−' when IsBetweenNumbers(c) => "minus",
            '≠' => "does not equal",
            '≈' => c.IsDigit(c.SkipSpaces(c.At + 1)) && !IsBehindNumber(c) ? "about" : "approximately equals",
            '≤' => "is at most",
            '≥' => "is at least",
            '√' => "square root of",
            '∞' => "infinity",
            'π' => "pi",
            '©' => "copyright",
            '®' => "registered trademark",
            '™' => "trademark",
            '²' when SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) => "squared",
            '³' when SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) => "cubed",
            _ => EnglishFractions.Sign(sign) ?? "",
        };
    }

    private static string AsciiName(ReadingCursor c, char sign) => sign switch
    {
        '&' => "and",
        '%' => "percent",
        '$' => "dollar",
        '=' => "equals",
        '@' => "at",
        '+' => "plus",
        '*' when IsBetweenNumbers(c) => "times",
        '^' when IsBetweenNumbers(c) => "to the power of",
        '<' when IsBetweenNumbers(c) => "is less than",
        '>' when IsBetweenNumbers(c) => "is greater than",
        '~' when c.IsDigit(c.At + 1) => "about",
        '#' when c.IsDigit(c.At + 1) && !SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) => "number",
        '#' when c.Peek(c.At - 1) is 'C' or 'F' && !SpokenPunctuation.IsWordCharacter(c.Text, c.At + 1) && !SpokenPunctuation.IsWordCharacter(c.Text, c.At - 2) => "sharp",
        '#' when c.Peek(c.At - 1) is not (' ' or '#' or '\n' or '\0') || SpokenPunctuation.IsWordCharacter(c.Text, c.At + 1) => "hash",
        _ => "",
    };

    private static bool IsBetweenNumbers(ReadingCursor c) => c.IsDigit(c.SkipSpaces(c.At + 1)) && IsBehindNumber(c);

    private static bool IsBehindNumber(ReadingCursor c)
    {
        var before = c.At - 1;
        while (c.Peek(before) == ' ')
        {
            before--;
        }

        return c.IsDigit(before) || c.Peek(before) is ')' or '%' or '²' or '³';
    }
}
