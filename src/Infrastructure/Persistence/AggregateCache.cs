using System.Collections.Concurrent;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Counts and sums over ten thousand rows and more, kept for five seconds: to make one takes as long as there are rows, and pages of lists
/// and dashboards ask for the same ones all the time. Smaller ones are made each time, and so always true. Thread-safe.
/// </summary>
public sealed class AggregateCache(TimeProvider clock)
{
    /// <summary>From how many rows on a figure is kept.</summary>
    public const int MinRows = 10_000;

    /// <summary>How many figures are kept at most.</summary>
    public const int MaxKept = 1000;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<object, Kept> _kept = new();

    /// <param name="key">What the figure is of; equal keys are the same figure.</param>
    /// <param name="rows">How many rows went into a figure.</param>
    /// <param name="make">Makes it. If a figure is stale, one of many concurrent callers makes it again; the others get the stale one meanwhile.</param>
    public async Task<T> GetAsync<T>(object key, Func<T, long> rows, Func<Task<T>> make)
        where T : notnull
    {
        if (_kept.TryGetValue(key, out var kept) && (clock.GetElapsedTime(kept.At) < Time || !kept.TryRenew()))
        {
            return (T)kept.Figure;
        }

        T figure;
        try
        {
            figure = await make();
        }
        catch
        {
            _kept.TryRemove(key, out _);
            throw;
        }

        if (rows(figure) < MinRows)
        {
            _kept.TryRemove(key, out _);
            return figure;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[key] = new Kept(figure, clock.GetTimestamp());
        return figure;
    }

    private sealed class Kept(object figure, long at)
    {
        private int _renewed;

        public object Figure => figure;

        public long At => at;

        public bool TryRenew() => Interlocked.Exchange(ref _renewed, 1) == 0;
    }
}
