namespace Dictation.Speech.Normalization.Finnish;

/// <summary>A numeral in both numbers. The plural has stems of its own: <c>kahdet, kaksien, kaksia, kaksissa</c>.</summary>
/// <param name="Singular">The singular.</param>
/// <param name="PluralGenitive">As a whole: <c>kaksien</c>.</param>
/// <param name="PluralPartitive">As a whole: <c>kaksia</c>.</param>
/// <param name="PluralWeak">The plural stem of most cases: <c>kaksi</c>(ssa).</param>
/// <param name="PluralIllative">As a whole: <c>kaksiin</c>.</param>
/// <param name="PluralStrong">The plural stem of the essive: <c>kaksi</c>(na).</param>
internal sealed record FinnishNumeral(
    FinnishNoun Singular, string PluralGenitive, string PluralPartitive, string PluralWeak, string PluralIllative, string PluralStrong)
{
    /// <summary>A numeral whose plural stems are alike and end in <c>i</c>: <c>kaksi</c>(en).</summary>
    public static FinnishNumeral WithStem(FinnishNoun singular, string plural) =>
        new(singular, plural + "en", plural + (singular.Front ? 'ä' : 'a'), plural, plural + "in", plural);

    /// <summary>An ordinal but the first two: <c>viides, viidennen, viidensiä</c>.</summary>
    public static FinnishNumeral Ordinal(string stem)
    {
        var noun = FinnishNoun.From(stem + "s", stem, stem + "nne", stem + "nte");
        return WithStem(noun with { Partitive = stem + (noun.Front ? "ttä" : "tta") }, stem + "nsi");
    }

    public string In(FinnishCase form, bool plural)
    {
        if (!plural)
        {
            return Singular.In(form);
        }

        var a = Singular.Front ? 'ä' : 'a';
        return form switch
        {
            FinnishCase.Nominative => Singular.Weak + "t",
            FinnishCase.Genitive => PluralGenitive,
            FinnishCase.Partitive => PluralPartitive,
            FinnishCase.Inessive => $"{PluralWeak}ss{a}",
            FinnishCase.Elative => $"{PluralWeak}st{a}",
            FinnishCase.Illative => PluralIllative,
            FinnishCase.Adessive => $"{PluralWeak}ll{a}",
            FinnishCase.Ablative => $"{PluralWeak}lt{a}",
            FinnishCase.Allative => PluralWeak + "lle",
            FinnishCase.Essive => $"{PluralStrong}n{a}",
            FinnishCase.Abessive => $"{PluralWeak}tt{a}",
            _ => PluralWeak + "ksi",
        };
    }
}
