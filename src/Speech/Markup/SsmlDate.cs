using System.Globalization;
using System.Text.RegularExpressions;

namespace Dictation.Speech.Markup;

/// <summary>Dates whose order say-as tells: <c>10/11/2012</c> as <c>mdy</c>.</summary>
internal static partial class SsmlDate
{
    /// <summary>Years of two digits up to this one are of the 21st century.</summary>
    private const int LastShortYear = 49;

    /// <summary>The date in the order of ISO 8601, which is clear in every language; null where the text needs no other order.</summary>
    /// <param name="text">The date as it is written.</param>
    /// <param name="format">The order, by the letters d, m and y.</param>
    public static string? Iso(string text, string? format)
    {
        var order = string.Concat((format ?? "").ToLowerInvariant().Where(c => c is 'd' or 'm' or 'y').Distinct());
        if (order.Length != 3 || Numbers().Match(text) is not { Success: true } match || (order == "dmy" && match.Groups[2].Value == "."))
        {
            return null;
        }

        var numbers = new[] { match.Groups[1], match.Groups[3], match.Groups[4] };
        var (year, month, day) = (Number('y'), Number('m'), Number('d'));
        if (numbers[order.IndexOf('y', StringComparison.Ordinal)].Length <= 2)
        {
            year += year <= LastShortYear ? 2000 : 1900;
        }

        return month is >= 1 and <= 12 && day >= 1 && year is >= 1 and <= 9999 && day <= DateTime.DaysInMonth(year, month)
            ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}")
            : null;

        int Number(char part) => int.Parse(numbers[order.IndexOf(part, StringComparison.Ordinal)].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\s*([0-9]{1,4})([./-])([0-9]{1,4})\2([0-9]{1,4})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
