using System.Collections.Frozen;
using System.Globalization;

namespace Dictation.Speech;

/// <summary>Reduces the ways to name a language to its BCP 47 primary code.</summary>
public static class LanguageCode
{
    private static readonly FrozenDictionary<string, string> TwoLetters = Build();

    /// <summary>
    /// The primary code in lower case: <c>fi</c> for <c>fi</c>, <c>fi-FI</c>, <c>fi_FI</c>, <c>FIN</c>. A code that has no shorter form stays.
    /// Names of one language are one code, as in CLDR: <c>no</c> for <c>nb</c> and <c>nn</c>, <c>he</c> for <c>iw</c>, <c>fil</c> for <c>tl</c>.
    /// </summary>
    public static string Primary(string language)
    {
        var primary = language.Trim().Split('-', '_')[0].ToLowerInvariant();
        return TwoLetters.GetValueOrDefault(primary, primary);
    }

    /// <summary>The region of a tag in upper case, <c>GB</c> for <c>en-GB</c> and <c>en_gb</c>, <c>TW</c> for <c>zh-Hant-TW</c>; null where it names none.</summary>
    public static string? Region(string language) => language.Trim()
        .Split('-', '_')
        .Skip(1)
        .TakeWhile(part => part.Length > 1)
        .FirstOrDefault(part => (part.Length == 2 && part.All(char.IsAsciiLetter)) || (part.Length == 3 && part.All(char.IsAsciiDigit)))
        ?.ToUpperInvariant();

    private static FrozenDictionary<string, string> Build()
    {
        var codes = new Dictionary<string, string>
        {
            // Codes that CLDR replaces: old ones, and those of languages that it treats as one with a larger one.
            ["in"] = "id",
            ["iw"] = "he",
            ["ji"] = "yi",
            ["jw"] = "jv",
            ["mo"] = "ro",
            ["mol"] = "ro",
            ["nb"] = "no",
            ["nn"] = "no",
            ["nno"] = "no",
            ["nob"] = "no",
            ["nor"] = "no",
            ["hbs"] = "sr",
            ["sh"] = "sr",
            ["tgl"] = "fil",
            ["tl"] = "fil",
            ["tw"] = "ak",
            ["twi"] = "ak",

            // Speech models name the individual language where everyone else names its macrolanguage, which is all that CultureInfo knows.
            ["als"] = "sq",
            ["arb"] = "ar",
            ["ayr"] = "ay",
            ["azj"] = "az",
            ["cmn"] = "zh",
            ["ekk"] = "et",
            ["fat"] = "ak",
            ["fuc"] = "ff",
            ["gaz"] = "om",
            ["gug"] = "gn",
            ["kmr"] = "ku",
            ["khk"] = "mn",
            ["lvs"] = "lv",
            ["npi"] = "ne",
            ["ory"] = "or",
            ["pbu"] = "ps",
            ["pes"] = "fa",
            ["plt"] = "mg",
            ["quz"] = "qu",
            ["swh"] = "sw",
            ["uzn"] = "uz",
            ["ydd"] = "yi",
            ["zlm"] = "ms",
            ["zsm"] = "ms",
            // The invariant culture claims this code.
            ["ivl"] = "ivl",
        };
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.NeutralCultures))
        {
            if (culture.TwoLetterISOLanguageName.Length == 2 && culture.ThreeLetterISOLanguageName.Length == 3)
            {
                codes.TryAdd(culture.ThreeLetterISOLanguageName, culture.TwoLetterISOLanguageName);
            }
        }

        return codes.ToFrozenDictionary();
    }
}
