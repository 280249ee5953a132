using System.Diagnostics;
using Dictation.Application.Abstractions;

namespace Dictation.Application.Tts;

/// <summary>
/// One trace from the request through the queue to the stored file: the row of a task carries the context of the span that submitted it, so
/// that the trace goes on in another process and after a restart. Costs nothing while nobody listens.
/// </summary>
public static class SpeechTracing
{
    public static readonly ActivitySource Source = new(SpeechMetrics.Name);

    /// <summary>The span of accepting texts; the queue's spans hang from it.</summary>
    public static Activity? Submit() => Source.StartActivity("submit speech", ActivityKind.Producer);

    /// <summary>
    /// The span of one try to speak a task, beneath the one that submitted it, and beside it, over and done, that of its time in the queue. It
    /// begins and ends on different threads and is nobody's current one.
    /// </summary>
    public static Activity? Speak(TtsJob job)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        // A try whose task came without a trace begins one of its own.
        if (ActivityContext.TryParse(job.TraceParent, null, isRemote: true, out var parent))
        {
            Source.StartActivity("wait in queue", ActivityKind.Internal, parent, startTime: job.SubmittedAt)?.Dispose();
        }

        Activity.Current = null;
        var activity = Source.StartActivity("speak", ActivityKind.Consumer, parent)
            ?.AddTag("dictation.conversion_id", job.ConversionId).AddTag("dictation.voice", job.Voice).AddTag("dictation.characters", job.Text.Length);
        Activity.Current = null;
        return activity;
    }

    /// <summary>A part of the work of a span.</summary>
    public static Activity? Part(string name, Activity? whole) => whole is null ? null : Source.StartActivity(name, ActivityKind.Internal, whole.Context);

    /// <summary>Ends the span of a try as the try ended.</summary>
    public static void End(this Activity? activity, TtsEvent outcome)
    {
        if (outcome is TtsJobFailed failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failed.Message);
        }
        else if (outcome is TtsJobCancelled)
        {
            activity?.AddTag("dictation.cancelled", true);
        }

        activity?.Dispose();
    }

    /// <summary>Records the task of a text. A task that existed already has its own trace, to which this one is linked.</summary>
    public static void TagSubmission(this Activity? activity, Submission submission)
    {
        if (activity is null)
        {
            return;
        }

        activity.AddTag("dictation.conversion_id", submission.Task.ConversionId).AddTag("dictation.deduplicated", submission.Deduplicated);
        if (submission.Deduplicated && ActivityContext.TryParse(submission.Task.TraceParent, null, isRemote: true, out var other) && other.TraceId != activity.TraceId)
        {
            activity.AddLink(new ActivityLink(other));
        }
    }

    /// <summary>The current span's context in the format of W3C Trace Context, for the process that continues its work; null where no trace is under way.</summary>
    public static string? Context => Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;
}
