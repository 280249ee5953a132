using Dictation.Domain.Items;

namespace Dictation.Application.Abstractions;

/// <summary>Figures over the stored attempts, computed by the database.</summary>
public interface IStatsRepository
{
    Task<PracticeSums> SumAsync(AttemptFilter filter, CancellationToken cancellationToken);

    /// <summary>How many items have such attempts.</summary>
    Task<int> CountItemsAsync(AttemptFilter filter, CancellationToken cancellationToken);

    /// <summary>The items that have such attempts, the last practised first, each with the figures of these attempts.</summary>
    Task<IReadOnlyList<PracticedItem>> ListItemsAsync(AttemptFilter filter, int skip, int take, CancellationToken cancellationToken);

    /// <summary>The figures of each local day that has attempts, in order.</summary>
    /// <param name="stretches">The span asked for, cut where the offset changes; in order.</param>
    Task<IReadOnlyList<PracticeDay>> ListDaysAsync(AttemptFilter filter, IReadOnlyList<OffsetStretch> stretches, CancellationToken cancellationToken);

    /// <summary>The scores of the latest attempts, oldest first.</summary>
    Task<IReadOnlyList<int>> ListScoresAsync(AttemptFilter filter, int max, CancellationToken cancellationToken);

    /// <summary>In how many attempts on an item each word was missed, most often first.</summary>
    Task<IReadOnlyList<MissedWord>> ListMissedWordsAsync(long itemId, AttemptFilter filter, int max, CancellationToken cancellationToken);
}

/// <summary>An item with the figures of its attempts.</summary>
public sealed record PracticedItem(Item Item, PracticeSums Sums);

/// <summary>The figures of a local day.</summary>
public sealed record PracticeDay(DateOnly Date, PracticeSums Sums);

/// <summary>A span of time during which a time zone keeps one offset.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="OffsetMinutes">Local time minus UTC.</param>
public sealed record OffsetStretch(DateTime From, DateTime To, int OffsetMinutes);

/// <summary>A word that attempts missed.</summary>
/// <param name="Word">Lower case.</param>
/// <param name="Count">In how many attempts.</param>
public sealed record MissedWord(string Word, int Count);
