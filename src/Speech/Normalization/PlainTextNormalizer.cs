using System.Globalization;
using Dictation.Speech.Sentences;

namespace Dictation.Speech.Normalization;

/// <summary>
/// For languages without readings of their own: canonical characters, whitespace, quotes, dashes and line breaks, and numbers as words where
/// Humanizer knows the language. Elsewhere digits stay for a voice that reads them, and are named as unspoken for any other. Accepts any string
/// and never throws on one.
/// </summary>
/// <remarks>
/// The output holds letters, marks, digits only where they are left to the voice, spaces, <c>\n</c>, <c>. , ! ? ; : -</c>, apostrophes inside
/// words, and currency and mathematical signs and <c>% &amp; @ # / * §</c>, which a voice's phonemizer may know.
/// </remarks>
public sealed class PlainTextNormalizer : ITextNormalizer
{
    private const string KeptSymbols = "%&@#/*§";

    private readonly NumberWords? _numbers;
    private readonly SentenceRules _sentences;
    private readonly bool _voiceReadsDigits;

    /// <param name="language">A language code as in BCP 47 (<c>sv</c>, <c>en-GB</c>); an unknown one has no number words.</param>
    /// <param name="voiceReadsDigits">Whether the voice says digits that are left to it.</param>
    public PlainTextNormalizer(string language, bool voiceReadsDigits = false)
    {
        ArgumentNullException.ThrowIfNull(language);
        _numbers = NumberWords.Find(language);
        _sentences = SentenceRulesOf.Language(LanguageCode.Primary(language));
        _voiceReadsDigits = voiceReadsDigits;
    }

    /// <inheritdoc/>
    public SpokenText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var c = new ReadingCursor(PreparedText.From(text), _sentences);
        while (c.At < c.Text.Length)
        {
            c.PassSentenceEnds();
            if (c.IsDigit(c.At))
            {
                SayNumber(c);
            }
            else if (c.IsLetter(c.At))
            {
                var end = c.EndOfLetters(c.At);
                c.Builder.Copy(c.At, end);
                c.At = end;
            }
            else
            {
                SaySymbol(c);
            }
        }

        c.PassSentenceEnds();
        return c.Builder.Build();
    }

    private void SayNumber(ReadingCursor c)
    {
        var start = c.At;
        if (_numbers is not null)
        {
            var negative = c.Peek(start - 1) is '-' or '−' && !SpokenPunctuation.IsWordCharacter(c.Text, start - 2);
            var (words, end) = _numbers.Read(c.Text, start, negative);
            c.Builder.Say(words, start);
            // The separator of times and dates parts two numbers; it is not the end of a clause.
            c.At = c.Peek(end) is '.' or ',' or ':' or '/' && c.IsDigit(end + 1) ? end + 1 : end;
            return;
        }

        // Where digits stay, so do the separators between them: a phonemizer reads "3.14" better than "3. 14".
        while (c.IsDigit(c.At) || (c.Peek(c.At) is '.' or ',' or ':' && c.IsDigit(c.At + 1)))
        {
            c.At++;
        }

        if (_voiceReadsDigits)
        {
            c.Builder.Copy(start, c.At);
        }
        else
        {
            c.Builder.Skip(start, c.At, UnspokenReason.NoNumberWords);
        }
    }

    private static void SaySymbol(ReadingCursor c)
    {
        var sign = c.Text[c.At];
        var isKept = KeptSymbols.Contains(sign, StringComparison.Ordinal)
            || CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol;
        if (isKept && !(sign != '/' && SpokenPunctuation.TryApply(c.Builder, c.Text, c.At)))
        {
            c.Builder.Copy(c.At, ++c.At);
        }
        else if (isKept)
        {
            c.At++;
        }
        else if (sign == '.' && SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) && c.Peek(c.At + 1) != '.' && !c.EndsSentence(c.At))
        {
            // The full stop of an abbreviation or ordinal is silent.
            c.Builder.Space();
            c.At++;
        }
        else
        {
            SpokenPunctuation.Read(c);
        }
    }
}
