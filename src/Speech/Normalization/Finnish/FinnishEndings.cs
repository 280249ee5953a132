using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Reads a case from a written ending: behind a colon (<c>5:n</c>), or in the noun that a number belongs to (<c>3. luokalla</c>).</summary>
internal static class FinnishEndings
{
    private static readonly FrozenDictionary<string, (FinnishCase Case, bool Ordinal)> ByEnding = Endings().ToFrozenDictionary();

    // Behind the day of a month, January first.
    private static readonly string[] Months =
    [
        "tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta",
        "heinäkuuta", "elokuuta", "syyskuuta", "lokakuuta", "marraskuuta", "joulukuuta",
    ];

    // "2. suurin" is said "toiseksi suurin".
    private static readonly FrozenSet<string> Superlatives = new[]
    {
        "suurin", "pienin", "pisin", "lyhin", "vanhin", "nuorin", "nopein", "korkein", "matalin", "yleisin", "isoin", "paras", "huonoin",
        "tärkein", "halvin", "kallein", "suosituin", "kaunein", "rikkain", "vilkkain", "painavin", "eniten",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> NotNouns = new[]
    {
        "kuin", "niin", "vain", "sitten", "ennen", "ihan", "aivan", "minkään", "jälkeen", "mukaan", "kautta", "asti", "saakka", "alkaen", "vaan",
    }.ToFrozenSet();

    // The essive looks like many a nominative (ikkuna, peruna), so only these are taken for one.
    private static readonly FrozenSet<string> Essives = new[]
    {
        "päivänä", "vuotena", "vuonna", "kertana", "viikkona", "kuukautena", "yönä", "aamuna", "iltana", "sijana", "luokkana", "jäsenenä", "osana",
    }.ToFrozenSet();

    // Nouns that are commonly counted: after a cardinal only these set its case, since any other word may belong to something else
    // ("vuonna 2026 suomalaisen ...").
    private static readonly FrozenDictionary<string, FinnishCase> Counted = CountedForms();

    /// <summary>A month, 1 to 12, as it follows its day: <c>joulukuuta</c>.</summary>
    public static string Month(long number) => Months[number - 1];

    /// <summary>The case that an ending behind a colon gives the number before it; false when the ending is unknown.</summary>
    public static bool TryRead(string ending, out FinnishCase form, out bool ordinal)
    {
        var found = ByEnding.TryGetValue(ending, out var entry);
        (form, ordinal) = entry;
        return found;
    }

    /// <summary>The case of an ordinal before the lower-case <paramref name="word"/>, judged by the word's ending.</summary>
    public static FinnishCase OfOrdinalBefore(string word)
    {
        // "6. joulukuuta": the month is in the partitive, its day is not.
        if (Months.Contains(word) || NotNouns.Contains(word))
        {
            return FinnishCase.Nominative;
        }

        if (Superlatives.Contains(word))
        {
            return FinnishCase.Translative;
        }

        if (Essives.Contains(word))
        {
            return FinnishCase.Essive;
        }

        if (word.Length < 5)
        {
            return FinnishCase.Nominative;
        }

        if (word.Length > 5)
        {
            if (Ends(word, "ssa", "ssä"))
            {
                return FinnishCase.Inessive;
            }

            if (Ends(word, "sta", "stä"))
            {
                return FinnishCase.Elative;
            }

            if (Ends(word, "lla", "llä"))
            {
                return FinnishCase.Adessive;
            }

            if (Ends(word, "lta", "ltä"))
            {
                return FinnishCase.Ablative;
            }

            if (Ends(word, "lle"))
            {
                return FinnishCase.Allative;
            }

            if (Ends(word, "ksi"))
            {
                return FinnishCase.Translative;
            }
        }

        if (Ends(word, "aa", "ää") || word is "vuotta" or "kuukautta")
        {
            return FinnishCase.Partitive;
        }
        // Passives ("otetaan", "mennään") end like illatives.
        if (Ends(word, "nen", "etaan", "etään", "utaan", "ytään", "daan", "dään", "llaan", "llään", "nnaan", "nnään"))
        {
            return FinnishCase.Nominative;
        }

        if (Ends(word, "aan", "ään", "oon", "öön", "uun", "yyn", "iin", "seen") || word == "vuoteen")
        {
            return FinnishCase.Illative;
        }

        return Ends(word, "an", "än", "en", "in", "on", "ön", "un", "yn") ? FinnishCase.Genitive : FinnishCase.Nominative;
    }

    /// <summary>The case of a cardinal before the lower-case <paramref name="word"/>; nominative where the word is no common measure.</summary>
    public static FinnishCase OfCardinalBefore(string word) => Counted.GetValueOrDefault(word, FinnishCase.Nominative);

    private static bool Ends(string word, params ReadOnlySpan<string> endings)
    {
        foreach (var ending in endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<KeyValuePair<string, (FinnishCase Case, bool Ordinal)>> Endings()
    {
        var cardinal = new (FinnishCase Case, string[] Endings)[]
        {
            (FinnishCase.Genitive, ["n", "en", "nen"]),
            (FinnishCase.Partitive, ["a", "ä", "aa", "ää", "ta", "tä"]),
            (FinnishCase.Inessive, ["ssa", "ssä"]),
            (FinnishCase.Elative, ["sta", "stä"]),
            (FinnishCase.Illative, ["an", "än", "aan", "ään", "een", "iin", "oon", "teen", "seen"]),
            (FinnishCase.Adessive, ["lla", "llä"]),
            (FinnishCase.Ablative, ["lta", "ltä"]),
            (FinnishCase.Allative, ["lle"]),
            (FinnishCase.Essive, ["na", "nä"]),
            (FinnishCase.Translative, ["ksi"]),
        };
        var ordinal = new (FinnishCase Case, string[] Endings)[]
        {
            (FinnishCase.Nominative, ["s"]),
            (FinnishCase.Genitive, ["nnen"]),
            (FinnishCase.Partitive, ["tta", "ttä"]),
            (FinnishCase.Inessive, ["nnessa", "nnessä"]),
            (FinnishCase.Elative, ["nnesta", "nnestä"]),
            (FinnishCase.Illative, ["nteen"]),
            (FinnishCase.Adessive, ["nnella", "nnellä"]),
            (FinnishCase.Ablative, ["nnelta", "nneltä"]),
            (FinnishCase.Allative, ["nnelle"]),
            (FinnishCase.Essive, ["ntena", "ntenä"]),
            (FinnishCase.Translative, ["nneksi"]),
        };
        return cardinal.SelectMany(row => row.Endings.Select(ending => KeyValuePair.Create(ending, (row.Case, false))))
            .Concat(ordinal.SelectMany(row => row.Endings.Select(ending => KeyValuePair.Create(ending, (row.Case, true)))));
    }

    private static FrozenDictionary<string, FinnishCase> CountedForms()
    {
        FinnishNoun[] nouns =
        [
            FinnishNoun.From("vuosi", "vuotta", "vuode", "vuote"),
            FinnishNoun.From("kuukausi", "kuukautta", "kuukaude", "kuukaute"),
            FinnishNoun.From("vuorokausi", "vuorokautta", "vuorokaude", "vuorokaute"),
            FinnishNoun.Graded("viikko", "viiko"),
            FinnishNoun.Regular("päivä"),
            FinnishNoun.Graded("tunti", "tunni"),
            FinnishNoun.Graded("minuutti", "minuuti"),
            FinnishNoun.Graded("sekunti", "sekunni"),
            FinnishNoun.Regular("metri"),
            FinnishNoun.Regular("metri").Prefixed("kilo"),
            FinnishNoun.Regular("metri").Prefixed("sentti"),
            FinnishNoun.Regular("metri").Prefixed("neliö"),
            FinnishNoun.Regular("kilo"),
            FinnishNoun.Regular("gramma"),
            FinnishNoun.Regular("litra"),
            FinnishNoun.Regular("tonni"),
            FinnishNoun.Regular("euro"),
            FinnishNoun.Regular("dollari"),
            FinnishNoun.Graded("prosentti", "prosenti"),
            FinnishNoun.Graded("yksikkö", "yksikö").Prefixed("prosentti"),
            FinnishNoun.From("aste", "astetta", "astee", "astee"),
            FinnishNoun.Regular("henkilö"),
            FinnishNoun.From("henki", "henkeä", "henge", "henke"),
            FinnishNoun.From("ihminen", "ihmistä", "ihmise", "ihmise"),
            FinnishNoun.From("jäsen", "jäsentä", "jäsene", "jäsene"),
            FinnishNoun.From("lapsi", "lasta", "lapse", "lapse"),
            FinnishNoun.From("kerta", "kertaa", "kerra", "kerta"),
            FinnishNoun.From("kunta", "kuntaa", "kunna", "kunta"),
            FinnishNoun.From("kappale", "kappaletta", "kappalee", "kappalee"),
            FinnishNumbers.Million,
            FinnishNumbers.Billion,
        ];
        var forms = new Dictionary<string, FinnishCase>();
        foreach (var noun in nouns)
        {
            foreach (var form in Enum.GetValues<FinnishCase>())
            {
                // After a number in the nominative its noun stands in the partitive.
                if (form is not (FinnishCase.Nominative or FinnishCase.Partitive))
                {
                    forms.TryAdd(noun.In(form), form);
                }
            }
        }

        return forms.ToFrozenDictionary();
    }
}
