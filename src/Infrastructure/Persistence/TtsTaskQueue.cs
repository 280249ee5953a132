using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="ITtsTaskQueue"/>
public sealed class TtsTaskQueue(DictationDbContext db, DatabaseWriter writer) : ITtsTaskQueue
{
    public Task<IReadOnlyList<TtsTask>> ClaimDueAsync(int max, DateTime now, ClaimTerms terms, IReadOnlyCollection<string> except, CancellationToken cancellationToken) =>
        WriteAsync(
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
        return WriteAsync<IReadOnlySet<Guid>>(
            async () =>
            {
                var held = db.Tasks.Where(t => ids.Contains(t.ConversionId) && claimIds.Contains(t.ClaimId) && t.DueAt != null);
                await held.ExecuteUpdateAsync(s => s.SetProperty(t => t.DueAt, dueAt), cancellationToken);
                return (await held.Select(t => t.ClaimId!.Value).ToListAsync(cancellationToken)).ToHashSet();
            },
            cancellationToken);
    }

    public Task<IReadOnlyList<TtsTask>> ChangeManyAsync(IReadOnlyCollection<string> conversionIds, Action<TtsTask> change, CancellationToken cancellationToken) =>
        WriteAsync(
            async () =>
            {
                var tasks = await db.Tasks.Where(t => conversionIds.Contains(t.ConversionId)).ToListAsync(cancellationToken);
                tasks.ForEach(change);
                return await SaveHeldAsync(tasks, cancellationToken);
            },
            cancellationToken);

    /// <summary>Stores the changed tasks. Drops those whose claim another writer took meanwhile.</summary>
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

        // Items wait for the end of a task; its steps on the way do not concern them.
        await TaskItemLinks.MirrorAsync(db, tasks.Where(t => t.IsTerminal).Select(t => t.ConversionId).ToList(), cancellationToken);
        return tasks;
    }

    /// <summary>Passes waiting clients: this keeps the engine going.</summary>
    private Task<T> WriteAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => writer.RunAsync(db, work, cancellationToken, ahead: true);
}
