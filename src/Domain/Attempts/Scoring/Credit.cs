namespace Dictation.Domain.Attempts.Scoring;

/// <summary>The credit of each reference word, and the score that follows from it.</summary>
internal static class Credit
{
    private const double None = 0;
    private const double Half = 0.5;
    private const double Full = 1;
    private const int MostForExtraWords = 20;

    /// <summary>0, a half or 1.</summary>
    /// <param name="kind">Null when there is no mismatch.</param>
    public static double For(MismatchKind? kind, ScoringProfile profile, bool isFinnish) => (kind, profile) switch
    {
        (null, _) => Full,
        (MismatchKind.WrongWord or MismatchKind.Missing or MismatchKind.Extra, _) or (_, ScoringProfile.Strict) => None,
        (MismatchKind.Case or MismatchKind.Punctuation or MismatchKind.Apostrophe, _) => Full,
        (MismatchKind.Boundary or MismatchKind.Typo, _) => profile == ScoringProfile.Lenient ? Full : Half,
        (MismatchKind.Diacritic, _) when !isFinnish => profile == ScoringProfile.Lenient ? Full : Half,
        _ => profile == ScoringProfile.Lenient ? Half : None,
    };

    /// <summary>
    /// 100 * credits / words, less 50 for each extra word in so many words of the reference but never more than 20; rounded once, half up, and
    /// to 99 at most unless the attempt is perfect. In halves and whole numbers, so that no machine rounds otherwise.
    /// </summary>
    /// <param name="halves">The sum of the credits, doubled.</param>
    /// <param name="words">Of the reference, 1 or more.</param>
    public static int Score(int halves, int words, int extraWords)
    {
        var hundredths = (50L * halves) - Math.Min(MostForExtraWords * (long)words, 50L * extraWords);
        var rounded = (int)(((2 * Math.Max(0, hundredths)) + words) / (2 * words));
        return halves == 2 * words && extraWords == 0 ? 100 : Math.Min(99, rounded);
    }
}
