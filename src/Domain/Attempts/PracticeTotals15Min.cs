namespace Dictation.Domain.Attempts;

/// <summary>
/// Totals over the attempts of one quarter hour, stored beside the attempts: a figure over a year sums thousands of rows instead of millions.
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

    /// <summary>Attempts that reported their duration.</summary>
    public int Timed { get; init; }

    /// <summary>Milliseconds.</summary>
    public long DurationSum { get; init; }
}
