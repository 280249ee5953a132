namespace Dictation.Application.Abstractions;

/// <summary>Sums over some attempts.</summary>
/// <param name="BestScore">0..100; null without attempts, like every figure derived from the sums.</param>
/// <param name="Timed">Attempts that reported their duration.</param>
/// <param name="DurationSum">Milliseconds.</param>
public sealed record PracticeSums(
    int Attempts, long ScoreSum, int? BestScore, int? WorstScore, double WerSum, int Timed, long DurationSum, DateTime? FirstAt = null, DateTime? LastAt = null)
{
    public static readonly PracticeSums None = new(0, 0, null, null, 0, 0, 0);

    /// <summary>0..100.</summary>
    public double? AverageScore => Attempts == 0 ? null : (double)ScoreSum / Attempts;

    public double? AverageWer => Attempts == 0 ? null : WerSum / Attempts;

    /// <summary>Null when no attempt reported a duration.</summary>
    public double? Minutes => Timed == 0 ? null : TimeSpan.FromMilliseconds(DurationSum).TotalMinutes;

    public static PracticeSums operator +(PracticeSums a, PracticeSums b) => new(
        a.Attempts + b.Attempts,
        a.ScoreSum + b.ScoreSum,
        new[] { a.BestScore, b.BestScore }.Max(),
        new[] { a.WorstScore, b.WorstScore }.Min(),
        a.WerSum + b.WerSum,
        a.Timed + b.Timed,
        a.DurationSum + b.DurationSum,
        new[] { a.FirstAt, b.FirstAt }.Min(),
        new[] { a.LastAt, b.LastAt }.Max());
}
