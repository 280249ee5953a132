using System.Threading.Channels;
using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>
/// Turns jobs into stored audio, on its own threads. Thread-safe. Its queue is bounded and short; the row of a task is the queue of record.
/// </summary>
public interface ITtsEngine
{
    TtsEngineStatus Status { get; }

    /// <summary>Loads the default voice and starts the workers.</summary>
    /// <exception cref="StartupException">The device or the voice cannot be had; the message says what is there.</exception>
    /// <exception cref="TtsServiceException">It is running already.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Interrupts the running jobs, hands back those that wait, and ends every event stream after the last event.
    /// A stopped engine may be started again.
    /// </summary>
    Task StopAsync(CancellationToken cancellationToken);

    /// <summary>Queues a job. Exactly one of <see cref="TtsJobStored"/>, <see cref="TtsJobFailed"/> and <see cref="TtsJobCancelled"/> ends it.</summary>
    /// <exception cref="TtsServiceException">The engine is not running, or its queue is full.</exception>
    void Submit(TtsJob job);

    /// <summary>Drops the job if it waits, interrupts it if it runs, does nothing if it is not there.</summary>
    void Cancel(string conversionId);

    /// <summary>
    /// A stream of all events from now on, in order for each job. Reading slowly never slows the engine.
    /// </summary>
    /// <param name="capacity">With a number, the oldest unread events are dropped past it; without, none is ever lost.</param>
    TtsEventSubscription Subscribe(int? capacity = null);
}

/// <summary>What the engine is doing.</summary>
/// <param name="State">Its place in its life.</param>
/// <param name="Device">Where the arithmetic runs, once started.</param>
/// <param name="Workers">Worker threads alive.</param>
/// <param name="Hung">Threads that a text has hung, and that others have replaced.</param>
/// <param name="Capacity">How many jobs it holds at most, running ones included.</param>
public sealed record TtsEngineStatus(TtsEngineState State, string? Device, int Workers, int Hung, int Capacity);

/// <summary>The engine's own life.</summary>
public enum TtsEngineState
{
    Stopped,
    Starting,
    Running,
    Stopping,
}

/// <summary>One claimed task, as the engine needs it.</summary>
/// <param name="AudioKey">Where in the store the audio goes.</param>
/// <param name="SubmittedAt">UTC.</param>
/// <param name="TraceParent">The trace that it is a part of, as W3C Trace Context writes it, where there is one.</param>
public sealed record TtsJob(
    string ConversionId, Guid ClaimId, string AudioKey, string Text, string Language, string Voice, double SpeakingRate, DateTime SubmittedAt = default, string? TraceParent = null);

/// <summary>Something that happened to a job.</summary>
/// <param name="At">UTC.</param>
public abstract record TtsEvent(string ConversionId, Guid ClaimId, DateTime At);

/// <summary>A worker has begun.</summary>
public sealed record TtsJobStarted(string ConversionId, Guid ClaimId, DateTime At) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>A piece has been spoken.</summary>
/// <param name="Fraction">Of the whole text, rising, above 0 and at most 1.</param>
/// <param name="SampleRate">Hertz.</param>
/// <param name="Samples">How many samples of the audio lie in its unfinished file by now, and will not change.</param>
public sealed record TtsJobProgressed(string ConversionId, Guid ClaimId, DateTime At, double Fraction, int SampleRate, long Samples) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>The audio exists, not yet under its key.</summary>
public sealed record TtsJobCompleted(string ConversionId, Guid ClaimId, DateTime At, SpokenAudio Audio) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>The audio is in the store under its key.</summary>
public sealed record TtsJobStored(string ConversionId, Guid ClaimId, DateTime At, StoredAudio Audio) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>It ended in an error.</summary>
/// <param name="Message">Fit for the client.</param>
/// <param name="MayPass">Whether another try may succeed.</param>
/// <param name="StoreFailed">Whether the store is to blame, and any other task would meet the same.</param>
public sealed record TtsJobFailed(string ConversionId, Guid ClaimId, DateTime At, string Message, bool MayPass, bool StoreFailed = false) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>It was cancelled or interrupted by an orderly stop.</summary>
public sealed record TtsJobCancelled(string ConversionId, Guid ClaimId, DateTime At) : TtsEvent(ConversionId, ClaimId, At);

/// <summary>One observer's view of the engine's events. Dispose to stop listening; the reader completes when the engine stops.</summary>
public sealed class TtsEventSubscription(ChannelReader<TtsEvent> reader, Action unsubscribe) : IDisposable
{
    public ChannelReader<TtsEvent> Reader { get; } = reader;

    public void Dispose() => unsubscribe();
}
