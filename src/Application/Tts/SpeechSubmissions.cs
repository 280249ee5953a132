using System.Diagnostics;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Speech.Reading;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>Contents that were accepted.</summary>
/// <param name="Submissions">One per content, in input order.</param>
/// <param name="Stored">The result of the transaction that stored them; <see cref="AddOutcome.Added"/> or <see cref="AddOutcome.Withdrawn"/>.</param>
public sealed record Submitted<TStored>(IReadOnlyList<Submission> Submissions, TStored Stored)
    where TStored : StoredSpeech;

/// <summary>Accepts texts: one live task per content, for any number of concurrent callers; all of a request or none of it.</summary>
public sealed class SpeechSubmissions(
    ITtsTaskStore tasks,
    ITtsEngine engine,
    IAudioStore audio,
    IVoiceCatalog voices,
    SpeechReadings readings,
    ConversionIds ids,
    TaskEventBroadcaster broadcaster,
    DispatchSignal signal,
    SpeechMetrics metrics,
    TimeProvider clock,
    IOptions<QueueOptions> options)
{
    /// <summary>Accepts a client's texts.</summary>
    /// <returns>One submission per text, in input order; equal texts share one.</returns>
    /// <exception cref="RequestInvalidException">There is no such voice, none for the language, or it takes no phonemes.</exception>
    /// <exception cref="TtsServiceException">The engine is not running.</exception>
    /// <exception cref="QueueFullException">There is no room for all of the texts.</exception>
    public async Task<IReadOnlyList<Submission>> SubmitAsync(IReadOnlyList<string> texts, ISpeechOptions speech, CancellationToken cancellationToken)
    {
        var voice = voices.Choose(speech.Voice, speech.Language);
        var contents = texts.Select(text => new SpeechContent(text, voice.Language, voice.Name, voice.ModelHash, speech.SpeakingRate ?? 1.0) { VoiceRegion = voice.RegionBeside(speech.Language) }).ToList();
        var submitted = await SubmitAsync(
            contents,
            async plan => new StoredSpeech(
                plan.Added.Count == 0 && plan.Reused.All(t => t.HeldByClient) ? AddOutcome.Added : await tasks.AddAsync(plan, cancellationToken)),
            cancellationToken,
            speech.CustomFilename,
            heldByClient: true,
            reading: SpeechReadings.Requested(speech, voice));
        return submitted.Submissions;
    }

    /// <summary>Accepts contents; the caller stores them.</summary>
    /// <param name="store">
    /// Stores the plan, and what asks for it, in one transaction. It runs again with a new plan after a lost race; the last result is returned.
    /// </param>
    /// <param name="again">Whether a done task is replaced by a new one; a task under way is reused.</param>
    /// <param name="reading">How the client wants the texts read; the stored lexicon of the language is added.</param>
    /// <exception cref="TtsServiceException">The engine is not running.</exception>
    /// <exception cref="QueueFullException">There is no room for all of the contents.</exception>
    public async Task<Submitted<TStored>> SubmitAsync<TStored>(
        IReadOnlyList<SpeechContent> contents,
        Func<SpeechPlan, Task<TStored>> store,
        CancellationToken cancellationToken,
        string? customFilename = null,
        bool heldByClient = false,
        bool again = false,
        ReadingOptions? reading = null)
        where TStored : StoredSpeech
    {
        if (engine.Status.State != TtsEngineState.Running)
        {
            throw new TtsServiceException("The speech engine is not running; nothing was stored.", "Send the request again when GET /health reports the engine as healthy.");
        }

        using var activity = SpeechTracing.Submit();
        var read = await readings.ResolveAsync(contents, reading ?? ReadingOptions.Default, cancellationToken);

        // Each round either answers or lost a race to a task that the next round finds. A round is lost only when another submission
        // stored, or a task of that content ended or went, between our look and our write.
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var plan = await PlanAsync(read, customFilename, heldByClient, again, cancellationToken);
            var stored = await store(plan);
            switch (stored.Outcome)
            {
                case AddOutcome.Added:
                    Announce(plan, activity);
                    return new Submitted<TStored>(plan.Submissions, stored);
                case AddOutcome.Withdrawn:
                    return new Submitted<TStored>(plan.Submissions, stored);
                case AddOutcome.QueueFull:
                    throw new QueueFullException(options.Value.Capacity);
                case AddOutcome.Overtaken:
                    break;
            }
        }
    }

    private void Announce(SpeechPlan plan, Activity? activity)
    {
        foreach (var task in plan.Added)
        {
            broadcaster.Publish(TaskStep.Queued(task));
        }

        if (plan.Added.Count > 0)
        {
            signal.Set();
        }

        foreach (var submission in plan.Submissions)
        {
            metrics.Submitted(submission.Deduplicated);
            activity.TagSubmission(submission);
        }
    }

    private async Task<SpeechPlan> PlanAsync(IReadOnlyList<SpeechContent> contents, string? customFilename, bool heldByClient, bool again, CancellationToken cancellationToken)
    {
        var keys = contents.Select(c => c.Key()).ToList();
        var known = new Dictionary<string, Submission>(StringComparer.Ordinal);
        var reused = new List<TtsTask>();
        var superseded = new List<string>();
        foreach (var task in await tasks.FindLiveByKeysAsync(keys.Distinct().ToList(), cancellationToken))
        {
            if (again && task.Status == TtsTaskStatus.Done)
            {
                superseded.Add(task.ConversionId);
                continue;
            }

            var submission = new Submission(await WithAudioAsync(task, cancellationToken), Deduplicated: true);
            known[task.ContentKey] = submission;
            reused.Add(submission.Task);
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var added = new List<TtsTask>();
        var submissions = new List<Submission>(contents.Count);
        foreach (var (content, key) in contents.Zip(keys))
        {
            if (known.TryGetValue(key, out var submission))
            {
                submissions.Add(submission);
                continue;
            }

            var task = TtsTask.Submit(ids.Next(), content, customFilename, now, heldByClient, SpeechTracing.Context);
            added.Add(task);
            known[key] = new Submission(task, Deduplicated: true);
            submissions.Add(new Submission(task, Deduplicated: false));
        }

        return new SpeechPlan(submissions, added, reused, superseded, options.Value.Capacity);
    }

    /// <summary>A done task whose file has vanished is spoken again under its id, so that a repeat never returns a dead address.</summary>
    private async Task<TtsTask> WithAudioAsync(TtsTask task, CancellationToken cancellationToken)
    {
        if (task.Status != TtsTaskStatus.Done || await audio.ExistsAsync(task.AudioKey, cancellationToken))
        {
            return task;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        if (await tasks.ChangeAsync(task.ConversionId, t => t.SpeakAgain(now), cancellationToken) == ChangeOutcome.Changed)
        {
            signal.Set();
        }

        return await tasks.FindAsync(task.ConversionId, cancellationToken) ?? task;
    }
}
