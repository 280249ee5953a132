using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="IItemRepository"/>
public sealed class ItemRepository(DictationDbContext db, DatabaseWriter writer, AggregateCache aggregates) : IItemRepository
{
    public async Task<Item?> FindAsync(long id, CancellationToken cancellationToken) => (await FindManyAsync([id], cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyList<Item>> FindManyAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var items = await WithTagsAsync(db.Items.Where(i => ids.Contains(i.Id)), cancellationToken);
        var byId = items.ToDictionary(i => i.Id);
        return ids.Where(byId.ContainsKey).Select(id => byId[id]).ToList();
    }

    public Task<AddedItems> AddAsync(IReadOnlyList<Item> items, SpeechPlan speech, CancellationToken cancellationToken) => StoreAsync(
        speech,
        async () =>
        {
            foreach (var (item, submission) in items.Zip(speech.Submissions))
            {
                item.SpeakAs(submission.Task.ConversionId, item.CreatedAt);

                // A try that was rolled back left ids.
                db.Entry(item).Property(i => i.Id).CurrentValue = 0;
                db.Items.Add(item);
            }

            await db.SaveChangesAsync(cancellationToken);
            await LinkAsync(speech, cancellationToken);
            return new AddedItems(AddOutcome.Added, items.Select(i => i.Id).ToList());
        },
        refused: outcome => new AddedItems(outcome, []),
        cancellationToken);

    public Task<bool> ChangeAsync(long id, Action<Item> change, CancellationToken cancellationToken) => writer.RunAsync(
        db,
        async () =>
        {
            if (await LockAsync(id, cancellationToken) is not { } item)
            {
                return false;
            }

            change(item);
            await db.SaveChangesAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<SpokenItem> SpeakAsync(long id, Func<Item, bool> change, SpeechPlan speech, DateTime now, CancellationToken cancellationToken) => StoreAsync(
        speech,
        async () =>
        {
            if (await LockAsync(id, cancellationToken) is not { } item || !change(item))
            {
                return new SpokenItem(AddOutcome.Withdrawn, []);
            }

            var before = item.ConversionId;
            var after = speech.Submissions[0].Task.ConversionId;
            item.SpeakAs(after, now);
            await db.SaveChangesAsync(cancellationToken);
            await LinkAsync(speech, cancellationToken);
            var released = await UsedByAsync(id, before, except: after, cancellationToken);
            return new SpokenItem(AddOutcome.Added, await TaskItemLinks.ReleaseAsync(db, released, now, cancellationToken));
        },
        refused: outcome => new SpokenItem(outcome, []),
        cancellationToken);

    public Task<StoredSpeech> AddRenditionAsync(long id, SpeechPlan speech, CancellationToken cancellationToken) => StoreAsync(
        speech,
        async () =>
        {
            if (await LockAsync(id, cancellationToken) is null)
            {
                return new StoredSpeech(AddOutcome.Withdrawn);
            }

            foreach (var task in speech.Added)
            {
                db.Entry(task).Property(t => t.ItemId).CurrentValue = id;
            }

            await db.SaveChangesAsync(cancellationToken);
            return new StoredSpeech(AddOutcome.Added);
        },
        refused: outcome => new StoredSpeech(outcome),
        cancellationToken);

    public Task<IReadOnlyList<string>?> DeleteAsync(long id, DateTime now, CancellationToken cancellationToken) => writer.RunAsync<IReadOnlyList<string>?>(
        db,
        async () =>
        {
            if (await LockAsync(id, cancellationToken) is not { } item)
            {
                return null;
            }

            var speech = await UsedByAsync(id, item.ConversionId, except: null, cancellationToken);
            var quarters = await db.Attempts.Where(a => a.ItemId == id).Select(a => a.Quarter).ToListAsync(cancellationToken);
            await db.Items.Where(i => i.Id == id).ExecuteDeleteAsync(cancellationToken);
            foreach (var some in quarters.Distinct().Chunk(500))
            {
                await SumTotalsAsync(some, cancellationToken);
            }

            return await TaskItemLinks.ReleaseAsync(db, speech, now, cancellationToken);
        },
        cancellationToken);

    public async Task<Page<Item>> ListAsync(ItemFilter filter, ItemSort sort, int skip, int take, CancellationToken cancellationToken)
    {
        var byDifficulty = sort is ItemSort.DifficultyAscending or ItemSort.DifficultyDescending;
        var all = Matching(filter, byDifficulty);
        var page = filter.MaxId is not { } maxId ? all

            // Ordered by difficulty, an index on the id would cost a sort. The arithmetic keeps the database from using one.
            : byDifficulty ? all.Where(i => i.Id - maxId <= 0)
            : all.Where(i => i.Id <= maxId);
        var ordered = sort switch
        {
            ItemSort.CreatedAscending => page.OrderBy(i => i.Id),
            ItemSort.DifficultyAscending => page.OrderBy(i => i.Difficulty).ThenBy(i => i.Id),
            ItemSort.DifficultyDescending => page.OrderByDescending(i => i.Difficulty).ThenByDescending(i => i.Id),
            _ => page.OrderByDescending(i => i.Id),
        };
        var items = await WithTagsAsync(ordered.Skip(skip).Take(take), cancellationToken);

        // A search for a part of a text reads every text, however few match: its cost is that of all rows.
        var total = await aggregates.GetAsync(
            (nameof(ItemRepository), filter with { Tags = null }, string.Join('\n', filter.Tags ?? [])), count => filter.Text is null ? count : filter.MaxId ?? count, CountAsync);
        return new Page<Item>(items, total);

        // Two counts that an index answers, instead of one that reads rows: few items are newer than the page.
        async Task<int> CountAsync()
        {
            var count = await all.CountAsync(cancellationToken);
            return filter.MaxId is { } max && await NewestIdAsync(cancellationToken) > max ? count - await all.CountAsync(i => i.Id > max, cancellationToken) : count;
        }
    }

    public async Task<long> NewestIdAsync(CancellationToken cancellationToken) => await db.Items.MaxAsync(i => (long?)i.Id, cancellationToken) ?? 0;

    /// <summary>A condition for each part of the filter that is given, except the newest id.</summary>
    private IQueryable<Item> Matching(ItemFilter filter, bool byDifficulty)
    {
        IQueryable<Item> items = db.Items;
        if (filter.Locale is { } locale)
        {
            items = items.Where(i => i.Locale == locale);
        }

        if (filter.Difficulty is var (min, max))
        {
            // A range of difficulties matches many rows; an index on it would cost a sort. The arithmetic keeps the database from using
            // one.
            items = min == max ? items.Where(i => i.Difficulty == min) : items.Where(i => i.Difficulty - min >= 0 && max - i.Difficulty >= 0);
        }

        if (filter.Text is { } text)
        {
            items = items.Where(i => i.SearchText.Contains(text));
        }

        if (filter.Practiced is { } practiced)
        {
            items = items.Where(i => i.Practiced == practiced);
        }

        if (filter.TtsStatus is { } status)
        {
            items = items.Where(i => i.TtsStatus == status);
        }

        foreach (var tag in filter.Tags ?? [])
        {
            // By time, the index of the tag yields items in the page's order. By difficulty, each item is checked for the tag.
            items = byDifficulty
                ? items.Where(i => i.Tags.Any(t => t.Key == tag))
                : items.Where(i => db.ItemTags.Where(t => t.Key == tag).Select(t => t.ItemId).Contains(i.Id));
        }

        return items;
    }

    /// <summary>Two commands for any number of items: the items, and their tags.</summary>
    private async Task<List<Item>> WithTagsAsync(IQueryable<Item> query, CancellationToken cancellationToken)
    {
        try
        {
            // The context attaches the tags to the items that it has just read.
            var items = await query.AsTracking().ToListAsync(cancellationToken);
            if (items.Count > 0)
            {
                var ids = items.ConvertAll(i => i.Id);
                await db.ItemTags.Where(t => ids.Contains(t.ItemId)).LoadAsync(cancellationToken);
            }

            return items;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>The item with its tags, locked until the transaction ends.</summary>
    private async Task<Item?> LockAsync(long id, CancellationToken cancellationToken)
    {
        await db.Items.Where(i => i.Id == id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Practiced, i => i.Practiced), cancellationToken);
        var item = await db.Items.AsTracking().FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
        await db.ItemTags.Where(t => t.ItemId == id).LoadAsync(cancellationToken);
        return item;
    }

    private async Task LinkAsync(SpeechPlan speech, CancellationToken cancellationToken)
    {
        var ids = speech.Submissions.Select(s => s.Task.ConversionId).Distinct().ToList();
        await TaskItemLinks.AssignAsync(db, ids, cancellationToken);
        await TaskItemLinks.MirrorAsync(db, ids, cancellationToken);
    }

    /// <summary>The conversion ids of the item's own speech and of its renditions.</summary>
    private async Task<List<string>> UsedByAsync(long id, string? conversionId, string? except, CancellationToken cancellationToken)
    {
        var ids = await db.Tasks.Where(t => t.ItemId == id).Select(t => t.ConversionId).ToListAsync(cancellationToken);
        return ids.Append(conversionId).OfType<string>().Distinct().Where(i => i != except).ToList();
    }

    /// <summary>Computes the sums of these quarters from the attempts that are left.</summary>
    private async Task SumTotalsAsync(int[] quarters, CancellationToken cancellationToken)
    {
        // Locked first, so that no attempt is added between the sum and its storing.
        var rows = db.PracticeTotals15Min.Where(q => quarters.Contains(q.Quarter));
        await rows.ExecuteUpdateAsync(s => s.SetProperty(q => q.Attempts, q => q.Attempts), cancellationToken);
        await rows.Where(q => !db.Attempts.Any(a => a.Quarter == q.Quarter)).ExecuteDeleteAsync(cancellationToken);
        await rows
            .Join(
                db.Attempts.Where(a => quarters.Contains(a.Quarter)).GroupBy(a => a.Quarter).Select(g => new
                {
                    Quarter = g.Key,
                    Attempts = g.Count(),
                    ScoreSum = g.Sum(a => (long)a.Score),
                    BestScore = g.Max(a => a.Score),
                    WorstScore = g.Min(a => a.Score),
                    WerSum = g.Sum(a => a.Wer),
                    Timed = g.Count(a => a.DurationMs != null),
                    DurationSum = g.Sum(a => a.DurationMs ?? 0),
                }),
                q => q.Quarter,
                s => s.Quarter,
                (q, s) => new { Totals = q, Sums = s })
            .ExecuteUpdateAsync(
                u => u.SetProperty(p => p.Totals.Attempts, p => p.Sums.Attempts)
                    .SetProperty(p => p.Totals.ScoreSum, p => p.Sums.ScoreSum)
                    .SetProperty(p => p.Totals.BestScore, p => p.Sums.BestScore)
                    .SetProperty(p => p.Totals.WorstScore, p => p.Sums.WorstScore)
                    .SetProperty(p => p.Totals.WerSum, p => p.Sums.WerSum)
                    .SetProperty(p => p.Totals.Timed, p => p.Sums.Timed)
                    .SetProperty(p => p.Totals.DurationSum, p => p.Sums.DurationSum),
                cancellationToken);
    }

    /// <summary>Stores the plan's tasks, and the items in the same transaction. Nothing is stored unless both are.</summary>
    /// <param name="store">Stores the items; runs after the tasks were added to the context.</param>
    /// <param name="refused">Makes the result when the tasks cannot be stored.</param>
    private async Task<TStored> StoreAsync<TStored>(SpeechPlan speech, Func<Task<TStored>> store, Func<AddOutcome, TStored> refused, CancellationToken cancellationToken)
        where TStored : StoredSpeech
    {
        try
        {
            return await writer.RunAsync(
                db,
                async () => await TaskItemLinks.StoreAsync(db, speech, cancellationToken) is var outcome and not AddOutcome.Added ? refused(outcome) : await store(),
                cancellationToken,
                keep: stored => stored.Outcome == AddOutcome.Added);
        }
        catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
        {
            return refused(AddOutcome.Overtaken);
        }
    }
}
