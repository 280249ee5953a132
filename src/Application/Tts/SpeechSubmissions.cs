using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <param name="Task">The task that speaks the text: a new one, or the live one with the same content.</param>
/// <param name="Deduplicated">Whether it was there already.</param>
public sealed record Submission(TtsTask Task, bool Deduplicated);

/// <summary>Accepts texts: one live task a content, whoever asks and however many at once; all of a request or none of it.</summary>
public sealed class SpeechSubmissions(
    ITtsTaskRepository tasks,
    ITtsEngine engine,
    IAudioStore audio,
    IVoiceCatalog voices,
    ConversionIds ids,
    TaskFeed feed,
    DispatchSignal signal,
    TimeProvider clock,
    IOptions<QueueOptions> options)
{
    /// <returns>One submission a text, in the order of the texts; equal texts share one.</returns>
    /// <exception cref="RequestInvalidException">There is no such voice, or none for the language.</exception>
    /// <exception cref="TtsServiceException">The engine is not running.</exception>
    /// <exception cref="QueueFullException">There is no room for all of the texts.</exception>
    public async Task<IReadOnlyList<Submission>> SubmitAsync(IReadOnlyList<string> texts, ISpeechOptions speech, CancellationToken cancellationToken)
    {
        if (engine.Status.State != TtsEngineState.Running)
        {
            throw new TtsServiceException("The speech engine is not running; nothing was stored.", "Send the request again when GET /health reports the engine as healthy.");
        }

        var voice = ChooseVoice(speech);
        var contents = texts.Select(text => new SpeechContent(text, voice.Language, voice.Name, voice.ModelHash, speech.SpeakingRate ?? 1.0)).ToList();
        var keys = contents.ConvertAll(c => c.Key());

        // Each round either answers or lost a race to a task that the next round finds. A round is lost only when another submission
        // stored, or a task of that content ended or went, between our look and our write.
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = new Dictionary<string, Submission>(StringComparer.Ordinal);
            foreach (var task in await tasks.FindLiveByKeysAsync(keys.Distinct().ToList(), cancellationToken))
            {
                known[task.ContentKey] = new Submission(await WithAudioAsync(task, cancellationToken), Deduplicated: true);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var added = new List<TtsTask>();
            var results = new List<Submission>(texts.Count);
            for (var i = 0; i < contents.Count; i++)
            {
                if (known.TryGetValue(keys[i], out var submission))
                {
                    results.Add(submission);
                    continue;
                }

                var task = TtsTask.Submit(ids.Next(), contents[i], speech.CustomFilename, now);
                added.Add(task);
                known[keys[i]] = new Submission(task, Deduplicated: true);
                results.Add(new Submission(task, Deduplicated: false));
            }

            if (added.Count == 0)
            {
                return results;
            }

            switch (await tasks.AddAsync(added, options.Value.Capacity, cancellationToken))
            {
                case AddOutcome.Added:
                    foreach (var task in added)
                    {
                        feed.Publish(TaskStep.Queued(task));
                    }

                    signal.Set();
                    return results;
                case AddOutcome.QueueFull:
                    throw new QueueFullException(options.Value.Capacity);
                case AddOutcome.KeyTaken:
                    break;
            }
        }
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

    private Voice ChooseVoice(ISpeechOptions speech)
    {
        if (speech.Voice is not null)
        {
            var voice = voices.Find(speech.Voice) ?? throw new RequestInvalidException(
                "voice", $"There is no such voice. The voices are: {string.Join(", ", voices.Voices.Select(v => v.Name))}.", "voice_unknown");
            return speech.Language is null || voices.FindByLanguage(speech.Language)?.Language == voice.Language
                ? voice
                : throw new RequestInvalidException("language", $"The voice '{voice.Name}' speaks '{voice.Language}'. Leave 'language' out, or name that one.", "language_mismatch");
        }

        return speech.Language is null
            ? voices.DefaultVoice
            : voices.FindByLanguage(speech.Language) ?? throw new RequestInvalidException(
                "language", $"No voice speaks this language. The languages are: {string.Join(", ", voices.Voices.Select(v => v.Language).Distinct())}.", "language_unsupported");
    }
}
