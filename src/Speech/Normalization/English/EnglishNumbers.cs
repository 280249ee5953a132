using System.Text;

namespace Dictation.Speech.Normalization.English;

/// <summary>English numbers in words, from their digits.</summary>
internal static class EnglishNumbers
{
    /// <summary>Longer numbers without separators are said digit by digit.</summary>
    public const int LongestPlain = 9;

    private const int LongestGrouped = 24;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Powers = ["", " thousand", " million", " billion", " trillion", " quadrillion", " quintillion", " sextillion"];

    /// <summary>"one thousand two hundred and five". Digits one by one where the number is too long, or begins with zero.</summary>
    /// <param name="digits">Decimal digits without separators.</param>
    /// <param name="withAnd">Whether "and" stands before the tens and units.</param>
    public static string Cardinal(ReadOnlySpan<char> digits, bool withAnd = true)
    {
        if (digits.Length > LongestGrouped || (digits.Length > 1 && digits[0] == '0'))
        {
            return Digits(digits);
        }

        var words = new StringBuilder();
        for (var at = 0; at < digits.Length;)
        {
            var length = ((digits.Length - at - 1) % 3) + 1;
            var group = int.Parse(digits.Slice(at, length), System.Globalization.CultureInfo.InvariantCulture);
            at += length;
            if (group == 0)
            {
                continue;
            }

            var isLast = at == digits.Length;
            words.Append(words.Length > 0 ? " " : "");
            if (isLast && withAnd && group < 100 && words.Length > 0)
            {
                words.Append("and ");
            }

            AppendGroup(words, group, isLast && withAnd);
            words.Append(Powers[(digits.Length - at) / 3]);
        }

        return words.Length == 0 ? Small[0] : words.ToString();
    }

    /// <summary>"twenty-first".</summary>
    public static string Ordinal(ReadOnlySpan<char> digits)
    {
        var words = Cardinal(digits, withAnd: false);
        var last = Math.Max(words.LastIndexOf(' '), words.LastIndexOf('-')) + 1;
        var word = words[last..] switch
        {
            "one" => "first",
            "two" => "second",
            "three" => "third",
            "five" => "fifth",
            "eight" => "eighth",
            "nine" => "ninth",
            "twelve" => "twelfth",
            var tens when tens[^1] == 'y' => tens[..^1] + "ieth",
            var other => other + "th",
        };
        return words[..last] + word;
    }

    /// <summary>"zero five three".</summary>
    public static string Digits(ReadOnlySpan<char> digits)
    {
        var words = new StringBuilder();
        foreach (var digit in digits)
        {
            words.Append(words.Length > 0 ? " " : "").Append(Small[digit - '0']);
        }

        return words.ToString();
    }

    /// <summary>A year of three or four digits: "nineteen oh five", "two thousand six", "twenty twenty-six".</summary>
    public static string Year(ReadOnlySpan<char> digits)
    {
        var value = Value(digits);
        if (digits.Length is not (3 or 4) || digits[0] == '0' || value % 1000 < 10)
        {
            return Cardinal(digits, withAnd: false);
        }

        var (century, rest) = (value / 100, value % 100);
        return Pair(century) + (rest switch { 0 => " hundred", < 10 => " oh " + Small[rest], _ => " " + Pair(rest) });
    }

    /// <summary>A decade by its first year: "nineteen nineties", "two thousands", "eighties".</summary>
    public static string Decade(ReadOnlySpan<char> digits)
    {
        var words = digits is "00" ? "two thousand" : Year(digits);
        return words[^1] == 'y' ? words[..^1] + "ies" : words + "s";
    }

    /// <summary>The number of a house, flight or room: "fourteen twenty-eight", "one twenty-three", "seven oh eight".</summary>
    public static string Pairs(ReadOnlySpan<char> digits) => digits.Length switch
    {
        3 or 4 when digits[0] != '0' && digits[^3..] is not "000" => Year(digits) is var year && Value(digits) % 1000 < 10 ? Cardinal(digits, withAnd: false) : year,
        < 5 => Cardinal(digits, withAnd: false),
        _ => Digits(digits),
    };

    /// <summary>A number below 100.</summary>
    public static string Pair(int value) => value < 20 ? Small[value] : value % 10 == 0 ? Tens[value / 10] : $"{Tens[value / 10]}-{Small[value % 10]}";

    /// <summary>The number that at most nine digits write; -1 for more.</summary>
    public static int Value(ReadOnlySpan<char> digits) =>
        digits.Length <= LongestPlain && int.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static void AppendGroup(StringBuilder words, int group, bool withAnd)
    {
        if (group >= 100)
        {
            words.Append(Small[group / 100]).Append(" hundred");
            group %= 100;
            if (group == 0)
            {
                return;
            }

            words.Append(withAnd ? " and " : " ");
        }

        words.Append(Pair(group));
    }
}
