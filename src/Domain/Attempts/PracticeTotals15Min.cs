namespace Dictation.Domain.Attempts;

/// <summary>
/// What the attempts of one quarter of an hour add up to: kept beside them, so that figures over a year are sums over thousands of rows and
/// not millions.
/// </summary>
public sealed class PracticeTotals15Min
{
    /// <summary><see cref="Attempt.Quarter"/>.</summary>
    public int Quarter { get; init; }

    public int Attempts { get; init; }

    public long ScoreSum { get; init; }

    public int BestScore { get; init; }

    public int WorstScore { get; init; }

    public double WerSum { get; init; }

    /// <summary>Attempts that told their duration.</summary>
    public int Timed { get; init; }

    /// <summary>Milliseconds.</summary>
    public long DurationSum { get; init; }
}
