using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>Lists and figures over the stored tasks.</summary>
public interface ITtsTaskQueries
{
    /// <summary>Newest first.</summary>
    /// <param name="before">Only tasks older than this conversion id.</param>
    Task<IReadOnlyList<TtsTask>> ListAsync(TtsTaskStatus? status, string? before, int limit, CancellationToken cancellationToken);

    Task<int> CountAsync(TtsTaskStatus? status, CancellationToken cancellationToken);

    /// <summary>How many tasks failed before a moment.</summary>
    Task<int> CountFailedAsync(DateTime before, CancellationToken cancellationToken);

    /// <summary>The place in the queue of each queued task, from 1: claimed ones first, then by when they fell due.</summary>
    Task<IReadOnlyDictionary<string, int>> QueuePositionsAsync(CancellationToken cancellationToken);

    /// <summary>The place in the queue of one queued task, from 1.</summary>
    Task<int> QueuePositionAsync(TtsTask task, CancellationToken cancellationToken);

    /// <summary>How much is unfinished.</summary>
    Task<QueueState> GetQueueAsync(CancellationToken cancellationToken);

    /// <param name="maxDuplicates">How many repeated texts are detailed, the most repeated first.</param>
    Task<TtsStatistics> GetStatisticsAsync(int maxDuplicates, CancellationToken cancellationToken);
}

/// <summary>How much is unfinished.</summary>
/// <param name="Waiting">Tasks that nobody has claimed.</param>
/// <param name="Claimed">Tasks that a process has claimed.</param>
/// <param name="OldestSubmittedAt">When the oldest waiting task was submitted, UTC; null when none waits.</param>
public sealed record QueueState(int Waiting, int Claimed, DateTime? OldestSubmittedAt);

/// <summary>Figures over all speech tasks.</summary>
/// <param name="TotalTasks">How many tasks are stored.</param>
/// <param name="StatusCounts">Every status, also those with none.</param>
/// <param name="AverageFileSize">Bytes; null while nothing is done.</param>
/// <param name="AverageDuration">Seconds of audio; null while nothing is done.</param>
/// <param name="AverageSynthesisSeconds">Null while nothing is done.</param>
/// <param name="DuplicateTexts">Texts that more than one task holds.</param>
/// <param name="DuplicateDetails">The most repeated of them.</param>
public sealed record TtsStatistics(
    int TotalTasks,
    IReadOnlyDictionary<TtsTaskStatus, int> StatusCounts,
    double? AverageFileSize,
    double? AverageDuration,
    double? AverageSynthesisSeconds,
    int DuplicateTexts,
    IReadOnlyList<DuplicateText> DuplicateDetails);

/// <summary>A text that several tasks hold.</summary>
/// <param name="TextHash">Lower-hex MD5 of the text's UTF-8 bytes.</param>
/// <param name="Count">How many tasks hold the text, at least 2.</param>
/// <param name="Text">The text that is spoken.</param>
public sealed record DuplicateText(string TextHash, int Count, string Text);
