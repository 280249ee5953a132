using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization;

/// <summary>
/// Writes a text out as it is said, by the readings of its language. Accepts any string, malformed UTF-16 included, never throws on one, and takes
/// time linear in its length.
/// </summary>
/// <remarks>
/// The output holds letters, combining marks, spaces, <c>\n</c> and <c>. , ! ? ; : -</c>, the hyphen only inside words; NFC, letter case and
/// accents as in the source.
/// </remarks>
/// <param name="language">The language.</param>
/// <param name="keepsMarks">Leave quotes, brackets, dashes and marks as they are written, for a voice that hears them.</param>
internal sealed partial class ReadingNormalizer(LanguageReadings language, bool keepsMarks = false) : ITextNormalizer
{
    public string? Ordinal(long number) => language.Ordinal(number);

    /// <inheritdoc/>
    public SpokenText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var c = new ReadingCursor(PreparedText.From(keepsMarks ? Apostrophe().Replace(text, "'") : text, keepsMarks), language.Sentences, keepsMarks);
        while (c.At < c.Text.Length)
        {
            c.PassSentenceEnds();
            var readings = c.IsDigit(c.At) ? language.AtDigits : c.IsLetter(c.At) ? language.AtLetters : language.AtSigns;
            for (var i = 0; i < readings.Count && !readings[i].TryRead(c); i++)
            {
            }
        }

        c.PassSentenceEnds();
        return c.Builder.Build();
    }

    [GeneratedRegex(@"(?<=\p{L})’(?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Apostrophe();
}
