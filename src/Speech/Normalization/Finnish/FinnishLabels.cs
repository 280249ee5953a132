namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Words that name the number or letter behind them, in every singular case: <c>kuva 4</c>, <c>vuodesta 1990</c>, <c>luvussa 2.1</c>.</summary>
internal static class FinnishLabels
{
    private static readonly FinnishNoun[] Nouns =
    [
        FinnishNoun.From("vuosi", "vuotta", "vuode", "vuote"),
        FinnishNoun.Regular("sivu"),
        FinnishNoun.From("luku", "lukua", "luvu", "luku"),
        FinnishNoun.From("kohta", "kohtaa", "kohda", "kohta"),
        FinnishNoun.From("kohta", "kohtaa", "kohda", "kohta").Prefixed("ala"),
        FinnishNoun.Regular("kuva"),
        FinnishNoun.From("kuvio", "kuviota", "kuvio", "kuvio"),
        FinnishNoun.Graded("taulukko", "tauluko"),
        FinnishNoun.From("numero", "numeroa", "numero", "numero"),
        FinnishNoun.From("versio", "versiota", "versio", "versio"),
        FinnishNoun.From("luokka", "luokkaa", "luoka", "luokka"),
        FinnishNoun.From("huone", "huonetta", "huonee", "huonee"),
        FinnishNoun.From("tie", "tietä", "tie", "tie"),
        FinnishNoun.Regular("linja"),
        FinnishNoun.Regular("kanava"),
        FinnishNoun.Regular("osa"),
        FinnishNoun.From("kausi", "kautta", "kaude", "kaute"),
        FinnishNoun.From("jakso", "jaksoa", "jakso", "jakso"),
        FinnishNoun.From("kappale", "kappaletta", "kappalee", "kappalee"),
        FinnishNoun.From("liite", "liitettä", "liittee", "liittee"),
        FinnishNoun.From("ryhmä", "ryhmää", "ryhmä", "ryhmä"),
        FinnishNoun.Graded("vaihtoehto", "vaihtoehdo"),
        FinnishNoun.Graded("tyyppi", "tyypi"),
        FinnishNoun.From("kirjain", "kirjainta", "kirjaime", "kirjaime"),
        FinnishNoun.Regular("vitamiini"),
        FinnishNoun.Regular("laituri"),
        FinnishNoun.From("raide", "raidetta", "raitee", "raitee"),
        FinnishNoun.Graded("portti", "porti"),
        FinnishNoun.Regular("sali"),
        FinnishNoun.Regular("tehtävä"),
        FinnishNoun.From("vaihe", "vaihetta", "vaihee", "vaihee"),
        FinnishNoun.Regular("taso"),
        FinnishNoun.Regular("malli"),
        FinnishNoun.Regular("direktiivi"),
        FinnishNoun.From("asetus", "asetusta", "asetukse", "asetukse"),
        FinnishNoun.From("päätös", "päätöstä", "päätökse", "päätökse"),
        FinnishNoun.Regular("sarja"),
        FinnishNoun.From("rivi", "riviä", "rivi", "rivi"),
        FinnishNoun.From("kysymys", "kysymystä", "kysymykse", "kysymykse"),
        FinnishNoun.Regular("sija"),
        FinnishNoun.Regular("bussi"),
        FinnishNoun.Regular("juna"),
        FinnishNoun.Graded("lento", "lenno"),
        FinnishNoun.Regular("asema"),
        FinnishNoun.From("reitti", "reittiä", "reiti", "reitti"),
        FinnishNoun.Graded("asunto", "asunno"),
        FinnishNoun.Regular("talo"),
        FinnishNoun.From("rappu", "rappua", "rapu", "rappu"),
        FinnishNoun.From("kerros", "kerrosta", "kerrokse", "kerrokse"),
        FinnishNoun.From("viite", "viitettä", "viittee", "viittee"),
    ];

    private static readonly string[] Others =
    [
        "terveisin", "vuonna", "vuosina", "vuosien", "vuosilta", "vuosiin", "vuodet", "sivut", "sivuilla", "sivuilta", "luvut", "luvuissa", "kohdat", "kohdissa", "kuvat",
        "kuvissa", "luokat", "luokilla", "numerot", "raitiovaunu", "ratikka", "linjat", "versiot",
    ];

    /// <summary>All forms, in lower case.</summary>
    public static IEnumerable<string> All => Nouns.SelectMany(noun => Enum.GetValues<FinnishCase>().Select(noun.In)).Concat(Others).Except(["kautta", "osaa", "talon"]);
}
