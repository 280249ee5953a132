using System.Globalization;
using System.Text;
using Humanizer;
using Humanizer.Configuration;

namespace Dictation.Speech.Normalization;

/// <summary>
/// For languages without rules of their own: canonical characters, whitespace, quotes, dashes and line breaks, and whole numbers as words
/// where Humanizer knows the language; elsewhere digits stay as they are. Accepts any string and never throws on one.
/// </summary>
/// <remarks>
/// The output holds letters, marks, digits only where the language has no number words, spaces, <c>\n</c>, <c>. , ! ? ; : -</c>,
/// apostrophes inside words, and currency and mathematical signs and <c>% &amp; @ # / * §</c>, which a voice's phonemizer may know.
/// </remarks>
public sealed class PlainTextNormalizer : ITextNormalizer
{
    // Humanizer throws beyond 32 bits in most languages; longer runs of digits are said one by one.
    private const int LongestNumber = 9;

    private const string KeptSymbols = "%&@#/*§";

    private readonly CultureInfo? _culture;

    /// <param name="language">A language code as in BCP 47 (<c>sv</c>, <c>en-GB</c>); an unknown one leaves digits as they are.</param>
    public PlainTextNormalizer(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        _culture = FindCulture(language);
    }

    /// <inheritdoc/>
    public SpokenText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var prepared = PreparedText.From(text);
        var builder = new SpokenTextBuilder(prepared);
        var at = 0;
        while (at < prepared.Text.Length)
        {
            if (char.IsAsciiDigit(prepared.Text[at]))
            {
                at = SayNumber(builder, prepared.Text, at);
            }
            else if (SpokenPunctuation.LetterLength(prepared.Text, at) > 0)
            {
                at = SayWord(builder, prepared.Text, at);
            }
            else
            {
                at = SaySymbol(builder, prepared.Text, at);
            }
        }

        return builder.Build();
    }

    private static int SayWord(SpokenTextBuilder builder, string text, int start)
    {
        var end = start;
        while (true)
        {
            var length = SpokenPunctuation.LetterLength(text, end);
            if (length == 0)
            {
                length = SpokenPunctuation.MarkLength(text, end);
            }

            if (length == 0 && end < text.Length && text[end] == '\'' && SpokenPunctuation.LetterLength(text, end + 1) > 0)
            {
                length = 1;
            }

            if (length == 0)
            {
                break;
            }

            end += length;
        }

        builder.Copy(start, end);
        return end;
    }

    private int SayNumber(SpokenTextBuilder builder, string text, int start)
    {
        if (_culture is null)
        {
            return CopyDigits(builder, text, start);
        }

        var end = start;
        var digits = new StringBuilder();
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (digits.Length <= LongestNumber && IsGroupSeparator(text, start, end))))
        {
            if (char.IsAsciiDigit(text[end]))
            {
                digits.Append(text[end]);
            }

            end++;
        }

        var negative = start > 0 && text[start - 1] is '-' or '−' && !SpokenPunctuation.IsWordCharacter(text, start - 2);
        builder.Say(Words(digits.ToString(), negative), start);
        // The separator of decimals, times and dates parts two numbers; it is not the end of a clause.
        return end + 1 < text.Length && text[end] is '.' or ',' or ':' or '/' && char.IsAsciiDigit(text[end + 1]) ? end + 1 : end;
    }

    // Where digits stay, so do the separators between them: a phonemizer reads "3.14" better than "3. 14".
    private static int CopyDigits(SpokenTextBuilder builder, string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end])
            || (text[end] is '.' or ',' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        builder.Copy(start, end);
        return end;
    }

    // A separator of thousands counts only where three digits, and not four, follow.
    private bool IsGroupSeparator(string text, int start, int at)
    {
        var separator = _culture!.NumberFormat.NumberGroupSeparator;
        var written = text[at] == ' ' ? separator is " " or "\u00A0" or "\u202F" : separator.Length == 1 && text[at] == separator[0];
        if (!written || at == start || at + 3 >= text.Length)
        {
            return false;
        }

        for (var i = 1; i <= 3; i++)
        {
            if (!char.IsAsciiDigit(text[at + i]))
            {
                return false;
            }
        }

        return at + 4 >= text.Length || !char.IsAsciiDigit(text[at + 4]);
    }

    private string Words(string digits, bool negative)
    {
        if (digits.Length > LongestNumber || (digits.Length > 1 && digits[0] == '0'))
        {
            return string.Join(' ', digits.Select(digit => ((long)(digit - '0')).ToWords(_culture)));
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

    private static int SaySymbol(SpokenTextBuilder builder, string text, int at)
    {
        if (text[at] == '/' || !SpokenPunctuation.TryApply(builder, text, at))
        {
            if (KeptSymbols.Contains(text[at], StringComparison.Ordinal)
                || CharUnicodeInfo.GetUnicodeCategory(text[at]) is UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol)
            {
                builder.Copy(at, at + 1);
            }
        }

        return at + 1;
    }

    // Humanizer answers in English for a language it lacks, so a converter of another type than English's is what tells support.
    private static CultureInfo? FindCulture(string language)
    {
        try
        {
            var culture = CultureInfo.GetCultureInfo(language);
            var converters = Configurator.NumberToWordsConverters;
            var english = converters.ResolveForCulture(CultureInfo.GetCultureInfo("en")).GetType();
            var known = culture.TwoLetterISOLanguageName == "en" || converters.ResolveForCulture(culture).GetType() != english;
            return known && culture.Name.Length > 0 ? culture : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
