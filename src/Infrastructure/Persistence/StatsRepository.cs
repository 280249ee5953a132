using System.Linq.Expressions;
using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="IStatsRepository"/>
/// <remarks>
/// Figures over everybody's attempts come from the totals per quarter hour; only the two quarter hours at the ends of the span are read from
/// the attempts themselves. Figures of one learner or one item are read from an index that holds every summed column (ADR 9).
/// </remarks>
public sealed class StatsRepository(DictationDbContext db, AggregateCache aggregates) : IStatsRepository
{
    public Task<PracticeSums> SumAsync(AttemptFilter filter, CancellationToken cancellationToken) =>
        aggregates.GetAsync((nameof(SumAsync), filter), s => s.Attempts, () => ComputeSumsAsync(filter, cancellationToken));

    private async Task<PracticeSums> ComputeSumsAsync(AttemptFilter filter, CancellationToken cancellationToken)
    {
        var sums = PracticeSums.None;
        foreach (var part in Parts(filter))
        {
            sums += part switch
            {
                { Totals: { } totals } => await OneAsync(totals.GroupBy(_ => 1).Select(SumOfTotals<int>()), cancellationToken),
                _ => await OneAsync(part.Attempts!.GroupBy(_ => 1).Select(SumOfAttempts<int>()), cancellationToken),
            };
        }

        return sums;
    }

    public Task<int> CountItemsAsync(AttemptFilter filter, CancellationToken cancellationToken) =>
        aggregates.GetAsync((nameof(CountItemsAsync), filter), c => c, () => ComputeItemCountAsync(filter, cancellationToken));

    private async Task<int> ComputeItemCountAsync(AttemptFilter filter, CancellationToken cancellationToken)
    {
        if (filter.UserId is not null || filter.ItemId is not null)
        {
            return await db.Attempts.Matching(filter).Select(a => a.ItemId).Distinct().CountAsync(cancellationToken);
        }

        return filter switch
        {
            { Since: { } since, Until: { } until } => await CountItemsAsync(since, until, cancellationToken),
            { Since: { } since } => await db.Items.CountAsync(i => i.LastPracticedAt >= since, cancellationToken),
            { Until: { } until } => await db.Items.CountAsync(i => i.FirstPracticedAt < until, cancellationToken),
            _ => await db.Items.CountAsync(i => i.Practiced, cancellationToken),
        };
    }

    public async Task<IReadOnlyList<PracticedItem>> ListItemsAsync(AttemptFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        // An item is listed at its last attempt. Within an item, later attempts have higher ids.
        var later = db.Attempts.Matching(filter with { Since = null });
        var ids = await db.Attempts.Matching(filter)
            .Where(a => !later.Any(b => b.ItemId == a.ItemId && b.CreatedAt >= a.CreatedAt && b.Id > a.Id))
            .OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id)
            .Skip(skip).Take(take)
            .Select(a => a.ItemId)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return [];
        }

        var sums = (await db.Attempts.Matching(filter).Where(a => ids.Contains(a.ItemId)).GroupBy(a => a.ItemId).Select(SumOfAttempts<long>()).ToListAsync(cancellationToken))
            .ToDictionary(s => s.Key, s => s.Sums);
        var items = await db.Items.AsTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
        await db.ItemTags.Where(t => ids.Contains(t.ItemId)).LoadAsync(cancellationToken);
        db.ChangeTracker.Clear();

        // An item may be deleted between the commands.
        return ids.Where(id => items.ContainsKey(id) && sums.ContainsKey(id)).Select(id => new PracticedItem(items[id], sums[id])).ToList();
    }

    public Task<IReadOnlyList<PracticeDay>> ListDaysAsync(
        AttemptFilter filter, IReadOnlyList<OffsetStretch> stretches, CancellationToken cancellationToken) =>
        aggregates.GetAsync((nameof(ListDaysAsync), filter, string.Join('\n', stretches)), d => d.Sum(day => day.Sums.Attempts), () => ComputeDaysAsync(filter, stretches, cancellationToken));

    private async Task<IReadOnlyList<PracticeDay>> ComputeDaysAsync(
        AttemptFilter filter, IReadOnlyList<OffsetStretch> stretches, CancellationToken cancellationToken)
    {
        // A day on which the clock changes lies in two stretches.
        var days = new SortedDictionary<int, PracticeSums>();
        foreach (var stretch in stretches)
        {
            var offset = stretch.OffsetMinutes;
            foreach (var part in Parts(filter with { Since = stretch.From, Until = stretch.To }))
            {
                var rows = part switch
                {
                    { Totals: { } totals } => totals.GroupBy(q => ((q.Quarter * 15) + offset) / 1440).Select(SumOfTotals<int>()),
                    _ => part.Attempts!.GroupBy(a => ((a.Quarter * 15) + offset) / 1440).Select(SumOfAttempts<int>()),
                };
                foreach (var row in await rows.ToListAsync(cancellationToken))
                {
                    days[row.Key] = days.GetValueOrDefault(row.Key, PracticeSums.None) + row.Sums;
                }
            }
        }

        return days.Select(d => new PracticeDay(DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(d.Key), d.Value)).ToList();
    }

    public async Task<IReadOnlyList<int>> ListScoresAsync(AttemptFilter filter, int max, CancellationToken cancellationToken)
    {
        var scores = await db.Attempts.Matching(filter).OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Take(max).Select(a => a.Score).ToListAsync(cancellationToken);
        scores.Reverse();
        return scores;
    }

    public async Task<IReadOnlyList<MissedWord>> ListMissedWordsAsync(long itemId, AttemptFilter filter, int max, CancellationToken cancellationToken) =>
        await db.Attempts.Matching(filter with { ItemId = itemId })
            .Join(db.MissedWords(itemId), a => a.Id, w => w.AttemptId, (a, w) => w.Word)
            .GroupBy(word => word)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
            .Take(max)
            .Select(g => new MissedWord(g.Key, g.Count()))
            .ToListAsync(cancellationToken);

    private static async Task<PracticeSums> OneAsync(IQueryable<Keyed<int>> rows, CancellationToken cancellationToken) =>
        (await rows.SingleOrDefaultAsync(cancellationToken))?.Sums ?? PracticeSums.None;

    private static Expression<Func<IGrouping<TKey, Attempt>, Keyed<TKey>>> SumOfAttempts<TKey>() => g => new Keyed<TKey>(
        g.Key,
        new PracticeSums(
            g.Count(),
            g.Sum(a => (long)a.Score),
            g.Max(a => (int?)a.Score),
            g.Min(a => (int?)a.Score),
            g.Sum(a => a.Wer),
            g.Count(a => a.DurationMs != null),
            g.Sum(a => a.DurationMs ?? 0),
            g.Min(a => (DateTime?)a.CreatedAt),
            g.Max(a => (DateTime?)a.CreatedAt)));

    private static Expression<Func<IGrouping<TKey, PracticeTotals15Min>, Keyed<TKey>>> SumOfTotals<TKey>() => g => new Keyed<TKey>(
        g.Key,
        new PracticeSums(
            g.Sum(q => q.Attempts),
            g.Sum(q => q.ScoreSum),
            g.Max(q => (int?)q.BestScore),
            g.Min(q => (int?)q.WorstScore),
            g.Sum(q => q.WerSum),
            g.Sum(q => q.Timed),
            g.Sum(q => q.DurationSum),
            null,
            null));

    /// <summary>
    /// Counts each item at its first attempt in the span: the one whose predecessor lies before the span. Or it subtracts, from the items practised
    /// since the span began, those whose first attempt comes after it. It takes the way that reads fewer attempts.
    /// </summary>
    private async Task<int> CountItemsAsync(DateTime since, DateTime until, CancellationToken cancellationToken)
    {
        var (begin, end) = (Attempt.QuarterOf(since), Attempt.QuarterOf(until));
        var within = await db.PracticeTotals15Min.Where(q => q.Quarter >= begin && q.Quarter < end).SumAsync(q => q.Attempts, cancellationToken);
        var after = await db.PracticeTotals15Min.Where(q => q.Quarter >= end).SumAsync(q => q.Attempts, cancellationToken);
        var firsts = db.Attempts.Where(a => a.PreviousAt == null || a.PreviousAt < since);
        return within <= after
            ? await firsts.CountAsync(a => a.CreatedAt >= since && a.CreatedAt < until, cancellationToken)
            : await db.Items.CountAsync(i => i.LastPracticedAt >= since, cancellationToken) - await firsts.CountAsync(a => a.CreatedAt >= until, cancellationToken);
    }

    /// <summary>The sources of a sum: totals for whole quarter hours where the filter means everybody, attempts for the rest.</summary>
    private IEnumerable<Part> Parts(AttemptFilter filter)
    {
        if (filter.UserId is not null || filter.ItemId is not null)
        {
            yield return new Part(Attempts: db.Attempts.Matching(filter));
            yield break;
        }

        // The first whole quarter hour, and the one after the last.
        var first = filter.Since is { } since ? Attempt.QuarterOf(since.AddTicks(-1)) + 1 : int.MinValue;
        var end = filter.Until is { } until ? Attempt.QuarterOf(until) : int.MaxValue;
        if (first > end)
        {
            yield return new Part(Attempts: db.Attempts.Matching(filter));
            yield break;
        }

        yield return new Part(Totals: db.PracticeTotals15Min.Where(q => q.Quarter >= first && q.Quarter < end));
        if (filter.Since is not null && Attempt.StartOf(first) > filter.Since)
        {
            yield return new Part(Attempts: db.Attempts.Matching(filter with { Until = Attempt.StartOf(first) }));
        }

        if (filter.Until is not null && Attempt.StartOf(end) < filter.Until)
        {
            yield return new Part(Attempts: db.Attempts.Matching(filter with { Since = Attempt.StartOf(end) }));
        }
    }

    private sealed record Part(IQueryable<PracticeTotals15Min>? Totals = null, IQueryable<Attempt>? Attempts = null);

    private sealed record Keyed<TKey>(TKey Key, PracticeSums Sums);
}
