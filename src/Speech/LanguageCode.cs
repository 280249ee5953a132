using System.Collections.Frozen;
using System.Globalization;

namespace Dictation.Speech;

/// <summary>Reduces the ways to name a language to its BCP 47 primary code.</summary>
public static class LanguageCode
{
    private static readonly FrozenDictionary<string, string> TwoLetters = Build();

    /// <summary>
    /// The primary code in lower case: <c>fi</c> for <c>fi</c>, <c>fi-FI</c>, <c>fi_FI</c>, <c>FIN</c>. A code that has no shorter form stays.
    /// </summary>
    public static string Primary(string language)
    {
        var primary = language.Trim().Split('-', '_')[0].ToLowerInvariant();
        return TwoLetters.GetValueOrDefault(primary, primary);
    }

    private static FrozenDictionary<string, string> Build()
    {
        var codes = new Dictionary<string, string>
        {
            // Speech models name the individual language where everyone else names its macrolanguage, which is all that CultureInfo knows.
            ["arb"] = "ar",
            ["azj"] = "az",
            ["cmn"] = "zh",
            ["ekk"] = "et",
            ["gaz"] = "om",
            ["khk"] = "mn",
            ["lvs"] = "lv",
            ["npi"] = "ne",
            ["ory"] = "or",
            ["pes"] = "fa",
            ["plt"] = "mg",
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
