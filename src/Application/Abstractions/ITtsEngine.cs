using System.Threading.Channels;
using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>
/// Turns jobs into stored audio on its own threads. Thread-safe. Its queue is bounded and short; the rows of tasks are the queue of record.
/// </summary>
public interface ITtsEngine
{
    TtsEngineStatus Status { get; }

    /// <summary>Loads the default voice and starts the workers.</summary>
    /// <exception cref="StartupException">The device or the voice is not available; the message lists those that are.</exception>
    /// <exception cref="TtsServiceException">It already runs.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Interrupts the running jobs, hands back those that wait, and ends every event stream after the last event.
    /// A stopped engine can be started again.
    /// </summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Queues a job. Exactly one of <see cref="TtsJobStored"/>, <see cref="TtsJobFailed"/> and <see cref="TtsJobCancelled"/> ends it.
    /// </summary>
    /// <exception cref="TtsServiceException">The engine is not running, or its queue is full.</exception>
    void Submit(TtsJob job);

    /// <summary>Drops the job if it waits, interrupts it if it runs. Does nothing if the engine does not have it.</summary>
    void Cancel(string conversionId);

    /// <summary>
    /// A stream of all events from now on, in order per job. A slow reader does not slow the engine.
    /// </summary>
    /// <param name="capacity">How many unread events are kept; older ones are dropped. Null keeps all.</param>
    TtsEventSubscription Subscribe(int? capacity = null);
}

/// <summary>The engine's state.</summary>
/// <param name="State">Where it is in its life cycle.</param>
/// <param name="Device">The device that runs the networks, once started.</param>
/// <param name="Workers">Worker threads alive.</param>
/// <param name="Hung">Threads that a text has hung. Others have replaced them.</param>
/// <param name="Capacity">How many jobs it holds at most, including running ones.</param>
public sealed record TtsEngineStatus(TtsEngineState State, string? Device, int Workers, int Hung, int Capacity);

/// <summary>The engine's life cycle.</summary>
public enum TtsEngineState
{
    Stopped,
    Starting,
    Running,
    Stopping,
}

/// <summary>One claimed task, as the engine needs it.</summary>
/// <param name="AudioKey">The key in the store under which the audio is written.</param>
/// <param name="SubmittedAt">UTC.</param>
/// <param name="TraceParent">Its trace, in the form of W3C Trace Context, if there is one.</param>
/// <param name="Reading"><see cref="SpeechContent.Reading"/>.</param>
public sealed record TtsJob(
    string ConversionId, Guid ClaimId, string AudioKey, string Text, string Language, string Voice, double SpeakingRate, DateTime SubmittedAt = default, string? TraceParent = null, string? Reading = null);

/// <summary>An event of a job.</summary>
/// <param name="At">UTC.</param>
public abstract record TtsEvent(string ConversionId, Guid ClaimId, DateTime At);

/// <summary>A worker has begun.</summary>
public sealed record TtsJobStarted(string ConversionId, Guid ClaimId, DateTime At) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>A piece has been spoken.</summary>
/// <param name="Fraction">Of the whole text, rising, above 0 and at most 1.</param>
/// <param name="SampleRate">Hertz.</param>
/// <param name="Samples">How many samples the unfinished file holds. They do not change any more.</param>
public sealed record TtsJobProgressed(string ConversionId, Guid ClaimId, DateTime At, double Fraction, int SampleRate, long Samples) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>The audio is complete, but not yet under its key.</summary>
public sealed record TtsJobCompleted(string ConversionId, Guid ClaimId, DateTime At, SpokenAudio Audio) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>The audio is in the store under its key.</summary>
public sealed record TtsJobStored(string ConversionId, Guid ClaimId, DateTime At, StoredAudio Audio) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>The job failed.</summary>
/// <param name="Message">Fit for the client.</param>
/// <param name="MayPass">Whether another try may succeed.</param>
/// <param name="StoreFailed">Whether the store failed, so that any other task would fail too.</param>
public sealed record TtsJobFailed(string ConversionId, Guid ClaimId, DateTime At, string Message, bool MayPass, bool StoreFailed = false) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>The job was cancelled, or interrupted by an orderly stop.</summary>
public sealed record TtsJobCancelled(string ConversionId, Guid ClaimId, DateTime At) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>A subscription to the engine's events. Dispose it to stop listening; the reader completes when the engine stops.</summary>
public sealed class TtsEventSubscription(ChannelReader<TtsEvent> reader, Action unsubscribe) : IDisposable
{
    public ChannelReader<TtsEvent> Reader { get; } = reader;

    public void Dispose() => unsubscribe();
}
