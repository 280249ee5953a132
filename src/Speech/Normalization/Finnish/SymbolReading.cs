using System.Globalization;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Symbols that have a name: <c>&amp;</c>, <c>%</c>, <c>½</c>, <c>√</c>.</summary>
internal sealed class SymbolReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var sign = c.Text[c.At];
        var besideNumbers = c.IsDigit(c.SkipSpaces(c.At + 1)) && IsBehindQuantity(c);
        var afterWord = SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1);
        var name = sign switch
        {
            '&' => "ja",
            '%' => "prosentti",
            '‰' => "promille",
            '€' => "euro",
            '$' => "dollari",
            '£' => "punta",
            '°' => "aste",
            '§' => "pykälä",
            '=' => "on yhtä kuin",
            '≠' => "ei ole yhtä kuin",
            '≈' => "on noin",
            '≤' => "on enintään",
            '≥' => "on vähintään",
            '×' => "kertaa",
            '÷' => "jaettuna",
            '±' => "plus miinus",
            '√' => "neliöjuuri",
            '∞' => "ääretön",
            '@' => "ät",
            '²' when afterWord => "toiseen",
            '³' when afterWord => "kolmanteen",
            '½' => "puoli",
            '¼' => "yksi neljäsosa",
            '¾' => "kolme neljäsosaa",
            '⅓' => "yksi kolmasosa",
            '⅔' => "kaksi kolmasosaa",
            '−' when besideNumbers => "miinus",
            '+' => "plus",
            '*' when besideNumbers => "kertaa",
            '^' when besideNumbers => "potenssiin",
            '<' when besideNumbers => "on pienempi kuin",
            '>' when besideNumbers => "on suurempi kuin",
            '#' when c.IsDigit(c.At + 1) => "numero",
            '#' when c.IsLetter(c.At - 1) => "risuaita",
            '#' when c.IsLetter(c.At + 1) => "aihetunniste",
            _ => CharUnicodeInfo.GetUnicodeCategory(sign)
                is UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber ? NumberName(sign) : "",
        };
        if (name.Length == 0)
        {
            return false;
        }

        c.Builder.Say(name, c.At++);
        if (sign is '½' or '¼' or '¾' or '⅓' or '⅔')
        {
            MeasureWords.SayUnitOfFraction(c);
        }

        return true;
    }

    private static bool IsBehindQuantity(FinnishCursor c)
    {
        var before = c.At - 1;
        while (c.Peek(before) == ' ')
        {
            before--;
        }

        return c.IsDigit(before) || c.Peek(before) is ')' or '%' or '²' or '³';
    }

    // ①, Ⅳ and their like.
    private static string NumberName(char c)
    {
        var value = CharUnicodeInfo.GetNumericValue(c);
        return value >= 0 && value == Math.Floor(value) ? FinnishNumbers.Cardinal((long)value) : "";
    }
}
