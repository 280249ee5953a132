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
        + "ilman varten kesken lähellä läheltä toisen muun saman eri sellaisen tällaisen oman uuden kuitenkin ainakin");

    // Behind a bare number these take its genitive: "kello viiden jälkeen".
    private static readonly FrozenSet<string> Postpositions = Set(
        "jälkeen kanssa sijasta sijaan aikana aikoihin aikaan kohdalla kohdalta tienoilla maissa korvilla välillä hujakoilla kuluessa kuluttua päästä päässä päähän sisällä");

    // Nominatives whose endings are those of another case: juna (essive), tasavalta (ablative), keskusta (elative), isänmaa (partitive).
    private static readonly string[] Nominatives =
    [
        "juna", "avainsana", "sauna", "oona", "leijona", "ikkuna", "peruna", "omena", "kkana", "arena", "keskusta", "alusta", "perusta", "reunusta", "valta", "kulta", "silta",
        "apää", "npää", "äpää", "nmaa", "kenttä", "kartta", "teltta", "aitta", "komppania", "makkaramassa", "biomassa", "avain", "kirjain", "eläin", "puhelin", "tuomioistuin", "istuin", "lämmitin", "suodatin", "ajastin", "morsian", "jäsen", "ydin",
        "hella", "paradoksi", "kliimaksi",
    ];

    // Partitives with the endings of the ablative and the elative: kieltä, naista, tarkastusta.
    private static readonly string[] Partitives =
    [
        "kieltä", "mieltä", "tulta", "huolta", "puolta", "hiiltä", "miestä", "mista", "mistä", "usta", "ystä", "äätöstä", "rrosta", "uutosta", "ulosta", "ainosta", "evosta", "ukasta",
        "iakasta", "dokasta", "sakasta", "pilasta", "tilasta", "ammasta", "arvasta", "ratasta", "opasta", "kelasta", "atsasta", "orrasta", "ngasta", "ierasta", "lautasta",
        "aista", "äistä", "eista", "oista", "öistä", "uista", "llista", "llistä",
    ];

    // Elatives that look like those: kadusta, työstä, laista.
    private static readonly string[] Elatives =
        ["kadusta", "luvusta", "hausta", "jutusta", "laulusta", "koulusta", "kuusta", "puusta", "suusta", "joulusta", "päästä", "lusta", "dusta", "rusta", "skusta", "aukusta", "pusta", "katkusta", "utsusta", "aisusta", "luusta", "ruusta", "ismista", "ismistä", "lystä", "vystä", "skystä", "syystä", "vusta"];

    // The genitive of words in -as: oppilaan; of maa and kuu; of mies.
    private static readonly string[] GenitivesInAan =
        ["ppilaan", "otilaan", "iakkaan", "sukkaan", "rikkaan", "iraan", "ieraan", "hampaan", "varpaan", "kankaan", "vapaan", "harmaan", "parhaan", "taivaan", "kuninkaan", "nmaan", "demaan", "simaan", "suklaan", "kevään", "ryppään"];

    // The illative of words in -i, -si, -us and -nen; any other word in -een is the genitive of one in -e: huoneen, tilanteen.
    private static readonly string[] IllativesInEen =
    [
        "kseen", "seen", "yteen", "uteen", "rkeen", "tkeen", "lkeen", "imeen", "kanteen", "ukeen", "ieleen", "nimeen", "uoreen", "uureen", "hetkeen", "lveen", "oveen", "kiveen", "rveen", "suomeen", "pieneen", "vereen", "mereen", "käteen", "vuoteen",
        "veteen", "uuteen", "viiteen", "oleen", "tuleen", "eneen", "ääneen", "äreen", "lapseen", "tähteen", "yhteen", "kahteen", "lahteen", "kaupunkeen", "joeen", "teeseen",
    ];

    private static readonly string[] PassiveEndings =
    [
        "etaan", "etään", "utaan", "ytään", "notaan", "sotetaan", "tsotaan", "ataan", "ätään", "daan", "dään", "llaan", "llään", "nnaan", "nnään", "rraan", "rrään", "staan", "stään", "stiin",
        "ettiin", "htiin", "ltiin", "isten",
    ];

    private static readonly string[] PossessiveEndings = ["nsa", "nsä", "mme", "nne"];

    // -ea and -eä: of words in -i the partitive (hetkeä), of these the nominative.
    private static readonly string[] AdjectivesInEa =
        ["korkea", "vaikea", "nopea", "oikea", "komea", "valkea", "hopea", "kauhea", "upea", "makea", "tärkeä", "selkeä", "pimeä", "leveä", "sileä", "hirveä", "kipeä", "vihreä", "idea", "komitea"];

    private static readonly string[] NominativesInIa = ["pääasia", "storia", "teoria", "egoria", "lleria", "akatemia", "ogia", "rafia", "energia", "rasia"];

    private static readonly FrozenSet<string> Essives = Set("yönä vuonna kertana");

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

        if (word.Length > 3 && word[^1] == 't' && IsVowel(word[^2]) && !Ends(word, "nut", "nyt"))
        {
            return (FinnishCase.Nominative, true);
        }

        if (word.Length > 5 && (Ends(word, "iden", "itten", "ien") || (Ends(word, "jen") && IsVowel(word[^4]))))
        {
            return (FinnishCase.Genitive, true);
        }

        return (IsPartitive(word) ? FinnishCase.Partitive : OfNoun(word), false);
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

        return NotNouns.Contains(word) || IsPartitive(word) || IsMonth(word) ? FinnishCase.Nominative : OfNoun(word);
    }

    private static FinnishCase OfNoun(string word)
    {
        if (word.Length < 3 || Ends(word, PossessiveEndings) || Ends(word, Nominatives))
        {
            return FinnishCase.Nominative;
        }

        if (Essives.Contains(word) || (word.Length > 4 && Ends(word, "na", "nä") && IsVowel(word[^3])))
        {
            return FinnishCase.Essive;
        }

        if (word.Length > 4 && LocalCase(word) is { } local)
        {
            return local;
        }

        if (Ends(word, PassiveEndings) || (Ends(word, "nen") && word.Length > 3 && IsVowel(word[^4])))
        {
            return FinnishCase.Nominative;
        }

        if (word.Length > 4 && IsIllative(word))
        {
            return FinnishCase.Illative;
        }

        return word[^1] == 'n' && IsVowel(word[^2]) ? FinnishCase.Genitive : FinnishCase.Nominative;
    }

    private static bool IsIllative(string word)
    {
        if (Ends(word, "een"))
        {
            return Ends(word, IllativesInEen) && !Ends(word, "lauseen", "maineen");
        }

        return word is not ("maan" or "kuun") && !Ends(word, GenitivesInAan)
            && Ends(word, "aan", "ään", "oon", "öön", "uun", "yyn", "iin", "ihin", "uhun", "yöhön", "aahan", "äähän", "tiehen", "uohon");
    }

    // Singular only: after a cardinal in the nominative, and of ordinals that count how often.
    private static bool IsPartitive(string word)
    {
        if (word == "lasta")
        {
            return true;
        }

        if (word.Length < 4 || word[^1] is not ('a' or 'ä') || Ends(word, Nominatives))
        {
            return false;
        }

        if (Ends(word, "sta", "stä", "lta", "ltä"))
        {
            return Ends(word, Partitives) && !Ends(word, Elatives) && word is not "laista";
        }

        return word[^2] switch
        {
            'a' or 'ä' or 'o' or 'ö' or 'u' or 'y' => true,
            'e' => !Ends(word, AdjectivesInEa),
            'i' => word != "asia" && !Ends(word, NominativesInIa),
            't' => Ends(word, "tta", "ttä", "aata", "äätä", "uuta", "yytä", "uota", "yötä", "ietä", "eitä", "ntä", "ainta", "uhelinta", "ertaa", "vuorta", "nuorta", "kuorta", "verta", "merta", "iota", "iötä", "eota")
                && !Ends(word, "mitta", "kysyntä", "mylvintä"),
            _ => false,
        };
    }

    private static FinnishCase? LocalCase(string word)
    {
        if (word.Length > 5 && Ends(word, "ssa", "ssä"))
        {
            return FinnishCase.Inessive;
        }

        if (word.Length > 5 && Ends(word, "sta", "stä"))
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
