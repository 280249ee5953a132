using Dictation.Speech.Sentences;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>What full stops belong to in Swedish.</summary>
internal static class SwedishSentences
{
    private const string Leading =
        """
        t.ex bl.a s.k d.v.s dvs f.d fr.o.m t.o.m p.g.a ca nr dr prof hr jfr inkl exkl ev enl resp max tel tfn ankn kl fil st.f m.a.o
        i.o.m av bl art avd forts
        """;

    private const string BeforeNumbers = "s sid kap vol fig jan feb apr aug sept sep okt nov dec min";

    private const string Closing =
        """
        m.m m.fl o.s.v osv mfl etc f.kr e.kr f.m e.m o.d o.dyl d.ä d.y kr st tim min jan feb apr aug sept sep okt nov dec mån tis ons
        tors fre lör sön
        """;

    private const string Labels = "alternativ vitamin grupp plan punkt bilaga klass typ del";

    /// <summary>The rules.</summary>
    public static SentenceRules Rules { get; } = new(WordTable.List(Leading), WordTable.List(BeforeNumbers), WordTable.List(Closing), WordTable.List(Labels), ordinalStop: false);
}
