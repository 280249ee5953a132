using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="ITtsTaskQueries"/>
public sealed class TtsTaskQueries(DictationDbContext db, AggregateCache aggregates) : ITtsTaskQueries
{
    public async Task<IReadOnlyList<TtsTask>> ListAsync(TtsTaskStatus? status, string? before, int limit, CancellationToken cancellationToken)
    {
        var tasks = OfStatus(status).AsNoTracking();
        if (before is not null)
        {
            tasks = tasks.Where(t => string.Compare(t.ConversionId, before) < 0);
        }

        return await tasks.OrderByDescending(t => t.ConversionId).Take(limit).ToListAsync(cancellationToken);
    }

    public Task<int> CountAsync(TtsTaskStatus? status, CancellationToken cancellationToken) =>
        aggregates.GetAsync((nameof(TtsTaskQueries), status), c => c, () => OfStatus(status).CountAsync(cancellationToken));

    public async Task<IReadOnlyDictionary<string, int>> QueuePositionsAsync(CancellationToken cancellationToken)
    {
        var ids = await OfStatus(TtsTaskStatus.Queued)
            .OrderBy(t => t.ClaimId == null).ThenBy(t => t.DueAt).ThenBy(t => t.ConversionId)
            .Select(t => t.ConversionId)
            .ToListAsync(cancellationToken);
        return ids.Index().ToDictionary(p => p.Item, p => p.Index + 1, StringComparer.Ordinal);
    }

    public async Task<int> QueuePositionAsync(TtsTask task, CancellationToken cancellationToken)
    {
        var (id, due, claimed) = (task.ConversionId, task.DueAt, task.ClaimId is not null);
        var ahead = await OfStatus(TtsTaskStatus.Queued).CountAsync(
            t => (t.ClaimId != null && !claimed)
                || ((t.ClaimId != null) == claimed && (t.DueAt < due || (t.DueAt == due && string.Compare(t.ConversionId, id) < 0))),
            cancellationToken);
        return ahead + 1;
    }

    public async Task<QueueState> GetQueueAsync(CancellationToken cancellationToken)
    {
        var groups = await db.Tasks.Where(t => t.DueAt != null)
            .GroupBy(t => t.ClaimId != null)
            .Select(g => new { Claimed = g.Key, Count = g.Count(), Oldest = g.Min(t => t.SubmittedAt) })
            .ToListAsync(cancellationToken);
        return new QueueState(
            groups.Find(g => !g.Claimed)?.Count ?? 0, groups.Find(g => g.Claimed)?.Count ?? 0, groups.Find(g => !g.Claimed)?.Oldest);
    }

    public Task<TtsStatistics> GetStatisticsAsync(int maxDuplicates, CancellationToken cancellationToken) =>
        aggregates.GetAsync((nameof(GetStatisticsAsync), maxDuplicates), s => s.TotalTasks, () => ComputeStatisticsAsync(maxDuplicates, cancellationToken));

    private async Task<TtsStatistics> ComputeStatisticsAsync(int maxDuplicates, CancellationToken cancellationToken)
    {
        var counts = await db.Tasks.GroupBy(t => t.Status).Select(g => new { Status = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);
        var averages = await OfStatus(TtsTaskStatus.Done)
            .GroupBy(_ => 1)
            .Select(g => new { Size = g.Average(t => t.FileSize), Duration = g.Average(t => t.Duration), Synthesis = g.Average(t => t.SynthesisSeconds) })
            .SingleOrDefaultAsync(cancellationToken);
        var repeated = db.Tasks.GroupBy(t => t.TextHash).Where(g => g.Count() > 1);
        var duplicates = await repeated.CountAsync(cancellationToken);
        var details = await repeated
            .Select(g => new { Hash = g.Key, Count = g.Count(), First = g.Min(t => t.ConversionId) })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Hash)
            .Take(maxDuplicates)
            .Join(db.Tasks, g => g.First, t => t.ConversionId, (g, t) => new { g.Hash, g.Count, t.Text })
            .OrderByDescending(g => g.Count).ThenBy(g => g.Hash)
            .ToListAsync(cancellationToken);
        return new TtsStatistics(
            counts.Sum(c => c.Count),
            Enum.GetValues<TtsTaskStatus>().ToDictionary(s => s, s => counts.Find(c => c.Status == s)?.Count ?? 0),
            averages?.Size,
            averages?.Duration,
            averages?.Synthesis,
            duplicates,
            details.ConvertAll(d => new DuplicateText(d.Hash, d.Count, d.Text)));
    }

    public Task<int> CountFailedAsync(DateTime before, CancellationToken cancellationToken) => db.Tasks.FailedBefore(before).CountAsync(cancellationToken);

    private IQueryable<TtsTask> OfStatus(TtsTaskStatus? status) => status is null ? db.Tasks : db.Tasks.Where(t => t.Status == status);
}

internal static class TtsTaskConditions
{
    // Only a failed task has the time of its failure. With the status in the condition, SQLite would use its index and sort every failed
    // task.
    public static IQueryable<TtsTask> FailedBefore(this IQueryable<TtsTask> tasks, DateTime before) => tasks.Where(t => t.FailedAt < before);
}
