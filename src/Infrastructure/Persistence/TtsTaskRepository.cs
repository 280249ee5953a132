using System.Runtime.CompilerServices;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="ITtsTaskRepository"/>
public sealed class TtsTaskRepository(DictationDbContext db, DatabaseWriter writer, AggregateCache aggregates) : ITtsTaskRepository
{
    public Task<TtsTask?> FindAsync(string conversionId, CancellationToken cancellationToken) => HotReads.For(db).Find(db, conversionId, cancellationToken);

    public async Task<SpeechTimings?> FindTimingsAsync(string conversionId, CancellationToken cancellationToken) =>
        (await db.Timings.AsNoTracking().FirstOrDefaultAsync(t => t.ConversionId == conversionId, cancellationToken))?.Timings();

    public async Task<IReadOnlyList<TtsTask>> FindLiveByKeysAsync(IReadOnlyCollection<string> contentKeys, CancellationToken cancellationToken) =>
        contentKeys.Count == 1
            ? await HotReads.For(db).FindLive(db, contentKeys.First(), cancellationToken) is { } task ? [task] : []
            : await db.Tasks.AsNoTracking().Where(t => contentKeys.Contains(t.ContentKey) && t.Status != TtsTaskStatus.Failed).ToListAsync(cancellationToken);

    public Task<AddOutcome> AddAsync(SpeechPlan plan, CancellationToken cancellationToken) => plan.Reused.Count == 0 && plan.Superseded.Count == 0
        ? writer.Submissions.RunAsync(plan, AddNewAsync)
        : AddAndHoldAsync(plan, cancellationToken);

    public async Task<ChangeOutcome> ChangeAsync(string conversionId, Func<TtsTask, bool> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await WriteAsync(
                    async () =>
                    {
                        var task = await db.Tasks.FirstOrDefaultAsync(t => t.ConversionId == conversionId, cancellationToken);
                        if (task is null)
                        {
                            return ChangeOutcome.NotFound;
                        }

                        if (!change(task))
                        {
                            return ChangeOutcome.NotApplicable;
                        }

                        await db.SaveChangesAsync(cancellationToken);
                        await TaskItemLinks.MirrorAsync(db, [conversionId], cancellationToken);
                        return ChangeOutcome.Changed;
                    },
                    cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Another writer came between read and write: the transition is applied again to what it left.
            }
            catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
            {
                return ChangeOutcome.KeyTaken;
            }
        }
    }

    public Task<IReadOnlyList<TtsTask>> ChangeManyAsync(IReadOnlyCollection<string> conversionIds, Action<TtsTask> change, CancellationToken cancellationToken) =>
        WriteAheadAsync(
            async () =>
            {
                var tasks = await db.Tasks.Where(t => conversionIds.Contains(t.ConversionId)).ToListAsync(cancellationToken);
                tasks.ForEach(change);
                return await SaveHeldAsync(tasks, cancellationToken);
            },
            cancellationToken);

    public Task<IReadOnlyList<TtsTask>> ClaimDueAsync(int max, DateTime now, ClaimTerms terms, IReadOnlyCollection<string> except, CancellationToken cancellationToken) =>
        WriteAheadAsync(
            async () =>
            {
                var tasks = await DueAsync(db.Tasks.Where(t => t.DueAt <= now));
                if (tasks.Count == 0)
                {
                    var beyond = now + terms.Horizon;
                    tasks = await DueAsync(db.Tasks.Where(t => t.DueAt > beyond && t.ClaimId == null));
                }

                tasks.ForEach(t => t.Claim(Guid.NewGuid(), now, terms));
                return await SaveHeldAsync(tasks, cancellationToken);

                async Task<List<TtsTask>> DueAsync(IQueryable<TtsTask> due)
                {
                    var found = await due.OrderBy(t => t.DueAt).ThenBy(t => t.ConversionId).Take(max + except.Count).ToListAsync(cancellationToken);
                    return found.Where(t => !except.Contains(t.ConversionId)).Take(max).ToList();
                }
            },
            cancellationToken);

    public Task<IReadOnlySet<Guid>> ExtendLeasesAsync(IReadOnlyCollection<KeyValuePair<string, Guid>> claims, DateTime dueAt, CancellationToken cancellationToken)
    {
        var ids = claims.Select(c => c.Key).ToList();
        var claimIds = claims.Select(c => (Guid?)c.Value).ToList();
        return WriteAheadAsync<IReadOnlySet<Guid>>(
            async () =>
            {
                var held = db.Tasks.Where(t => ids.Contains(t.ConversionId) && claimIds.Contains(t.ClaimId) && t.DueAt != null);
                await held.ExecuteUpdateAsync(s => s.SetProperty(t => t.DueAt, dueAt), cancellationToken);
                return (await held.Select(t => t.ClaimId!.Value).ToListAsync(cancellationToken)).ToHashSet();
            },
            cancellationToken);
    }

    public Task<DeleteOutcome> DeleteAsync(string conversionId, DateTime now, CancellationToken cancellationToken) => WriteAsync(
        async () =>
        {
            if (await db.Tasks.Where(t => t.ConversionId == conversionId).ExecuteDeleteAsync(cancellationToken) == 0)
            {
                return DeleteOutcome.NotFound;
            }

            await TaskItemLinks.DetachAsync(db, [conversionId], cancellationToken);
            return await TaskItemLinks.RecordOrphanedAsync(db, [conversionId], now, cancellationToken) is [] ? DeleteOutcome.DeletedAudioInUse : DeleteOutcome.Deleted;
        },
        cancellationToken);

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
        aggregates.GetAsync((nameof(TtsTaskRepository), status), c => c, () => OfStatus(status).CountAsync(cancellationToken));

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
        aggregates.GetAsync((nameof(GetStatisticsAsync), maxDuplicates), s => s.TotalTasks, () => MakeStatisticsAsync(maxDuplicates, cancellationToken));

    private async Task<TtsStatistics> MakeStatisticsAsync(int maxDuplicates, CancellationToken cancellationToken)
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

    public Task<(int Deleted, IReadOnlyList<string> Unused)> DeleteFailedAsync(DateTime before, int max, DateTime now, CancellationToken cancellationToken) =>
        WriteAsync<(int, IReadOnlyList<string>)>(
            async () =>
            {
                var ids = await FailedBefore(before).OrderBy(t => t.FailedAt).Take(max).Select(t => t.ConversionId).ToListAsync(cancellationToken);
                if (ids.Count == 0)
                {
                    return (0, []);
                }

                var deleted = await FailedBefore(before).Where(t => ids.Contains(t.ConversionId)).ExecuteDeleteAsync(cancellationToken);
                await TaskItemLinks.DetachAsync(db, ids, cancellationToken);
                return (deleted, await TaskItemLinks.RecordOrphanedAsync(db, ids, now, cancellationToken));
            },
            cancellationToken);

    public Task<int> CountFailedAsync(DateTime before, CancellationToken cancellationToken) => FailedBefore(before).CountAsync(cancellationToken);

    public async Task<IReadOnlySet<string>> FindUnownedAsync(IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken) =>
        (await TaskItemLinks.FindUnownedAsync(db, conversionIds, cancellationToken)).ToHashSet(StringComparer.Ordinal);

    public async Task<IReadOnlyList<string>> ListUnusedAsync(string after, int max, CancellationToken cancellationToken) => await db.OrphanedAudio
        .Where(u => string.Compare(u.ConversionId, after) > 0)
        .OrderBy(u => u.ConversionId)
        .Take(max)
        .Select(u => u.ConversionId)
        .ToListAsync(cancellationToken);

    public Task<int> ForgetUnusedAsync(DateTime before, CancellationToken cancellationToken) =>
        WriteAsync(() => db.OrphanedAudio.Where(u => u.Since < before).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    private IQueryable<TtsTask> OfStatus(TtsTaskStatus? status) => status is null ? db.Tasks : db.Tasks.Where(t => t.Status == status);

    // Only a failed task has the time of its failure. Asking for the status too would lead SQLite to its index, and to sort every failed task.
    private IQueryable<TtsTask> FailedBefore(DateTime before) => db.Tasks.Where(t => t.FailedAt < before);

    /// <summary>Stores the plans of several clients, each as if it came alone.</summary>
    private async Task<IReadOnlyList<AddOutcome>> AddNewAsync(Func<IReadOnlyList<SpeechPlan>> take)
    {
        IReadOnlyList<SpeechPlan> plans = [];
        try
        {
            return await writer.RunAsync(
                db,
                async () =>
                {
                    plans = take();
                    var taken = plans.Count == 1 ? [] : await TakenAsync([.. plans.SelectMany(p => p.Added).Select(t => t.ContentKey)]);
                    var queued = await db.Tasks.CountAsync(t => t.DueAt != null);
                    var outcomes = new List<AddOutcome>(plans.Count);
                    foreach (var plan in plans)
                    {
                        var outcome = plan.Added.Any(t => taken.Contains(t.ContentKey)) ? AddOutcome.Overtaken
                            : queued + plan.Added.Count > plan.QueueCapacity ? AddOutcome.QueueFull
                            : AddOutcome.Added;
                        outcomes.Add(outcome);
                        if (outcome == AddOutcome.Added)
                        {
                            db.Tasks.AddRange(plan.Added);
                            taken.UnionWith(plan.Added.Select(t => t.ContentKey));
                            queued += plan.Added.Count;
                        }
                    }

                    await db.SaveChangesAsync();
                    return outcomes;
                },
                CancellationToken.None);
        }
        catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
        {
            // Either a live key or, when a commit was repeated after a lost answer, the primary key: a look at the table tells.
            if (plans.Count == 1)
            {
                return [AddOutcome.Overtaken];
            }

            // One of them it was; which, each finds out alone.
            var outcomes = new List<AddOutcome>(plans.Count);
            foreach (var plan in plans)
            {
                outcomes.Add((await AddNewAsync(() => [plan]))[0]);
            }

            return outcomes;
        }

        async Task<HashSet<string>> TakenAsync(List<string> keys) =>
            await db.Tasks.Where(t => keys.Contains(t.ContentKey) && t.Status != TtsTaskStatus.Failed).Select(t => t.ContentKey).ToHashSetAsync();
    }

    private async Task<AddOutcome> AddAndHoldAsync(SpeechPlan plan, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync(
                db,
                async () =>
                {
                    if (await TaskItemLinks.StoreAsync(db, plan, cancellationToken) is var outcome and not AddOutcome.Added)
                    {
                        return outcome;
                    }

                    var held = plan.Reused.Where(t => !t.HeldByClient).Select(t => t.ConversionId).ToList();
                    if (held.Count > 0)
                    {
                        await db.Tasks.Where(t => held.Contains(t.ConversionId)).ExecuteUpdateAsync(s => s.SetProperty(t => t.HeldByClient, true), cancellationToken);
                    }

                    await db.SaveChangesAsync(cancellationToken);
                    return AddOutcome.Added;
                },
                cancellationToken,
                keep: o => o == AddOutcome.Added);
        }
        catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
        {
            return AddOutcome.Overtaken;
        }
    }

    /// <summary>Stores the changed tasks; those whose claim another writer took meanwhile are left to it.</summary>
    private async Task<IReadOnlyList<TtsTask>> SaveHeldAsync(List<TtsTask> tasks, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                break;
            }
            catch (DbUpdateConcurrencyException conflict)
            {
                foreach (var entry in conflict.Entries)
                {
                    entry.State = EntityState.Detached;
                    tasks.Remove((TtsTask)entry.Entity);
                }
            }
        }

        await TaskItemLinks.KeepTimingsAsync(db, tasks, cancellationToken);

        // Items wait for the end of a task; how far it has come on the way is nothing to them.
        await TaskItemLinks.MirrorAsync(db, tasks.Where(t => t.IsTerminal).Select(t => t.ConversionId).ToList(), cancellationToken);
        return tasks;
    }

    private Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => writer.RunAsync(db, work, cancellationToken);

    /// <summary>For what keeps the engine going.</summary>
    private Task<T> WriteAheadAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => writer.RunAsync(db, work, cancellationToken, ahead: true);

    /// <summary>The hottest reads, compiled once: taking a query apart to find it among those compiled before takes longer than running it.</summary>
    private sealed class HotReads
    {
        // A compiled query belongs to one model, and each database has its own.
        private static readonly ConditionalWeakTable<IModel, HotReads> OfModels = [];

        public Func<DictationDbContext, string, CancellationToken, Task<TtsTask?>> Find { get; } = EF.CompileAsyncQuery(
            (DictationDbContext db, string conversionId, CancellationToken _) => db.Tasks.AsNoTracking().FirstOrDefault(t => t.ConversionId == conversionId));

        public Func<DictationDbContext, string, CancellationToken, Task<TtsTask?>> FindLive { get; } = EF.CompileAsyncQuery(
            (DictationDbContext db, string contentKey, CancellationToken _) =>
                db.Tasks.AsNoTracking().FirstOrDefault(t => t.ContentKey == contentKey && t.Status != TtsTaskStatus.Failed));

        public static HotReads For(DictationDbContext db) => OfModels.GetValue(db.Model, _ => new HotReads());
    }
}
