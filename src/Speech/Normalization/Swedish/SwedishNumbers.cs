using System.Globalization;
using System.Text;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Swedish numbers in words, from their digits.</summary>
internal static class SwedishNumbers
{
    /// <summary>Longer numbers are said digit by digit.</summary>
    public const int Longest = 12;

    private static readonly string[] Small =
    [
        "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton",
        "arton", "nitton",
    ];

    private static readonly string[] Tens = ["", "", "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"];

    private static readonly string[] SmallOrdinals =
    [
        "nollte", "första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte", "tolfte", "trettonde",
        "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde", "nittonde",
    ];

    /// <summary>"tusen tjugoett". Digits one by one where the number is too long, or begins with zero.</summary>
    /// <param name="digits">Decimal digits without separators.</param>
    /// <param name="common">Whether the last word is "en", before a noun of common gender.</param>
    public static string Cardinal(ReadOnlySpan<char> digits, bool common = false)
    {
        if (digits.Length > Longest || (digits.Length > 1 && digits[0] == '0'))
        {
            return Digits(digits);
        }

        var number = Value(digits);
        if (number == 0)
        {
            return Small[0];
        }

        List<string> parts = [];
        AddPower(parts, number / 1_000_000_000, "miljard", "miljarder");
        AddPower(parts, number / 1_000_000 % 1000, "miljon", "miljoner");
        if (number / 1000 % 1000 is > 0 and var thousands)
        {
            parts.Add(thousands == 1 ? "tusen" : Below1000((int)thousands) + "tusen");
        }

        if (number % 1000 > 0)
        {
            parts.Add(Below1000((int)(number % 1000)));
        }

        var words = string.Join(' ', parts);
        return common && words.EndsWith("ett", StringComparison.Ordinal) ? words[..^3] + "en" : words;
    }

    /// <summary>"tjugoförsta".</summary>
    public static string Ordinal(ReadOnlySpan<char> digits)
    {
        var number = Value(digits);
        if (number < 0)
        {
            return Cardinal(digits);
        }

        var rest = (int)(number % 100);
        var head = number >= 100 ? Cardinal((number - rest).ToString(CultureInfo.InvariantCulture)) : "";
        return rest switch
        {
            0 when number > 0 => head + (head.EndsWith('n') && number % 1_000_000 == 0 ? "te" : head.EndsWith('r') ? "te" : "de"),
            _ => (number >= 1000 && number % 1000 < 100 ? head + " " : head) + Ordinal(rest),
        };
    }

    /// <summary>"noll fem".</summary>
    public static string Digits(ReadOnlySpan<char> digits)
    {
        var words = new StringBuilder();
        foreach (var digit in digits)
        {
            words.Append(words.Length > 0 ? " " : "").Append(Small[digit - '0']);
        }

        return words.ToString();
    }

    /// <summary>A year: "nittonhundranittiofem", "tjugohundraett", "tjugotjugosex".</summary>
    public static string Year(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 4 || digits[0] == '0' || digits[..2] is "10")
        {
            return Cardinal(digits);
        }

        var (century, rest) = ((int)Value(digits[..2]), (int)Value(digits[2..]));
        var isPaired = century >= 20 && rest >= 10;
        return Below1000(century) + (isPaired ? "" : "hundra") + (rest > 0 ? Below1000(rest) : "");
    }

    /// <summary>The first part of a decade's name: "nittonnittio" in <c>1990-talet</c>, "nittonhundra" in <c>1900-talet</c>.</summary>
    public static string Decade(ReadOnlySpan<char> digits)
    {
        if (digits.Length != 4)
        {
            return Cardinal(digits);
        }

        var rest = (int)Value(digits[2..]);
        return Below1000((int)Value(digits[..2])) + (rest == 0 ? "hundra" : Below1000(rest));
    }

    /// <summary>The number that at most twelve digits write; -1 for more.</summary>
    public static long Value(ReadOnlySpan<char> digits) =>
        digits.Length <= Longest && long.TryParse(digits, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static void AddPower(List<string> parts, long count, string one, string many)
    {
        if (count > 0)
        {
            parts.Add(count == 1 ? $"en {one}" : $"{Below1000((int)count)} {many}");
        }
    }

    private static string Below1000(int number)
    {
        var hundreds = number / 100 is > 0 and var count ? (count == 1 ? "" : Small[count]) + "hundra" : "";
        number %= 100;
        return hundreds + (number == 0 && hundreds.Length > 0 ? "" : number < 20 ? Small[number] : Tens[number / 10] + (number % 10 > 0 ? Small[number % 10] : ""));
    }

    private static string Ordinal(int number) =>
        number < 20 ? SmallOrdinals[number] : number % 10 == 0 ? Tens[number / 10] + "nde" : Tens[number / 10] + SmallOrdinals[number % 10];
}
