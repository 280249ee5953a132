using System.Collections.Frozen;

namespace Dictation.Speech.Sentences;

/// <summary>What full stops belong to in languages that have no readings of their own: titles and common abbreviations.</summary>
public static class SentenceRulesOf
{
    private const string GermanNouns =
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert Jahrhunderts Klasse Stock Platz Mal Geburtstag Kapitel Absatz";

    // Per language: what leads to a word, what leads to a number, what may end a sentence, and whether a number's full stop makes an ordinal.
    private static readonly FrozenDictionary<string, SentenceRules> Languages = new Dictionary<string, SentenceRules>(StringComparer.Ordinal)
    {
        ["de"] = Rules("dr prof hr fr frl st z.b d.h u.a ca bzw evtl ggf inkl exkl vgl s.o s.u bes geb gest dipl ing o.ä sog allg i.d.r", "nr s abb kap bd art abs tel", "usw etc str v.chr n.chr uhr mio mrd", ordinals: true, GermanNouns),
        ["fr"] = Rules("m mm mme mlle dr pr me st ste cf env p.ex c.-à-d av bd", "p pp n no vol chap art fig tél", "etc j.-c"),
        ["es"] = Rules("sr sra srta dr dra d dña prof ing lic ej p.ej aprox av avda", "p pág págs núm n.º vol cap art tel", "etc ud uds a.c d.c ee.uu"),
        ["it"] = Rules("sig sig.ra sig.na dott dott.ssa prof ing avv arch geom es p.es ca s.p.a", "p pag pagg n nr vol cap art fig tel", "ecc a.c d.c"),
        ["pt"] = Rules("sr sra srta dr dra d prof eng ex p.ex aprox av", "p pág págs n n.º nº vol cap art tel", "etc a.c d.c ltda"),
        ["nl"] = Rules("dhr mevr mw dr drs ir ing mr prof bijv bv d.w.z o.a i.v.m t.a.v ca incl excl m.b.t z.g.a.n", "nr blz p hfst art tel", "enz etc e.d v.chr n.chr"),
        ["no"] = Rules("dr prof hr fru f.eks bl.a dvs ca inkl ekskl evt ang jf pga vedr st", "nr s kap kl art tlf", "osv m.m m.fl etc f.kr e.kr kr mill mrd", ordinals: true),
        ["da"] = Rules("dr prof hr fru f.eks bl.a dvs ca inkl ekskl evt ang jf pga vedr skt", "nr s kap kl art tlf", "osv m.m m.fl etc f.kr e.kr kr mio mia", ordinals: true),
        ["pl"] = Rules("dr prof inż mgr ks św np tzn tj m.in ul al pl im gen płk tzw ok por", "nr s str rozdz art godz tel r", "itd itp n.e p.n.e zł gr mln mld r"),
        ["ru"] = Rules("г-н г-жа проф акад др им ул пр пл т.е т.к напр св см ср гр д", "с стр гл рис ст тел №", "т.д т.п др пр г гг в вв руб коп тыс млн млрд н.э"),
        ["cs"] = Rules("dr mgr ing prof mudr judr např tj tzv sv ul nám p pí", "č s str kap čl tel", "atd apod aj kč tis mil", ordinals: true),
        ["et"] = Rules("dr prof hr pr nt st s.o v.a nn nim", "nr lk ptk joon tel kell", "jne jms jt a e.kr p.kr", ordinals: true),
        ["hu"] = Rules("dr prof ifj id özv pl ún ill kb vö", "sz o old fej tel", "stb i.e i.sz kft rt bt", ordinals: true),
        ["ro"] = Rules("dl dna d-na d-l dr prof ing sf str bd ex", "nr p pag cap art tel", "etc î.hr d.hr"),
        ["tr"] = Rules("dr prof doç av sn müh örn bkz alb gen", "no s sf böl tel", "vb vs m.ö m.s", ordinals: true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly SentenceRules Other = Rules("dr prof mr mrs st", "nr no p", "etc");

    /// <summary>The rules of a language; for one without a list those that hold nearly everywhere.</summary>
    /// <param name="language">Primary code in lower case.</param>
    public static SentenceRules Language(string language) => language is "nb" or "nn" ? Languages["no"] : Languages.GetValueOrDefault(language, Other);

    private static SentenceRules Rules(string leading, string beforeNumbers, string closing, bool ordinals = false, string behindOrdinals = "") =>
        new(leading.Split(' '), beforeNumbers.Split(' '), closing.Split(' '), [], ordinalStop: ordinals, behindOrdinals: behindOrdinals.Split(' '));
}
