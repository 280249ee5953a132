using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Which words are spelled letter by letter, and how letters and Roman numerals are said.</summary>
internal static class FinnishInitialisms
{
    /// <summary>Longer words are never spelled letter by letter.</summary>
    public const int LongestSpelled = 6;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyåäöAEIOUYÅÄÖ");

    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['A'] = "aa",
        ['B'] = "bee",
        ['C'] = "see",
        ['D'] = "dee",
        ['E'] = "ee",
        ['F'] = "äf",
        ['G'] = "gee",
        ['H'] = "hoo",
        ['I'] = "ii",
        ['J'] = "jii",
        ['K'] = "koo",
        ['L'] = "äl",
        ['M'] = "äm",
        ['N'] = "än",
        ['O'] = "oo",
        ['P'] = "pee",
        ['Q'] = "kuu",
        ['R'] = "är",
        ['S'] = "äs",
        ['T'] = "tee",
        ['U'] = "uu",
        ['V'] = "vee",
        ['W'] = "vee",
        ['X'] = "äks",
        ['Y'] = "yy",
        ['Z'] = "tset",
        ['Å'] = "ruotsalainen oo",
        ['Ä'] = "ää",
        ['Ö'] = "öö",
        ['Š'] = "hattuäs",
        ['Ž'] = "hattutset",
    }.ToFrozenDictionary();

    // Said as words although short upper-case tokens are otherwise spelled. The second line are ordinary words that may stand in capitals.
    private static readonly FrozenSet<string> Words = new[]
    {
        "YLE", "KELA", "NATO", "NASA", "ALKO", "IKEA", "FIFA", "UEFA", "OPEC", "PISA", "SAAB", "FIAT", "ELY", "HUS", "SOTE", "TYKS", "PIN", "SIM", "LED",
        "ON", "EI", "JA", "SE", "NE", "ME", "TE", "HE", "JO", "NO", "TAI", "NYT", "JOS", "KUN", "NIIN", "MUN", "SUN", "ÄLÄ", "EN", "ET", "OVI", "UUSI",
        "ALE", "YÖ", "TYÖ", "SYY", "MAA", "PUU", "SUU", "LUU", "KUU", "JÄÄ", "PÄÄ", "TIE", "SUO", "HÄN", "SEN", "VAI", "VAIN", "ELI",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> CompanyForms = new[] { "Oy", "Oyj", "Ab", "Ky", "ry", "Ry", "rf" }.ToFrozenSet();

    // Spelled even where the whole line stands in capitals.
    private static readonly FrozenSet<string> Spelled = new[]
    {
        "EU", "TV", "USA", "YK", "YT", "AY", "OY", "ABC", "UKK", "SAK", "STTK", "EKP", "OECD", "IT", "ICT", "AI", "PC", "CD", "DVD", "WC", "WHO", "HIV", "EKG", "ATK",
    }.ToFrozenSet();

    /// <summary>The name of a single letter, or null where it has none.</summary>
    public static string? Letter(char letter) => letter switch
    {
        'w' or 'W' => "kaksoisvee",
        _ => Letters.GetValueOrDefault(char.ToUpperInvariant(letter)),
    };

    /// <summary>Whether the letter is one of the Finnish alphabet, whose name can take an ending.</summary>
    public static bool IsLatin(char letter) => Letters.ContainsKey(char.ToUpperInvariant(letter));

    /// <summary>Whether <paramref name="word"/> is spelled letter by letter.</summary>
    /// <param name="word">Letters only.</param>
    /// <param name="amongCapitals">Whether its neighbours are upper-case words, so that capitals say nothing about it.</param>
    public static bool IsSpelled(string word, bool amongCapitals)
    {
        if (word.Length is < 2 or > LongestSpelled)
        {
            return false;
        }

        if (CompanyForms.Contains(word))
        {
            return true;
        }

        var upper = 0;
        foreach (var c in word)
        {
            if (!Letters.ContainsKey(char.ToUpperInvariant(c)))
            {
                return false;
            }

            if (char.IsUpper(c))
            {
                upper++;
            }
        }

        if (upper == word.Length)
        {
            return Spelled.Contains(word) || (!Words.Contains(word) && (!IsSpeakable(word) || (word.Length <= 3 && !amongCapitals)));
        }

        return upper == 0 && IsVowelless(word) && !IsSound(word);
    }

    /// <summary>The letter names, the last one with <paramref name="ending"/> (may be empty): <c>EU, n</c> is "ee uun", <c>SPR, n</c> "äs pee ärrän".</summary>
    public static string Spell(string word, string ending)
    {
        var names = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            if (i > 0)
            {
                names.Append(' ');
            }

            var name = Letters[char.ToUpperInvariant(word[i])];
            names.Append(i == word.Length - 1 && ending.Length > 0 ? Inflect(name, ending) : name);
        }

        return names.ToString();
    }

    // Names that end in a consonant inflect in their long form: äs, ässän; tset, tsetan.
    private static string Inflect(string name, string ending)
    {
        var stem = name switch
        {
            "äf" => "äffä",
            "äl" => "ällä",
            "äm" => "ämmä",
            "än" => "ännä",
            "är" => "ärrä",
            "äs" => "ässä",
            "äks" => "äksä",
            "tset" => "tseta",
            _ => name,
        };
        return stem != name && ending[0] == stem[^1] ? stem[..^1] + ending : stem + ending;
    }

    // Finnish starts a syllable with few clusters and ends a word with none: what a reader would not try to say as a word.
    private static bool IsSpeakable(string upper)
    {
        if (IsVowelless(upper))
        {
            return false;
        }

        var consonants = 0;
        var atStart = true;
        foreach (var c in upper)
        {
            if (Vowels.Contains(c))
            {
                (consonants, atStart) = (0, false);
                continue;
            }

            consonants++;
            if (consonants > (atStart ? 2 : 3))
            {
                return false;
            }
        }

        return consonants <= 1;
    }

    /// <summary>Whether nothing in <paramref name="word"/> can carry a syllable.</summary>
    public static bool IsVowelless(string word) => !word.AsSpan().ContainsAny(Vowels);

    // hm, hmm, brr, pst: sounds, not initialisms.
    private static bool IsSound(string word) => word is "hm" or "pst" or "tst" or "hmph" || word[^1] == word[^2];
}
