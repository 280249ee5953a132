using Dictation.Speech.Sentences;

namespace Dictation.Speech.Normalization.English;

/// <summary>What full stops belong to in English.</summary>
internal static class EnglishSentences
{
    private const string Leading =
        """
        mr mrs ms dr prof gen col maj capt cpt lt sgt cmdr adm sen rep gov pres rev hon messrs mt ft e.g i.e viz cf vs v.s approx incl
        excl ca al fig figs vol ch rs mlle mme fr sec dept med btw f.e n° nos
        """;

    private const string BeforeNumbers = "no nr p pp art eq ext c est apt jan feb mar apr jun jul aug sep sept oct nov dec min max tel";

    private const string Closing =
        """
        etc jr sr esq inc ltd co corp bros st ave blvd rd hwy ln ct sq pl a.m p.m u.s u.k u.s.a e.u u.n d.c a.d b.c ph.d m.d b.a m.a
        b.sc m.sc i.v ind wash calif jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun assn univ est p.o n.y
        l.a a.k.a min max
        """;

    private const string Labels =
        """
        plan vitamin option section appendix group team type class grade exhibit chapter part figure table question answer letter and
        """;

    // Words that begin a sentence far more often than they go on behind an abbreviation.
    private const string Starters =
        """
        A An The This That These Those There Here I You He She It We They My Your His Her Its Our Their What When Where Which Who Whose
        Why How Is Are Was Were Do Does Did Has Have Had Can Could Will Would Should May Might Must Let If In On At By For From To With
        Without After Before Since Until While As Although Because But And Or So Then Now Today Tomorrow Yesterday However Therefore
        Also Another Any Each Every Some Many Most Much Few All Both Either Neither One Two No Not Yes Millions Thousands Once Only Just
        Even Still Perhaps Maybe Please Thanks Later Finally First Second Next Mr Mrs Ms Dr I'm I've I'll I'd It's That's There's He's
        She's We're They're You're Don't Did Nobody Everyone Someone People During Between Under Over About Travelers Meanwhile Instead
        Our Ours Nothing Something Everything
        """;

    /// <summary>The rules.</summary>
    public static SentenceRules Rules { get; } = new(WordTable.List(Leading), WordTable.List(BeforeNumbers), WordTable.List(Closing), WordTable.List(Labels), WordTable.List(Starters), findsRunOns: true);
}
