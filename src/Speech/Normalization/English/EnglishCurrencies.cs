namespace Dictation.Speech.Normalization.English;

/// <param name="One">In the singular.</param>
/// <param name="Many">In the plural.</param>
/// <param name="Cent">Its hundredth; empty where it has none.</param>
/// <param name="Cents">Its hundredths.</param>
internal sealed record Currency(string One, string Many, string Cent, string Cents);

/// <summary>Currencies by their signs and codes.</summary>
internal static class EnglishCurrencies
{
    private static readonly Currency Dollar = new("dollar", "dollars", "cent", "cents");
    private static readonly Currency Euro = new("euro", "euros", "cent", "cents");
    private static readonly Currency Pound = new("pound", "pounds", "penny", "pence");
    private static readonly Currency Yen = new("yen", "yen", "", "");
    private static readonly Currency Won = new("won", "won", "", "");
    private static readonly Currency Rupee = new("rupee", "rupees", "paisa", "paise");

    private static readonly (string Sign, Currency Currency)[] Codes =
    [
        ("US$", Of("U S")), ("CA$", Of("Canadian")), ("AU$", Of("Australian")), ("NZ$", Of("New Zealand")), ("HK$", Of("Hong Kong")), ("A$", Of("Australian")),
        ("C$", Of("Canadian")), ("USD", Of("U S")), ("CAD", Of("Canadian")), ("AUD", Of("Australian")), ("EUR", Euro), ("GBP", Pound), ("JPY", Yen),
        ("SEK", new Currency("Swedish krona", "Swedish kronor", "", "")), ("NOK", new Currency("Norwegian krone", "Norwegian kroner", "", "")),
        ("DKK", new Currency("Danish krone", "Danish kroner", "", "")), ("CHF", new Currency("Swiss franc", "Swiss francs", "centime", "centimes")),
        ("INR", Rupee), ("Rs.", Rupee), ("Rs", Rupee), ("rs.", Rupee),
    ];

    /// <summary>The currency that begins at <paramref name="at"/>, and the length of its sign; null where none does.</summary>
    public static (Currency Currency, int Length)? At(string text, int at)
    {
        if (at >= text.Length)
        {
            return null;
        }

        switch (text[at])
        {
            case '$':
                return (Dollar, 1);
            case '€':
                return (Euro, 1);
            case '£':
                return (Pound, 1);
            case '¥':
                return (Yen, 1);
            case '₩':
                return (Won, 1);
            case '₹':
                return (Rupee, 1);
            case (>= 'A' and <= 'Z') or 'r':
                return Code(text, at);
            default:
                return null;
        }
    }

    private static (Currency Currency, int Length)? Code(string text, int at)
    {
        foreach (var (sign, currency) in Codes)
        {
            if (string.CompareOrdinal(text, at, sign, 0, sign.Length) == 0
                && !(char.IsLetter(sign[^1]) && at + sign.Length < text.Length && char.IsLetter(text[at + sign.Length])))
            {
                return (currency, sign.Length);
            }
        }

        return null;
    }

    private static Currency Of(string country) => new($"{country} dollar", $"{country} dollars", "cent", "cents");
}
