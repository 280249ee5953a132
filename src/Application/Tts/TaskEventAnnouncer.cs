using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging;

namespace Dictation.Application.Tts;

/// <summary>Tells everybody in this process what the <see cref="TaskEventRecorder"/> has stored: listeners, metrics, the circuit breaker and the dispatcher.</summary>
public sealed partial class TaskEventAnnouncer(
    TaskEventBroadcaster broadcaster, SpeechMetrics metrics, AudioStoreCircuitBreaker breaker, ClaimedTasks claimed, DispatchSignal signal, ILogger<TaskEventAnnouncer> logger)
{
    /// <summary>A task was stored changed.</summary>
    /// <param name="before">Its status before the change.</param>
    public void Changed(TtsTask task, TtsTaskStatus before)
    {
        foreach (var step in TaskStep.From(task, before))
        {
            broadcaster.Publish(step);
        }

        if (task.Status >= TtsTaskStatus.Completed && before < TtsTaskStatus.Completed)
        {
            metrics.Spoken(task);
        }

        if (task.IsTerminal && !before.IsTerminal())
        {
            metrics.Ended(task);
        }
    }

    /// <summary>An event was stored, with everything before it.</summary>
    public void Recorded(TtsEvent e)
    {
        switch (e)
        {
            case TtsJobProgressed progress:
                broadcaster.Publish(new TaskStep(e.ConversionId, TtsTaskStatus.Processing, e.At, progress.Fraction));
                return;
            case TtsJobStored:
                breaker.Close();
                break;
            case TtsJobFailed failed:
                if (failed.StoreFailed)
                {
                    breaker.RecordFailure();
                }

                LogJobFailed(e.ConversionId, failed.Message, failed.MayPass);
                break;
            case TtsJobCancelled:
                break;
            default:
                return;
        }

        metrics.TryEnded(e);
        claimed.Remove(e.ConversionId, e.ClaimId);
        signal.Set();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Task {ConversionId} could not be spoken: {Reason} (another try may help: {MayPass})")]
    private partial void LogJobFailed(string conversionId, string reason, bool mayPass);
}
