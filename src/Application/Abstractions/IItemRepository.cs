using Dictation.Domain.Items;

namespace Dictation.Application.Abstractions;

/// <summary>The stored items. Every method is one short transaction. An item that it returns is a snapshot with its tags.</summary>
public interface IItemRepository
{
    Task<Item?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>In the order of the ids, without those that do not exist.</summary>
    Task<IReadOnlyList<Item>> FindManyAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>Stores new items and their speech, all or nothing. Submission i speaks item i.</summary>
    Task<AddedItems> AddAsync(IReadOnlyList<Item> items, SpeechPlan speech, CancellationToken cancellationToken);

    /// <summary>Changes an item, except its speech.</summary>
    /// <returns>Whether there is such an item.</returns>
    Task<bool> ChangeAsync(long id, Action<Item> change, CancellationToken cancellationToken);

    /// <summary>Changes an item; from then on the plan's first submission speaks it.</summary>
    /// <param name="change">Returns false when the item has changed since the plan was made. Nothing is stored then.</param>
    Task<SpokenItem> SpeakAsync(long id, Func<Item, bool> change, SpeechPlan speech, DateTime now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores tasks that speak an item at another pace, beside its own speech. They are removed when the item is removed or spoken again.
    /// </summary>
    Task<StoredSpeech> AddRenditionAsync(long id, SpeechPlan speech, CancellationToken cancellationToken);

    /// <summary>Removes an item with its attempts.</summary>
    /// <returns>The conversion ids whose audio nobody uses any more; null when there is no such item.</returns>
    Task<IReadOnlyList<string>?> DeleteAsync(long id, DateTime now, CancellationToken cancellationToken);

    Task<Page<Item>> ListAsync(ItemFilter filter, ItemSort sort, int skip, int take, CancellationToken cancellationToken);

    /// <summary>The newest item's id; 0 when there is none.</summary>
    Task<long> NewestIdAsync(CancellationToken cancellationToken);
}

/// <summary>The result of storing new items.</summary>
/// <param name="Ids">Of the items, in input order; empty when nothing was stored.</param>
public sealed record AddedItems(AddOutcome Outcome, IReadOnlyList<long> Ids) : StoredSpeech(Outcome);

/// <summary>The result of giving an item another speech.</summary>
/// <param name="Orphaned">The conversion ids whose audio nobody uses any more.</param>
public sealed record SpokenItem(AddOutcome Outcome, IReadOnlyList<string> Orphaned) : StoredSpeech(Outcome);
