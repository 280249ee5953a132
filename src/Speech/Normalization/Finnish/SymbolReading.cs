using System.Globalization;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Symbols that have a name.</summary>
internal sealed class SymbolReading() : Reading(
    "Symbol",
    ("Matti & Maija", "Matti ja Maija"),
    ("2 + 3 = 5", "kaksi plus kolme on yhtä kuin viisi"),
    ("9 - 3 = 6", "yhdeksän miinus kolme on yhtä kuin kuusi"),
    ("7 − 2", "seitsemän miinus kaksi"),
    ("3 × 4", "kolme kertaa neljä"),
    ("#5", "numero viisi"),
    ("ψ", "psii"),
    ("½ l", "puoli litraa"),
    ("5 < 7", "viisi on pienempi kuin seitsemän"))
{
    private const string Greek = "alfa beeta gamma delta epsilon zeeta eeta theeta joota kappa lambda myy nyy ksii omikron pii rhoo sigma sigma tau ypsilon fii khii psii oomega";
    private static readonly string[] GreekNames = Greek.Split(' ');

    public override bool TryRead(ReadingCursor c)
    {
        var sign = c.Text[c.At];
        if (sign is '-' or '–' or '−' && IsSubtraction(c))
        {
            c.Builder.Say("miinus", c.At++);
            return true;
        }

        var name = Name(c, sign);
        if (name.Length == 0)
        {
            return false;
        }

        c.Builder.Say(name, c.At++);
        if (FinnishFractions.Find(sign) is not null)
        {
            UnitWords.SayAfterFraction(c);
        }

        return true;
    }

    /// <summary>The name of a Greek letter; null for any other.</summary>
    public static string? GreekName(char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        return lower is >= 'α' and <= 'ω' ? GreekNames[lower - 'α'] : null;
    }

    private static string Name(ReadingCursor c, char sign)
    {
        if (FinnishFractions.Find(sign) is { } fraction)
        {
            return fraction;
        }

        var besideNumbers = c.IsDigit(c.SkipSpaces(c.At + 1)) && IsBehindQuantity(c);
        var afterWord = SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1);
        return sign switch
        {
            '&' => "ja",
            '%' => "prosentti",
            '‰' => "promille",
            '€' => "euro",
            '$' => "dollari",
            '£' => "punta",
            '¥' => "jeni",
            '¢' => "sentti",
            '₹' => "rupia",
            '₽' => "rupla",
            '₿' => "bitcoin",
            '°' => "aste",
            '℃' => "celsiusastetta",
            '§' => "pykälä",
            '=' => "on yhtä kuin",
            '≠' => "ei ole yhtä kuin",
            '≈' => "on noin",
            '≤' => "on enintään",
            '≥' => "on vähintään",
            '×' or '⋅' => "kertaa",
            '÷' => "jaettuna",
            '±' => "plus miinus",
            '√' => "neliöjuuri",
            '∞' => "ääretön",
            '∑' => "summa",
            '∫' => "integraali",
            'π' => "pii",
            '@' => "ät",
            '©' => "copyright",
            '®' => "rekisteröity tavaramerkki",
            '™' => "tavaramerkki",
            '²' when afterWord => "toiseen",
            '³' when afterWord => "kolmanteen",
            '−' when besideNumbers => "miinus",
            '+' => "plus",
            '*' when besideNumbers => "kertaa",
            '^' when besideNumbers => "potenssiin",
            '<' when besideNumbers => "on pienempi kuin",
            '>' when besideNumbers => "on suurempi kuin",
            '#' when c.IsDigit(c.At + 1) => "numero",
            '#' when c.IsLetter(c.At - 1) => "risuaita",
            '#' when c.IsLetter(c.At + 1) => "aihetunniste",
            _ => CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber ? NumberName(sign) : "",
        };
    }

    // "9 - 3 = 6": a dash between numbers subtracts where the sum follows.
    private static bool IsSubtraction(ReadingCursor c)
    {
        if (c.Peek(c.At - 1) != ' ' || c.Peek(c.At + 1) != ' ' || !IsBehindQuantity(c) || !c.IsDigit(c.At + 2))
        {
            return false;
        }

        if (c.Text[c.At] == '−')
        {
            return true;
        }

        var end = c.At + 2;
        while (c.IsDigit(end) || c.Peek(end) is ',' or '.' && c.IsDigit(end + 1))
        {
            end++;
        }

        return c.Peek(c.SkipSpaces(end)) is '=' or '+' or '×';
    }

    private static bool IsBehindQuantity(ReadingCursor c)
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
