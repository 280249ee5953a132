using System.Collections.Concurrent;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Caches aggregates over 10,000 rows or more for 5 s: computing one is O(rows), and list pages and dashboards ask for the same ones all the
/// time. Smaller aggregates are computed each time, so they are always exact. Thread-safe.
/// </summary>
public sealed class AggregateCache(TimeProvider clock)
{
    /// <summary>Aggregates over fewer rows are not kept.</summary>
    public const int MinRows = 10_000;

    /// <summary>How many aggregates are kept at most.</summary>
    public const int MaxKept = 1000;

    /// <summary>How long an aggregate is kept.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<object, Kept> _kept = new();

    /// <param name="key">Identifies the aggregate.</param>
    /// <param name="rows">How many rows an aggregate covers.</param>
    /// <param name="compute">
    /// Computes it. When a kept aggregate is stale, one of the concurrent callers computes it again; the others get the stale one
    /// meanwhile.
    /// </param>
    public async Task<T> GetAsync<T>(object key, Func<T, long> rows, Func<Task<T>> compute)
        where T : notnull
    {
        if (_kept.TryGetValue(key, out var kept) && (clock.GetElapsedTime(kept.At) < Time || !kept.TryRenew()))
        {
            return (T)kept.Aggregate;
        }

        T aggregate;
        try
        {
            aggregate = await compute();
        }
        catch
        {
            _kept.TryRemove(key, out _);
            throw;
        }

        if (rows(aggregate) < MinRows)
        {
            _kept.TryRemove(key, out _);
            return aggregate;
        }

        if (_kept.Count >= MaxKept)
        {
            _kept.Clear();
        }

        _kept[key] = new Kept(aggregate, clock.GetTimestamp());
        return aggregate;
    }

    private sealed class Kept(object aggregate, long at)
    {
        private int _renewed;

        public object Aggregate => aggregate;

        public long At => at;

        public bool TryRenew() => Interlocked.Exchange(ref _renewed, 1) == 0;
    }
}
