using System.Runtime.CompilerServices;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="ITtsTaskStore"/>
public sealed class TtsTaskStore(DictationDbContext db, DatabaseWriter writer) : ITtsTaskStore
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

    public Task<DeletedTasks> DeleteFailedAsync(DateTime before, int max, DateTime now, CancellationToken cancellationToken) =>
        WriteAsync(
            async () =>
            {
                var ids = await db.Tasks.FailedBefore(before).OrderBy(t => t.FailedAt).Take(max).Select(t => t.ConversionId).ToListAsync(cancellationToken);
                if (ids.Count == 0)
                {
                    return new DeletedTasks(0, []);
                }

                var deleted = await db.Tasks.FailedBefore(before).Where(t => ids.Contains(t.ConversionId)).ExecuteDeleteAsync(cancellationToken);
                await TaskItemLinks.DetachAsync(db, ids, cancellationToken);
                return new DeletedTasks(deleted, await TaskItemLinks.RecordOrphanedAsync(db, ids, now, cancellationToken));
            },
            cancellationToken);

    /// <summary>Stores the plans of several clients in one transaction; the outcome of each is as if it came alone.</summary>
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
            // A live content key exists, or the primary key does because a commit was repeated after a lost answer. The next look at the
            // table tells.
            if (plans.Count == 1)
            {
                return [AddOutcome.Overtaken];
            }

            // One of the plans broke the rule. Each is stored alone to find out which.
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

    private Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => writer.RunAsync(db, work, cancellationToken);

    /// <summary>The hottest reads, compiled once: EF Core's lookup of a compiled query takes longer than running it.</summary>
    private sealed class HotReads
    {
        // A compiled query belongs to one model; each provider has its own.
        private static readonly ConditionalWeakTable<IModel, HotReads> OfModels = [];

        public Func<DictationDbContext, string, CancellationToken, Task<TtsTask?>> Find { get; } = EF.CompileAsyncQuery(
            (DictationDbContext db, string conversionId, CancellationToken _) => db.Tasks.AsNoTracking().FirstOrDefault(t => t.ConversionId == conversionId));

        public Func<DictationDbContext, string, CancellationToken, Task<TtsTask?>> FindLive { get; } = EF.CompileAsyncQuery(
            (DictationDbContext db, string contentKey, CancellationToken _) =>
                db.Tasks.AsNoTracking().FirstOrDefault(t => t.ContentKey == contentKey && t.Status != TtsTaskStatus.Failed));

        public static HotReads For(DictationDbContext db) => OfModels.GetValue(db.Model, _ => new HotReads());
    }
}
