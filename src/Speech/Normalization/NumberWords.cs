using System.Collections.Frozen;
using System.Globalization;
using Humanizer;
using Humanizer.Configuration;

namespace Dictation.Speech.Normalization;

/// <summary>Numbers as words in the languages that Humanizer knows, by the separators of the culture. Thread-safe.</summary>
internal sealed class NumberWords
{
    // Humanizer throws beyond 32 bits in most languages; longer runs of digits are said one by one.
    private const int LongestNumber = 9, LongestDecimals = 2;

    // How the decimal separator is said; elsewhere the two parts follow each other.
    private static readonly FrozenDictionary<string, string> Separators = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["de"] = "Komma",
        ["nl"] = "komma",
        ["nb"] = "komma",
        ["no"] = "komma",
        ["nn"] = "komma",
        ["da"] = "komma",
        ["sv"] = "komma",
        ["fr"] = "virgule",
        ["es"] = "coma",
        ["ca"] = "coma",
        ["it"] = "virgola",
        ["pt"] = "vírgula",
        ["ro"] = "virgulă",
        ["pl"] = "przecinek",
        ["cs"] = "čárka",
        ["hu"] = "vessző",
        ["tr"] = "virgül",
        ["id"] = "koma",
        ["en"] = "point",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly CultureInfo _culture;
    private readonly string? _separator;
    private readonly char _decimal;

    private NumberWords(CultureInfo culture)
    {
        _culture = culture;
        _separator = Separators.GetValueOrDefault(culture.TwoLetterISOLanguageName);
        _decimal = culture.NumberFormat.NumberDecimalSeparator is [var sign] ? sign : '\0';
    }

    /// <summary>The words of a language; null where Humanizer lacks it.</summary>
    public static NumberWords? Find(string language)
    {
        try
        {
            // Humanizer answers in English for a language it lacks, so a converter of another type than English's is what tells support.
            var culture = CultureInfo.GetCultureInfo(language);
            var converters = Configurator.NumberToWordsConverters;
            var english = converters.ResolveForCulture(CultureInfo.GetCultureInfo("en")).GetType();
            var known = culture.TwoLetterISOLanguageName == "en" || converters.ResolveForCulture(culture).GetType() != english;
            return known && culture.Name.Length > 0 ? new NumberWords(culture) : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The words of the number that begins at <paramref name="start"/>, and where it ends.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where a digit stands.</param>
    /// <param name="negative">Whether a minus stands before it.</param>
    public (string Words, int End) Read(string text, int start, bool negative)
    {
        var end = SpokenPunctuation.EndOfDigits(text, start);
        var digits = text[start..end];
        while (digits.Length <= LongestNumber && IsGroupSeparator(text, end))
        {
            digits += text.Substring(end + 1, 3);
            end += 4;
        }

        var words = Words(digits, negative);
        var decimals = SpokenPunctuation.EndOfDigits(text, end + 1);
        if (_separator is null || end >= text.Length || text[end] != _decimal || decimals == end + 1 || (decimals + 1 < text.Length
            && text[decimals] is '.' or ',' && char.IsAsciiDigit(text[decimals + 1])))
        {
            return (words, end);
        }

        return ($"{words} {_separator} {Decimals(text[(end + 1)..decimals])}", decimals);
    }

    // A separator of thousands counts only where three digits, and not four, follow.
    private bool IsGroupSeparator(string text, int at)
    {
        if (at >= text.Length)
        {
            return false;
        }

        var separator = _culture.NumberFormat.NumberGroupSeparator;
        var written = text[at] == ' ' ? separator is " " or "\u00A0" or "\u202F" : separator.Length == 1 && text[at] == separator[0];
        return written && SpokenPunctuation.EndOfDigits(text, at + 1) == at + 4;
    }

    private string Decimals(string digits) =>
        digits.Length <= LongestDecimals && _culture.TwoLetterISOLanguageName is not ("de" or "en") ? Words(digits, negative: false) : OneByOne(digits);

    private string Words(string digits, bool negative)
    {
        if (digits.Length > LongestNumber || (digits.Length > 1 && digits[0] == '0'))
        {
            return OneByOne(digits);
        }

        var number = long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        var words = number.ToWords(_culture);
        if (!negative || number == 0)
        {
            return words;
        }

        // In some languages (Russian) Humanizer says only the sign of a negative number.
        var signed = (-number).ToWords(_culture).Trim();
        return signed.EndsWith(words, StringComparison.Ordinal) ? signed : $"{signed} {words}";
    }

    private string OneByOne(string digits) => string.Join(' ', digits.Select(Digit));

    // Humanizer's German one is the article.
    private string Digit(char digit) => digit == '1' && _culture.TwoLetterISOLanguageName == "de" ? "eins" : ((long)(digit - '0')).ToWords(_culture);
}
