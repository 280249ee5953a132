using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>The case and number of a noun, guessed from its ending: no list holds the nouns of Finnish.</summary>
internal static class NounForms
{
    // Behind the day of a month, January first.
    private static readonly string[] Months =
        ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"];

    // "2. suurin" is said "toiseksi suurin".
    private static readonly FrozenSet<string> Superlatives = Set(
        "suurin pienin pisin lyhin vanhin nuorin nopein korkein matalin yleisin isoin paras parhain huonoin tärkein halvin kallein suosituin kaunein "
        + "rikkain vilkkain painavin eniten vähiten parhaiten useimmin");

    // Words with the endings of nouns that are something else.
    private static readonly FrozenSet<string> NotNouns = Set(
        "kuin niin vain sitten ennen ihan aivan minkään mukaan kautta asti saakka alkaen lähtien mennessä vaan noin kuten hän heidän minun sinun hänen "
        + "meidän teidän niiden näiden noiden joiden jonka olen olin olivat oli voin voi tein sain sen tämän tuon kerrallaan yhteensä uudelleen edelleen "
        + "jälleen aikaisin myöhemmin enemmän vähemmän lisää mitään jolloin tällöin silloin milloin muulloin koskaan ainakaan kuitenkaan edes pitkin "
        + "takaisin suoraan jopa melkein ehkä itse vastaan edestakaisin oikein väärin hyvin paljon vähän eilen huomenna tänään nyt aina "
        + "jossa joissa missä tässä tuossa siinä niissä näissä josta joista mistä tästä tuosta siitä niistä näistä jolla joilla millä tällä tuolla sillä "
        + "niillä näillä jolle joille mille tälle sille niille näille jolta joilta miltä tältä siltä niiltä muassa yllä alla sisällä ulkona täällä siellä "
        + "täältä sieltä eteenpäin taaksepäin ylöspäin alaspäin pohjoiseen etelään itään länteen kotiin pois yli alle väliin aikaan myös siis vielä "
        + "ilman varten kesken lähellä läheltä");

    // Behind a bare number these take its genitive: "kello viiden jälkeen".
    private static readonly FrozenSet<string> Postpositions = Set(
        "jälkeen kanssa sijasta sijaan aikana aikoihin aikaan kohdalla kohdalta tienoilla maissa korvilla välillä hujakoilla kuluessa kuluttua päästä päässä päähän sisällä");

    // The essive looks like many a nominative (ikkuna, peruna), so only these, and long words but a few, are taken for one.
    private static readonly FrozenSet<string> Essives = Set(
        "päivänä vuotena vuonna kertana viikkona kuukautena yönä aamuna iltana sijana luokkana jäsenenä osana tuntina minuuttina euroina euron");

    private static readonly FrozenSet<string> NominativesInNa = Set("porkkana peruna ikkuna omena paprikana satamana marjana hiekkana kampana banaana mantsana");

    // Nouns in -in and -en that are nominatives.
    private static readonly string[] NominativeEndings = ["ain", "äin", "elin", "kirjoitin", "hidin", "nen", "toin", "roin", "leen", "ahden", "ksin"];

    // The genitive of words in -e and -as: huoneen, laitteen, parhaan, oppilaan.
    private static readonly string[] GenitivesLikeIllatives =
    [
        "tteen", "kkeen", "ppeen", "uoneen", "aiheen", "lauseen", "paleen", "lueen", "erheen", "ieteen", "asteen", "isteen", "irheen", "koneen", "kueen", "taiteen",
        "puheen", "ohjeen", "kohteen", "suhteen", "ähteen", "irjeen", "veneen", "tunteen", "ilaan", "iakkaan", "sukkaan", "rikkaan", "iraan", "ieraan", "hampaan",
        "vapaan", "harmaan", "parhaan", "taivaan", "kuninkaan", "kauniin", "valtiaan", "neen", "esteen", "yönteen", "säteen",
    ];

    private static readonly string[] PassiveEndings =
        ["etaan", "etään", "utaan", "ytään", "otaan", "itaan", "itään", "ataan", "ätään", "daan", "dään", "llaan", "llään", "nnaan", "nnään", "rraan", "rrään", "staan", "stään"];

    private static readonly string[] PartitivesLikeElatives =
    [
        "tusta", "nusta", "austa", "ousta", "tystä", "nystä", "mystä", "äystä", "rrosta", "evosta", "ainosta", "ilasta", "iakasta", "ierasta", "ngasta", "laista",
        "läistä", "naista", "ihmistä", "llista", "llistä", "oista", "mäistä",
    ];

    private static readonly string[] PossessiveEndings = ["nsa", "nsä", "mme", "nne"];

    private static readonly FrozenDictionary<string, FinnishCase> Counted = CountedForms();

    /// <summary>A month, 1 to 12, as it follows its day: <c>joulukuuta</c>.</summary>
    public static string Month(long number) => Months[number - 1] + "kuuta";

    /// <summary>Whether the lower-case word is a month in the partitive or genitive: <c>joulukuuta</c>.</summary>
    public static bool IsMonth(ReadOnlySpan<char> word)
    {
        if (!word.EndsWith("kuuta") && !word.EndsWith("kuun"))
        {
            return false;
        }

        foreach (var month in Months)
        {
            if (word.StartsWith(month) && word[month.Length..].StartsWith("kuu"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the lower-case word is a form of a unit that is commonly counted: <c>euron</c>, <c>vuodessa</c>.</summary>
    public static bool IsCounted(string word) => Counted.ContainsKey(word);

    /// <summary>The case and number of an ordinal before the lower-case <paramref name="word"/>.</summary>
    public static (FinnishCase Case, bool Plural) OfOrdinalBefore(string word)
    {
        // "6. joulukuuta": the month is in the partitive, its day is not.
        if (IsMonth(word) || NotNouns.Contains(word))
        {
            return default;
        }

        return Superlatives.Contains(word) ? (FinnishCase.Translative, false) : OfAttributeBefore(word);
    }

    /// <summary>The case and number of an adjective before the lower-case <paramref name="word"/>.</summary>
    public static (FinnishCase Case, bool Plural) OfAttributeBefore(string word)
    {
        if (Superlatives.Contains(word) || NotNouns.Contains(word))
        {
            return default;
        }

        if (word.Length > 3 && word[^1] == 't' && IsVowel(word[^2]) && !word.EndsWith("nut", StringComparison.Ordinal) && !word.EndsWith("nyt", StringComparison.Ordinal))
        {
            return (FinnishCase.Nominative, true);
        }

        if (word.Length > 5 && Ends(word, "jen", "iden", "itten", "ien"))
        {
            return (FinnishCase.Genitive, true);
        }

        if (Ends(word, "aa", "ää") && word.Length > 3 || word is "vuotta" or "kuukautta" or "kertaa" || IsPartitive(word))
        {
            return (FinnishCase.Partitive, false);
        }

        return (OfNoun(word), false);
    }

    /// <summary>
    /// The case of a cardinal before the lower-case <paramref name="word"/>: nominative before a partitive (<c>viisi taloa</c>) and before what is no
    /// noun, the noun's own case otherwise (<c>viidessä talossa</c>).
    /// </summary>
    public static FinnishCase OfCardinalBefore(string word)
    {
        if (Counted.TryGetValue(word, out var form))
        {
            return form;
        }

        if (Postpositions.Contains(word))
        {
            return FinnishCase.Genitive;
        }

        // -ista and -istä are partitives of adjectives more often ("viisi suomalaista") than elatives.
        return NotNouns.Contains(word) || Ends(word, "ista", "istä") || IsMonth(word) ? FinnishCase.Nominative : OfNoun(word);
    }

    private static FinnishCase OfNoun(string word)
    {
        if (Essives.Contains(word) || (word.Length > 6 && Ends(word, "na", "nä") && IsVowel(word[^3]) && !NominativesInNa.Contains(word)))
        {
            return FinnishCase.Essive;
        }

        if (word.Length < 3 || Ends(word, PossessiveEndings))
        {
            return FinnishCase.Nominative;
        }

        if (word.Length > 4 && LocalCase(word) is { } local)
        {
            return local;
        }

        if (Ends(word, PassiveEndings) || Ends(word, NominativeEndings))
        {
            return FinnishCase.Nominative;
        }

        if (Ends(word, GenitivesLikeIllatives))
        {
            return FinnishCase.Genitive;
        }

        if (word.Length > 4 && Ends(word, "aan", "ään", "oon", "öön", "uun", "yyn", "iin", "een", "ihin", "uhun", "yöhön", "aahan", "äähän", "iehen", "uohon"))
        {
            return FinnishCase.Illative;
        }

        return word[^1] == 'n' && IsVowel(word[^2]) ? FinnishCase.Genitive : FinnishCase.Nominative;
    }

    private static FinnishCase? LocalCase(string word)
    {
        if (word.Length > 5 && Ends(word, "ssa", "ssä"))
        {
            return FinnishCase.Inessive;
        }

        if (word.Length > 5 && Ends(word, "sta", "stä") && !IsPartitive(word))
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

        return Ends(word, "ksi") ? FinnishCase.Translative : null;
    }

    // The partitive of words in -s and -nen: tarkastusta, kerrosta, oppilasta, suomalaista.
    private static bool IsPartitive(string word) => Ends(word, PartitivesLikeElatives);

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

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'ä' or 'ö' or 'å';

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Commonly counted nouns are known in every case, also short ones and those whose endings mislead.
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
            FinnishNoun.Regular("metri").Prefixed("milli"),
            FinnishNoun.Regular("metri").Prefixed("neliö"),
            FinnishNoun.Regular("metri").Prefixed("neliökilo"),
            FinnishNoun.Regular("hehtaari"),
            FinnishNoun.Regular("gramma"),
            FinnishNoun.Regular("gramma").Prefixed("kilo"),
            FinnishNoun.Regular("kilo"),
            FinnishNoun.Regular("tonni"),
            FinnishNoun.Regular("litra"),
            FinnishNoun.Regular("euro"),
            FinnishNoun.Regular("dollari"),
            FinnishNoun.From("markka", "markkaa", "marka", "markka"),
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
                forms.TryAdd(noun.In(form), form == FinnishCase.Partitive ? FinnishCase.Nominative : form);
            }
        }

        return forms.ToFrozenDictionary();
    }
}
