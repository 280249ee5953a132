using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// The links between tasks and the items that they speak. Each method is part of a transaction that changes both sides: no item waits for a
/// task that has ended, and no task stays that nobody uses.
/// </summary>
internal static class TaskItemLinks
{
    /// <summary>Adds the plan's new tasks to the context, and locks those that it reuses until the transaction ends.</summary>
    public static async Task<AddOutcome> StoreAsync(DictationDbContext db, SpeechPlan plan, CancellationToken cancellationToken)
    {
        var reused = plan.Reused.Select(t => t.ConversionId).ToList();
        if (reused.Count > 0 && await LockAsync(db, reused, cancellationToken) < reused.Count)
        {
            return AddOutcome.Overtaken;
        }

        if (plan.Added.Count > 0 && await db.Tasks.CountAsync(t => t.DueAt != null, cancellationToken) + plan.Added.Count > plan.QueueCapacity)
        {
            return AddOutcome.QueueFull;
        }

        foreach (var id in plan.Superseded)
        {
            await db.Tasks.Where(t => t.ConversionId == id).ExecuteUpdateAsync(s => s.SetProperty(t => t.ContentKey, TtsTask.SupersededKey(id)), cancellationToken);
        }

        db.Tasks.AddRange(plan.Added);
        return AddOutcome.Added;
    }

    /// <summary>Stores the timings of audio that was just completed; replaces those of an earlier try.</summary>
    public static async Task KeepTimingsAsync(DictationDbContext db, List<TtsTask> tasks, CancellationToken cancellationToken)
    {
        var kept = tasks.Where(t => t.NewTimings is not null).ToDictionary(t => t.ConversionId, t => StoredTimings.From(t.ConversionId, t.NewTimings!), StringComparer.Ordinal);
        if (kept.Count > 0)
        {
            var ids = kept.Keys.ToList();
            await db.Timings.Where(t => ids.Contains(t.ConversionId)).ExecuteDeleteAsync(cancellationToken);
            db.Timings.AddRange(kept.Values);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Copies status, error and audio hash of these tasks to their items.</summary>
    public static async Task MirrorAsync(DictationDbContext db, IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken)
    {
        if (conversionIds.Count == 0)
        {
            return;
        }

        // The mapping stands here twice: from a projection, EF Core would store the enum as a number instead of a name.
        await db.Items
            .Where(i => conversionIds.Contains(i.ConversionId))
            .Join(db.Tasks, i => i.ConversionId, t => t.ConversionId, (i, t) => new { Item = i, Task = t })
            .Where(p => p.Item.TtsStatus != (p.Task.Status == TtsTaskStatus.Done ? ItemSpeechStatus.Ready
                : p.Task.Status == TtsTaskStatus.Failed ? ItemSpeechStatus.Failed
                : ItemSpeechStatus.Pending))
            .ExecuteUpdateAsync(
                s => s.SetProperty(
                        p => p.Item.TtsStatus,
                        p => p.Task.Status == TtsTaskStatus.Done ? ItemSpeechStatus.Ready
                            : p.Task.Status == TtsTaskStatus.Failed ? ItemSpeechStatus.Failed
                            : ItemSpeechStatus.Pending)
                    .SetProperty(p => p.Item.TtsError, p => p.Task.ErrorMessage)
                    .SetProperty(p => p.Item.AudioHash, p => p.Task.AudioHash),
                cancellationToken);
    }

    /// <summary>Writes to each task the first item that uses it, or none.</summary>
    public static Task AssignAsync(DictationDbContext db, IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken) =>
        db.Tasks.Where(t => conversionIds.Contains(t.ConversionId)).ExecuteUpdateAsync(
            s => s.SetProperty(t => t.ItemId, t => db.Items.Where(i => i.ConversionId == t.ConversionId).Min(i => (long?)i.Id)), cancellationToken);

    /// <summary>Removes the tasks that neither an item uses nor a client holds.</summary>
    /// <returns>The conversion ids whose audio nobody uses any more, also of tasks that were gone before.</returns>
    public static async Task<IReadOnlyList<string>> ReleaseAsync(
        DictationDbContext db, IReadOnlyCollection<string> conversionIds, DateTime now, CancellationToken cancellationToken)
    {
        if (conversionIds.Count == 0)
        {
            return [];
        }

        await LockAsync(db, conversionIds, cancellationToken);
        await AssignAsync(db, conversionIds, cancellationToken);
        await db.Tasks.Where(t => conversionIds.Contains(t.ConversionId) && t.ItemId == null && !t.HeldByClient).ExecuteDeleteAsync(cancellationToken);
        return await RecordOrphanedAsync(db, conversionIds, now, cancellationToken);
    }

    /// <summary>The conversion ids that neither a task nor an item names.</summary>
    public static async Task<IReadOnlyList<string>> FindUnownedAsync(DictationDbContext db, IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken)
    {
        var tasks = await db.Tasks.Where(t => conversionIds.Contains(t.ConversionId)).Select(t => t.ConversionId).ToListAsync(cancellationToken);
        var rest = conversionIds.Except(tasks, StringComparer.Ordinal).ToList();
        if (rest.Count == 0)
        {
            return rest;
        }

        var items = await db.Items.Where(i => rest.Contains(i.ConversionId!)).Select(i => i.ConversionId!).ToListAsync(cancellationToken);
        return rest.Except(items, StringComparer.Ordinal).ToList();
    }

    /// <summary>
    /// Records the conversion ids that neither a task nor an item names any more, so that their files are removed even after a crash.
    /// Removes their timings.
    /// </summary>
    /// <returns>Those ids.</returns>
    public static async Task<IReadOnlyList<string>> RecordOrphanedAsync(
        DictationDbContext db, IReadOnlyCollection<string> conversionIds, DateTime now, CancellationToken cancellationToken)
    {
        var orphaned = await FindUnownedAsync(db, conversionIds, cancellationToken);
        if (orphaned.Count > 0)
        {
            await db.Timings.Where(t => orphaned.Contains(t.ConversionId)).ExecuteDeleteAsync(cancellationToken);
            var recorded = await db.OrphanedAudio.Where(u => orphaned.Contains(u.ConversionId)).Select(u => u.ConversionId).ToListAsync(cancellationToken);
            db.OrphanedAudio.AddRange(orphaned.Except(recorded, StringComparer.Ordinal).Select(id => new OrphanedAudio(id, now)));
            await db.SaveChangesAsync(cancellationToken);
        }

        return orphaned;
    }

    /// <summary>After their tasks were removed: items still pending become failed; items that can be heard keep the audio.</summary>
    public static Task DetachAsync(DictationDbContext db, IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken) =>
        db.Items
            .Where(i => conversionIds.Contains(i.ConversionId) && i.TtsStatus != ItemSpeechStatus.Ready && !db.Tasks.Any(t => t.ConversionId == i.ConversionId))
            .ExecuteUpdateAsync(
                s => s.SetProperty(i => i.ConversionId, (string?)null)
                    .SetProperty(i => i.TtsStatus, ItemSpeechStatus.Failed)
                    .SetProperty(i => i.TtsError, i => i.TtsError ?? "The conversion was deleted before it was spoken. POST …/audio/refresh speaks the item again."),
                cancellationToken);

    /// <summary>
    /// A write that changes nothing. On SQL Server it locks these tasks until the transaction ends, and lets the next statement see what earlier
    /// holders of the lock wrote.
    /// </summary>
    /// <returns>How many of the tasks exist.</returns>
    private static Task<int> LockAsync(DictationDbContext db, IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken) =>
        db.Tasks.Where(t => conversionIds.Contains(t.ConversionId)).ExecuteUpdateAsync(s => s.SetProperty(t => t.HeldByClient, t => t.HeldByClient), cancellationToken);
}
