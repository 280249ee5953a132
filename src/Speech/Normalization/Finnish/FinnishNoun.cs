namespace Dictation.Speech.Normalization.Finnish;

/// <summary>The Finnish cases that numbers and units are spoken in.</summary>
internal enum FinnishCase
{
    Nominative,
    Genitive,
    Partitive,
    Inessive,
    Elative,
    Illative,
    Adessive,
    Ablative,
    Allative,
    Essive,
    Translative,
    Abessive,
}

/// <summary>A Finnish nominal as the principal parts that its singular cases are built from.</summary>
/// <param name="Nominative">As in a dictionary: <c>kaksi</c>.</param>
/// <param name="Partitive">The partitive as a whole: <c>kahta</c>.</param>
/// <param name="Weak">The stem of the genitive and the local cases: <c>kahde</c>(n).</param>
/// <param name="Strong">The stem of the illative and the essive: <c>kahte</c>(en).</param>
/// <param name="Front">Whether endings take front vowels. Stored, as only the last part of a compound decides: <c>kilometrissä</c>.</param>
internal sealed record FinnishNoun(string Nominative, string Partitive, string Weak, string Strong, bool Front)
{
    public static FinnishNoun From(string nominative, string partitive, string weak, string strong) =>
        new(nominative, partitive, weak, strong, HasFrontHarmony(nominative));

    /// <summary>A noun whose stem never changes: <c>metri, metriä, metrin, metriin</c>.</summary>
    public static FinnishNoun Regular(string stem) =>
        From(stem, stem + (HasFrontHarmony(stem) ? 'ä' : 'a'), stem, stem);

    /// <summary>A noun that doubles its consonant in the strong grade: <c>watti, watin</c>.</summary>
    public static FinnishNoun Graded(string nominative, string weak) =>
        From(nominative, nominative + (HasFrontHarmony(nominative) ? 'ä' : 'a'), weak, nominative);

    /// <summary>The compound with <paramref name="prefix"/>, which itself never inflects.</summary>
    public FinnishNoun Prefixed(string prefix) =>
        new(prefix + Nominative, prefix + Partitive, prefix + Weak, prefix + Strong, Front);

    public string In(FinnishCase form)
    {
        var a = Front ? 'ä' : 'a';
        return form switch
        {
            FinnishCase.Nominative => Nominative,
            FinnishCase.Genitive => Weak + "n",
            FinnishCase.Partitive => Partitive,
            FinnishCase.Inessive => $"{Weak}ss{a}",
            FinnishCase.Elative => $"{Weak}st{a}",
            FinnishCase.Illative => Strong[^1] == Strong[^2] ? Strong + "seen" : $"{Strong}{Strong[^1]}n",
            FinnishCase.Adessive => $"{Weak}ll{a}",
            FinnishCase.Ablative => $"{Weak}lt{a}",
            FinnishCase.Allative => Weak + "lle",
            FinnishCase.Essive => $"{Strong}n{a}",
            FinnishCase.Abessive => $"{Weak}tt{a}",
            _ => Weak + "ksi",
        };
    }

    private static bool HasFrontHarmony(string word)
    {
        var last = word.LastIndexOfAny(['a', 'o', 'u', 'ä', 'ö', 'y']);
        return last < 0 || word[last] is 'ä' or 'ö' or 'y';
    }
}
