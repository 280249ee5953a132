namespace Dictation.Speech.Normalization.Finnish;

/// <summary>
/// Writes Finnish out as it is said: numbers, dates, times, units, currencies, abbreviations, initialisms, symbols and addresses become
/// words. Accepts any string, malformed UTF-16 included, never throws on one, and takes time linear in its length.
/// </summary>
/// <remarks>
/// The output holds letters, combining marks, spaces, <c>\n</c> and <c>. , ! ? ; : -</c>, the hyphen only inside words; NFC, letter case
/// and accents as in the source. Readings where usage varies:
/// <list type="bullet">
/// <item>Ranges say "viiva" (<c>1939–1945</c>), but with a unit and between whole hours or weekdays "-sta ... -Vn" (<c>5–10 km</c>,
/// <c>klo 8–16</c>), as a newsreader does.</item>
/// <item>An ordinal agrees with the noun that follows (<c>3. luokalla</c>: kolmannella luokalla).</item>
/// <item>One or two decimals are said as a number, more (or with a leading zero) digit by digit.</item>
/// <item>More than nine digits without separators, and a leading zero, are said digit by digit.</item>
/// </list>
/// </remarks>
public sealed class FinnishTextNormalizer : ITextNormalizer
{
    /// <inheritdoc/>
    public SpokenText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FinnishReadings.Read(PreparedText.From(text));
    }
}
