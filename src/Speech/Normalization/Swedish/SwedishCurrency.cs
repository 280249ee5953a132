namespace Dictation.Speech.Normalization.Swedish;

/// <param name="One">In the singular.</param>
/// <param name="Many">In the plural.</param>
/// <param name="Cent">Its hundredth; empty where it has none.</param>
/// <param name="Cents">Its hundredths.</param>
/// <param name="Common">Whether it is of common gender.</param>
internal sealed record SwedishCurrency(string One, string Many, string Cent, string Cents, bool Common)
{
    private static readonly (string Sign, SwedishCurrency Currency)[] All =
    [
        ("USD$", new("amerikansk dollar", "amerikanska dollar", "cent", "cent", true)), ("USD", new("amerikansk dollar", "amerikanska dollar", "cent", "cent", true)),
        ("US$", new("amerikansk dollar", "amerikanska dollar", "cent", "cent", true)), ("$", new("dollar", "dollar", "cent", "cent", true)),
        ("€", new("euro", "euro", "cent", "cent", true)), ("EUR", new("euro", "euro", "cent", "cent", true)), ("£", new("pund", "pund", "penny", "pence", false)),
        ("GBP", new("pund", "pund", "penny", "pence", false)), ("¥", new("yen", "yen", "", "", true)), ("₩", new("won", "won", "", "", true)),
        ("SEK", new("svensk krona", "svenska kronor", "öre", "öre", true)), ("NOK", new("norsk krona", "norska kronor", "öre", "öre", true)),
        ("DKK", new("dansk krona", "danska kronor", "öre", "öre", true)),
    ];

    /// <summary>The currency whose sign begins at <paramref name="at"/>; null where none does.</summary>
    public static SwedishCurrency? At(string text, int at, out int length)
    {
        length = 0;
        if (at >= text.Length || text[at] is not ((>= 'A' and <= 'Z') or '$' or '€' or '£' or '¥' or '₩'))
        {
            return null;
        }

        foreach (var (sign, currency) in All)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0 && !(char.IsLetter(sign[^1]) && at + sign.Length < text.Length
                && char.IsLetter(text[at + sign.Length])))
            {
                length = sign.Length;
                return currency;
            }
        }

        return null;
    }
}
