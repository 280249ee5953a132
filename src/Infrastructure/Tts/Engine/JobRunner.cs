using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Tts;
using Dictation.Speech;
using Dictation.Speech.Reading;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>
/// Speaks one job on a worker's thread and publishes what happens. The thread pool makes the finished audio durable, so that a slow disk does not
/// keep a worker from its next text.
/// </summary>
/// <param name="end">Ends a job with its last event.</param>
internal sealed partial class JobRunner(
    ISpeechSynthesizer synthesizer, IAudioStore audio, TimeProvider clock, TtsOptions options, TtsEventStream events, Action<Job, TtsEvent> end, ILogger logger)
{
    /// <summary>How long an interrupted job may take to notice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Starts the job's clock.</summary>
    public void Begin(Job job) => job.Begin(options.TimeLimit, Grace);

    /// <summary>Speaks a job and sends its audio on to be stored. Never throws.</summary>
    public void Speak(Job job)
    {
        var (id, claim) = (job.Request.ConversionId, job.Request.ClaimId);
        IAudioWriter? writer = null;
        try
        {
            job.Interrupted.ThrowIfCancellationRequested();
            Begin(job);
            job.Activity = SpeechTracing.Speak(job.Request);
            events.Publish(new TtsJobStarted(id, claim, Now()));
            writer = audio.Create(job.Request.AudioKey);
            var (spoken, hash) = Synthesize(job, writer);
            PublishUnlessEnded(job, new TtsJobCompleted(id, claim, Now(), spoken));
            var finished = writer;
            _ = Task.Run(() => StoreAsync(job, finished, hash));
        }
        catch (Exception exception)
        {
            _ = Task.Run(() => EndAsync(job, writer, Outcome(job, exception)));
        }
    }

    /// <summary>The event of a job that is handed back.</summary>
    public TtsEvent Cancelled(Job job) => new TtsJobCancelled(job.Request.ConversionId, job.Request.ClaimId, Now());

    /// <summary>The event that says what an exception means for the task.</summary>
    public TtsEvent Outcome(Job job, Exception exception)
    {
        switch (exception)
        {
            case OperationCanceledException when job.TimeIsUp:
                return Failed($"Speaking this text took longer than {options.TimeLimitSeconds:0.#} seconds and was given up. Retry it, and tell the operator if it fails again.");
            case OperationCanceledException when job.Interrupted.IsCancellationRequested:
                return Cancelled(job);
            case NothingSpeakableException:
                return Failed(exception.Message, mayPass: false);
            case VoiceException:
                return Failed(exception.Message);
            case IOException:
                LogStoreFailed(exception, job.Request.ConversionId);
                return Failed(
                    "The audio could not be written to the store: the disk may be full or the directory not writable. The operator finds the cause in the log; retry the conversion afterwards.",
                    storeFailed: true);
            default:
                LogBug(exception, job.Request.ConversionId);
                return Failed("Speaking this text failed unexpectedly. The operator finds the cause in the log.");
        }

        TtsJobFailed Failed(string message, bool mayPass = true, bool storeFailed = false) =>
            new(job.Request.ConversionId, job.Request.ClaimId, Now(), message, mayPass, storeFailed);
    }

    private (SpokenAudio Spoken, string Hash) Synthesize(Job job, IAudioWriter writer)
    {
        var (id, claim) = (job.Request.ConversionId, job.Request.ClaimId);
        var began = clock.GetTimestamp();
        var request = new SynthesisRequest(job.Request.Text, job.Request.Language, job.Request.Voice, job.Request.SpeakingRate) { Reading = ReadingOptions.FromJson(job.Request.Reading) };
        using var synthesis = SpeechTracing.Part("synthesize", job.Activity);
        var result = synthesizer.Speak(
            request,
            writer.Stream,
            progress => PublishUnlessEnded(job, new TtsJobProgressed(id, claim, Now(), progress.Fraction, progress.SampleRate, progress.Samples)),
            job.Interrupted);
        var spoken = new SpokenAudio(
            result.SampleRate, result.Duration, result.Segments, result.Device, clock.GetElapsedTime(began).TotalSeconds, result.Engine, result.Timings,
            result.Notes);
        synthesis?.AddTag("dictation.device", spoken.Device).AddTag("dictation.segments", spoken.Segments).AddTag("dictation.audio_seconds", spoken.Duration);
        return (spoken, result.AudioHash);
    }

    /// <summary>Drops events of abandoned jobs.</summary>
    private void PublishUnlessEnded(Job job, TtsEvent e)
    {
        if (!job.HasEnded)
        {
            events.Publish(e);
        }
    }

    private async Task StoreAsync(Job job, IAudioWriter writer, string hash)
    {
        TtsEvent outcome;
        using var storing = SpeechTracing.Part("store audio", job.Activity);
        try
        {
            var size = await writer.CommitAsync(job.Interrupted);
            outcome = new TtsJobStored(job.Request.ConversionId, job.Request.ClaimId, Now(), new StoredAudio(job.Request.AudioKey, size, hash));
        }
        catch (Exception exception)
        {
            outcome = Outcome(job, exception);
        }

        storing?.Stop();
        await EndAsync(job, writer, outcome);
    }

    private async Task EndAsync(Job job, IAudioWriter? writer, TtsEvent outcome)
    {
        try
        {
            if (writer is not null)
            {
                await writer.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            LogTemporaryLeft(exception, job.Request.ConversionId);
        }
        finally
        {
            end(job, outcome);
        }
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Error, Message = "The audio of task {ConversionId} could not be stored")]
    private partial void LogStoreFailed(Exception exception, string conversionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Speaking task {ConversionId} threw unexpectedly")]
    private partial void LogBug(Exception exception, string conversionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A temporary file of task {ConversionId} could not be removed; the orphan sweeper removes it later")]
    private partial void LogTemporaryLeft(Exception exception, string conversionId);
}
