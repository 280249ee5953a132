using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>
/// What operators see of the queue and of speaking. Names, units and attributes follow OpenTelemetry's conventions; docs/operations.md lists
/// them. Thread-safe.
/// </summary>
public sealed class SpeechMetrics
{
    /// <summary>The name of the meter and of the trace source.</summary>
    public const string Name = "Dictation";

    private readonly Counter<long> _submissions;
    private readonly Counter<long> _tasks;
    private readonly Counter<long> _tries;
    private readonly Histogram<double> _taskDuration;
    private readonly Histogram<double> _synthesisDuration;
    private readonly Histogram<double> _realTimeFactor;
    private readonly Counter<double> _audio;
    private readonly TimeProvider _clock;
    private QueueState? _queue;

    public SpeechMetrics(IMeterFactory meters, ITtsEngine engine, ClaimedTasks claimed, TimeProvider clock, IOptions<QueueOptions> options)
    {
        _clock = clock;
        var meter = meters.Create(Name);
        _submissions = meter.CreateCounter<long>("dictation.submissions", "{submission}", "Texts accepted, each new or answered with a task that was there already.");
        _tasks = meter.CreateCounter<long>("dictation.tasks", "{task}", "Tasks that ended, by outcome.");
        _tries = meter.CreateCounter<long>("dictation.tries", "{try}", "Tries to speak a text that ended, by outcome.");
        _taskDuration = meter.CreateHistogram("dictation.task.duration", "s", "From the submission of a task to its end.", advice: Seconds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200));
        _synthesisDuration = meter.CreateHistogram("dictation.synthesis.duration", "s", "How long speaking a text took.", advice: Seconds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300));
        _realTimeFactor = meter.CreateHistogram("dictation.synthesis.real_time_factor", "1", "Time of synthesis over time of audio; below 1 is faster than speech.", advice: Seconds(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5));
        _audio = meter.CreateCounter<double>("dictation.synthesis.audio", "s", "How much audio was spoken.");
        meter.CreateObservableGauge("dictation.queue.tasks", ObserveQueue, "{task}", "Unfinished tasks in the database, by state.");
        meter.CreateObservableGauge("dictation.queue.capacity", () => options.Value.Capacity, "{task}", "How many unfinished tasks there may be.");
        meter.CreateObservableGauge("dictation.queue.age", ObserveAge, "s", "How long ago the oldest waiting task was submitted; 0 when none waits.");
        meter.CreateObservableGauge("dictation.engine.jobs", () => claimed.Count, "{job}", "Tasks that this process has claimed.");
        meter.CreateObservableGauge("dictation.engine.workers", () => ObserveWorkers(engine.Status), "{thread}", "Threads that speak, and threads that a text has hung.");
    }

    /// <param name="deduplicated">Whether a task with the same content was there already.</param>
    public void Submitted(bool deduplicated) => _submissions.Add(1, KeyValuePair.Create("dictation.deduplicated", (object?)deduplicated));

    /// <summary>A task ended, and that is stored.</summary>
    public void Ended(TtsTask task)
    {
        var outcome = KeyValuePair.Create("dictation.outcome", (object?)(task.Status == TtsTaskStatus.Done ? "done" : "failed"));
        _tasks.Add(1, outcome);

        // The audio is stored a moment after the synthesis. A client waits for that moment too.
        _taskDuration.Record(Math.Max(0, (_clock.GetUtcNow().UtcDateTime - task.SubmittedAt).TotalSeconds), outcome);
    }

    /// <summary>The text of a task was spoken.</summary>
    public void Spoken(TtsTask task)
    {
        if (task is not { SynthesisSeconds: { } seconds, Duration: > 0 and { } duration })
        {
            return;
        }

        var tags = new TagList
        {
            { "dictation.voice", task.Voice },
            { "dictation.device", task.Device },
            { "dictation.engine", (task.Engine ?? VoiceEngine.Neural).WireName() },
        };
        _synthesisDuration.Record(seconds, tags);
        _realTimeFactor.Record(seconds / duration, tags);
        _audio.Add(duration, tags);
    }

    /// <summary>A try ended.</summary>
    public void TryEnded(TtsEvent end) => _tries.Add(1, KeyValuePair.Create("dictation.outcome", (object?)(end switch
    {
        TtsJobStored => "stored",
        TtsJobFailed { StoreFailed: true } => "store_failed",
        TtsJobFailed => "failed",
        _ => "cancelled",
    })));

    /// <param name="queue">The depth in the database; null when the database does not answer, because an old figure would mislead.</param>
    public void QueueSeen(QueueState? queue) => Volatile.Write(ref _queue, queue);

    private static InstrumentAdvice<double> Seconds(params double[] boundaries) => new() { HistogramBucketBoundaries = boundaries };

    private IEnumerable<Measurement<int>> ObserveQueue() => Volatile.Read(ref _queue) is not { } queue ? [] :
    [
        new(queue.Waiting, KeyValuePair.Create("dictation.state", (object?)"waiting")),
        new(queue.Claimed, KeyValuePair.Create("dictation.state", (object?)"claimed")),
    ];

    private IEnumerable<Measurement<double>> ObserveAge() => Volatile.Read(ref _queue) is not { } queue ? [] :
        [new(queue.OldestSubmittedAt is { } oldest ? Math.Max(0, (_clock.GetUtcNow().UtcDateTime - oldest).TotalSeconds) : 0)];

    private static IEnumerable<Measurement<int>> ObserveWorkers(TtsEngineStatus status) =>
    [
        new(status.Workers, KeyValuePair.Create("dictation.state", (object?)"speaking")),
        new(status.Hung, KeyValuePair.Create("dictation.state", (object?)"hung")),
    ];
}
