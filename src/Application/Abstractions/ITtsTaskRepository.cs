using Dictation.Application.Tts;
using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>
/// The stored tasks. Every method is one short transaction of its own. A task read here is a snapshot; it is changed only through the
/// methods below, whose statements are guarded by the claim that was read: a holder that lost it changes nothing.
/// </summary>
public interface ITtsTaskRepository
{
    Task<TtsTask?> FindAsync(string conversionId, CancellationToken cancellationToken);

    /// <summary>The timings of an audio, as long as a task or an item uses it; null where none were kept.</summary>
    Task<SpeechTimings?> FindTimingsAsync(string conversionId, CancellationToken cancellationToken);

    /// <summary>The tasks that have not failed, of these content keys.</summary>
    Task<IReadOnlyList<TtsTask>> FindLiveByKeysAsync(IReadOnlyCollection<string> contentKeys, CancellationToken cancellationToken);

    /// <summary>Stores all of the new tasks or none, and that a client holds those that were there already.</summary>
    Task<AddOutcome> AddAsync(SpeechPlan plan, CancellationToken cancellationToken);

    /// <summary>Applies one transition to one task, and again if another writer came between.</summary>
    /// <param name="change">The transition; false when it does not apply.</param>
    Task<ChangeOutcome> ChangeAsync(string conversionId, Func<TtsTask, bool> change, CancellationToken cancellationToken);

    /// <summary>Applies transitions to many tasks in one transaction, and keeps the timings that come with them. Tasks that are gone or whose claim was lost meanwhile are left out.</summary>
    /// <returns>The tasks that were stored changed, and those left as they were.</returns>
    Task<IReadOnlyList<TtsTask>> ChangeManyAsync(IReadOnlyCollection<string> conversionIds, Action<TtsTask> change, CancellationToken cancellationToken);

    /// <summary>Claims up to <paramref name="max"/> due tasks, the longest due first, each with a fresh claim id.</summary>
    /// <param name="except">What the claimant holds already: after a leap of the clock its own leases look ended.</param>
    /// <returns>The claimed tasks, and those that were given up.</returns>
    Task<IReadOnlyList<TtsTask>> ClaimDueAsync(int max, DateTime now, ClaimTerms terms, IReadOnlyCollection<string> except, CancellationToken cancellationToken);

    /// <summary>Moves the lease's end of every claim that still holds.</summary>
    /// <param name="claims">Claim ids by conversion id.</param>
    /// <returns>The claim ids that still hold.</returns>
    Task<IReadOnlySet<Guid>> ExtendLeasesAsync(IReadOnlyCollection<KeyValuePair<string, Guid>> claims, DateTime dueAt, CancellationToken cancellationToken);

    /// <summary>Removes the task. Items that waited for it have failed then; items that can be heard keep its audio.</summary>
    Task<DeleteOutcome> DeleteAsync(string conversionId, DateTime now, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="before">Only tasks older than this conversion id.</param>
    Task<IReadOnlyList<TtsTask>> ListAsync(TtsTaskStatus? status, string? before, int limit, CancellationToken cancellationToken);

    Task<int> CountAsync(TtsTaskStatus? status, CancellationToken cancellationToken);

    /// <summary>The place in the queue of each queued task, from 1: claimed ones first, then by when they fell due.</summary>
    Task<IReadOnlyDictionary<string, int>> QueuePositionsAsync(CancellationToken cancellationToken);

    /// <summary>The place in the queue of one queued task, from 1.</summary>
    Task<int> QueuePositionAsync(TtsTask task, CancellationToken cancellationToken);

    /// <summary>How much is unfinished.</summary>
    Task<QueueState> GetQueueAsync(CancellationToken cancellationToken);

    /// <param name="maxDuplicates">How many repeated texts are detailed, the most repeated first.</param>
    Task<TtsStatistics> GetStatisticsAsync(int maxDuplicates, CancellationToken cancellationToken);

    /// <summary>Removes up to <paramref name="max"/> tasks that failed before a moment.</summary>
    /// <returns>How many were removed, and the conversion ids whose audio nobody uses any more.</returns>
    Task<(int Deleted, IReadOnlyList<string> Unused)> DeleteFailedAsync(DateTime before, int max, DateTime now, CancellationToken cancellationToken);

    Task<int> CountFailedAsync(DateTime before, CancellationToken cancellationToken);

    /// <summary>Which of these conversion ids neither a task nor an item names.</summary>
    Task<IReadOnlySet<string>> FindUnownedAsync(IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken);

    /// <summary>Conversion ids whose audio became unused, as noted in the same transaction; in the order of the ids.</summary>
    /// <param name="after">Only later ids; empty for the first.</param>
    Task<IReadOnlyList<string>> ListUnusedAsync(string after, int max, CancellationToken cancellationToken);

    /// <summary>Forgets the notes made before a moment.</summary>
    Task<int> ForgetUnusedAsync(DateTime before, CancellationToken cancellationToken);
}

/// <summary>How much is unfinished.</summary>
/// <param name="Waiting">Tasks that nobody has claimed.</param>
/// <param name="Claimed">Tasks that a process has claimed.</param>
/// <param name="OldestSubmittedAt">When the oldest waiting task was submitted, UTC; null when none waits.</param>
public sealed record QueueState(int Waiting, int Claimed, DateTime? OldestSubmittedAt);

/// <summary>What storing new tasks came to.</summary>
public enum AddOutcome
{
    Added,

    /// <summary>Nothing was stored: the queue has no room for all of them.</summary>
    QueueFull,

    /// <summary>Nothing was stored: another task took one of the content keys first, or one that was to be used has gone. Look again.</summary>
    Overtaken,

    /// <summary>Nothing was stored: the item that asks for the speech has gone or changed.</summary>
    Withdrawn,
}

/// <summary>What removing a task came to.</summary>
public enum DeleteOutcome
{
    Deleted,

    /// <summary>The task is gone; an item still plays its audio.</summary>
    DeletedAudioInUse,

    NotFound,
}

/// <summary>What changing a task came to.</summary>
public enum ChangeOutcome
{
    Changed,

    /// <summary>The transition does not apply to the state that the task is in.</summary>
    NotApplicable,

    NotFound,

    /// <summary>Another task with the same content is alive.</summary>
    KeyTaken,
}
