using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>
/// The stored tasks, one by one. Every method is one short transaction. A task read here is a snapshot; it is changed only through
/// <see cref="ChangeAsync"/> and <see cref="ITtsTaskQueue"/>.
/// </summary>
public interface ITtsTaskStore
{
    Task<TtsTask?> FindAsync(string conversionId, CancellationToken cancellationToken);

    /// <summary>The timings of an audio, as long as a task or an item uses it; null where none are stored.</summary>
    Task<SpeechTimings?> FindTimingsAsync(string conversionId, CancellationToken cancellationToken);

    /// <summary>The tasks of these content keys that have not failed.</summary>
    Task<IReadOnlyList<TtsTask>> FindLiveByKeysAsync(IReadOnlyCollection<string> contentKeys, CancellationToken cancellationToken);

    /// <summary>Stores all of the new tasks or none, and records that a client holds those that already existed.</summary>
    Task<AddOutcome> AddAsync(SpeechPlan plan, CancellationToken cancellationToken);

    /// <summary>Applies one transition to one task, and again to what another writer left if one came between.</summary>
    /// <param name="change">The transition; false when it does not apply.</param>
    Task<ChangeOutcome> ChangeAsync(string conversionId, Func<TtsTask, bool> change, CancellationToken cancellationToken);

    /// <summary>Removes the task. Items that waited for it become failed; items that can be heard keep its audio.</summary>
    Task<DeleteOutcome> DeleteAsync(string conversionId, DateTime now, CancellationToken cancellationToken);

    /// <summary>Removes up to <paramref name="max"/> tasks that failed before a moment.</summary>
    Task<DeletedTasks> DeleteFailedAsync(DateTime before, int max, DateTime now, CancellationToken cancellationToken);
}

/// <summary>Tasks that were removed together.</summary>
/// <param name="Count">How many.</param>
/// <param name="Orphaned">The conversion ids whose audio nobody uses any more.</param>
public sealed record DeletedTasks(int Count, IReadOnlyList<string> Orphaned);

/// <summary>The outcome of storing new tasks.</summary>
public enum AddOutcome
{
    Added,

    /// <summary>Nothing was stored: the queue has no room for all of them.</summary>
    QueueFull,

    /// <summary>Nothing was stored: another task took one of the content keys first, or a task to be used has gone. Look again.</summary>
    Overtaken,

    /// <summary>Nothing was stored: the item that asks for the speech has gone or changed.</summary>
    Withdrawn,
}

/// <summary>The outcome of removing a task.</summary>
public enum DeleteOutcome
{
    Deleted,

    /// <summary>The task is gone; an item still plays its audio.</summary>
    DeletedAudioInUse,

    NotFound,
}

/// <summary>The outcome of changing a task.</summary>
public enum ChangeOutcome
{
    Changed,

    /// <summary>The transition does not apply to the task's state.</summary>
    NotApplicable,

    NotFound,

    /// <summary>Another task with the same content is alive.</summary>
    KeyTaken,
}
