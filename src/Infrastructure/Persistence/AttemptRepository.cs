using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="IAttemptRepository"/>
public sealed class AttemptRepository(DictationDbContext db, DatabaseWriter writer, AggregateCache aggregates) : IAttemptRepository
{
    public async Task<bool> AddAsync(Attempt attempt, DateTime now, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await writer.RunAsync(db, () => PlaceAndStoreAsync(attempt, now, cancellationToken), cancellationToken);
            }
            catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
            {
                // Another attempt inserted the row of this quarter hour first.
            }
        }
    }

    public Task<Attempt?> FindAsync(long id, CancellationToken cancellationToken) =>
        db.Attempts.AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellationToken);

    public async Task<Page<Attempt>> ListAsync(AttemptFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        var attempts = db.Attempts.AsNoTracking().Matching(filter);
        return new Page<Attempt>(
            await attempts.OrderByDescending(a => a.CreatedAt).ThenByDescending(a => a.Id).Skip(skip).Take(take).ToListAsync(cancellationToken),
            await aggregates.GetAsync((nameof(AttemptRepository), filter), c => c, () => attempts.CountAsync(cancellationToken)));
    }

    private async Task<bool> PlaceAndStoreAsync(Attempt attempt, DateTime now, CancellationToken cancellationToken)
    {
        // This update locks the item's row, so that attempts on one item are stored one after another.
        var score = attempt.Score;
        var item = db.Items.Where(i => i.Id == attempt.ItemId);
        var found = await item.ExecuteUpdateAsync(
            s => s.SetProperty(i => i.AttemptCount, i => i.AttemptCount + 1)
                .SetProperty(i => i.Practiced, true)
                .SetProperty(i => i.BestScore, i => i.BestScore > score ? i.BestScore : score),
            cancellationToken);
        if (found == 0)
        {
            return false;
        }

        var previousAt = await item.Select(i => i.LastPracticedAt).FirstOrDefaultAsync(cancellationToken);
        var best = await db.Attempts.Where(a => a.ItemId == attempt.ItemId && a.UserId == attempt.UserId).MaxAsync(a => (int?)a.Score, cancellationToken);
        attempt.Place(now, previousAt, best);
        await item.ExecuteUpdateAsync(
            s => s.SetProperty(i => i.FirstPracticedAt, i => i.FirstPracticedAt ?? attempt.CreatedAt).SetProperty(i => i.LastPracticedAt, attempt.CreatedAt),
            cancellationToken);

        // A try that was rolled back left an id.
        db.Entry(attempt).Property(a => a.Id).CurrentValue = 0;
        db.Attempts.Add(attempt);
        if (!await AddToTotalsAsync(attempt, cancellationToken))
        {
            db.PracticeTotals15Min.Add(new PracticeTotals15Min
            {
                Quarter = attempt.Quarter,
                Attempts = 1,
                ScoreSum = attempt.Score,
                BestScore = attempt.Score,
                WorstScore = attempt.Score,
                WerSum = attempt.Wer,
                Timed = attempt.DurationMs is null ? 0 : 1,
                DurationSum = attempt.DurationMs ?? 0,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<bool> AddToTotalsAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var (score, wer, timed, duration) = (attempt.Score, attempt.Wer, attempt.DurationMs is null ? 0 : 1, attempt.DurationMs ?? 0);
        return await db.PracticeTotals15Min.Where(q => q.Quarter == attempt.Quarter).ExecuteUpdateAsync(
            s => s.SetProperty(q => q.Attempts, q => q.Attempts + 1)
                .SetProperty(q => q.ScoreSum, q => q.ScoreSum + score)
                .SetProperty(q => q.BestScore, q => q.BestScore > score ? q.BestScore : score)
                .SetProperty(q => q.WorstScore, q => q.WorstScore < score ? q.WorstScore : score)
                .SetProperty(q => q.WerSum, q => q.WerSum + wer)
                .SetProperty(q => q.Timed, q => q.Timed + timed)
                .SetProperty(q => q.DurationSum, q => q.DurationSum + duration),
            cancellationToken) > 0;
    }
}

internal static class AttemptQueries
{
    /// <summary>
    /// Adds a condition only for the parts of the filter that are given: any other condition would keep an index from being used.
    /// </summary>
    public static IQueryable<Attempt> Matching(this IQueryable<Attempt> attempts, AttemptFilter filter)
    {
        if (filter.ItemId is { } itemId)
        {
            attempts = attempts.Where(a => a.ItemId == itemId);
        }

        if (filter.UserId is { } userId)
        {
            attempts = attempts.Where(a => a.UserId == userId);
        }

        if (filter.Since is { } since)
        {
            attempts = attempts.Where(a => a.CreatedAt >= since);
        }

        return filter.Until is { } until ? attempts.Where(a => a.CreatedAt < until) : attempts;
    }
}
