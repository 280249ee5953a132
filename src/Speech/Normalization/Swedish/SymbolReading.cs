namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Symbols that have a name.</summary>
internal sealed class SymbolReading() : Reading(
    "Symbol",
    ("Anna & Erik", "Anna och Erik"),
    ("2 + 3 = 5", "två plus tre är fem"),
    ("α", "alfa"),
    ("#5", "nummer fem"),
    ("½ dl", "en halv deciliter"))
{
    private const string Greek =
        """
        alfa beta gamma delta epsilon zeta eta teta jota kappa lambda my ny xi omikron pi rho sigma sigma tau ypsilon fi chi psi omega
        """;
    private static readonly string[] GreekNames = Greek.Split(' ');

    public override bool TryRead(ReadingCursor c)
    {
        var name = Name(c, c.Text[c.At]);
        if (name.Length == 0)
        {
            return false;
        }

        var isFraction = Fraction(c.Text[c.At]) is not null;
        c.Builder.Say(name, c.At++);
        if (isFraction && SwedishUnits.Read(c.Text, c.SkipSpace(c.At), out var end) is { } unit)
        {
            c.Builder.Say(unit.One, c.SkipSpace(c.At));
            c.At = end;
        }

        return true;
    }

    /// <summary>"en halv" of <c>½</c>; null for any other sign.</summary>
    public static string? Fraction(char sign) => sign switch
    {
        '½' => "en halv",
        '¼' => "en fjärdedel",
        '¾' => "tre fjärdedelar",
        '⅓' => "en tredjedel",
        '⅔' => "två tredjedelar",
        _ => null,
    };

    /// <summary>The name of a Greek letter; null for any other.</summary>
    public static string? GreekName(char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        return lower is >= 'α' and <= 'ω' ? GreekNames[lower - 'α'] : null;
    }

    private static string Name(ReadingCursor c, char sign) => sign switch
    {
        '&' => "och",
        '%' => "procent",
        '‰' => "promille",
        '€' => "euro",
        '$' => "dollar",
        '£' => "pund",
        '¥' => "yen",
        '₩' => "won",
        '°' => "grader",
        '§' => "paragraf",
        '=' => "är",
        '≈' => "är ungefär",
        '≠' => "är inte lika med",
        '≤' => "är högst",
        '≥' => "är minst",
        '+' => "plus",
        '×' or '⋅' => "gånger",
        '÷' => "delat med",
        '±' => "plus minus",
        '√' => "roten ur",
        '∞' => "oändligheten",
        '@' => "snabel-a",
        '©' => "copyright",
        '®' => "registrerat varumärke",
        '™' => "varumärke",
        '²' when SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) => "i kvadrat",
        '³' when SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) => "i kubik",
        '−' when IsBetweenNumbers(c) => "minus",
        '*' when IsBetweenNumbers(c) => "gånger",
        '<' when IsBetweenNumbers(c) => "är mindre än",
        '>' when IsBetweenNumbers(c) => "är större än",
        '#' when c.IsDigit(c.At + 1) => "nummer",
        '#' when c.IsLetter(c.At + 1) => "hashtagg",
        _ => Fraction(sign) ?? "",
    };

    private static bool IsBetweenNumbers(ReadingCursor c) =>
        c.IsDigit(c.SkipSpaces(c.At + 1)) && (c.IsDigit(c.At - 1) || (c.Peek(c.At - 1) == ' ' && c.IsDigit(c.At - 2)));
}
