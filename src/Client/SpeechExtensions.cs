using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Dictation.Client;

/// <summary>From a text to its audio in one call, and the steps between.</summary>
public static class SpeechExtensions
{
    private const int LongestWait = 30;

    /// <summary>Submits a text, waits until it is spoken and opens the audio.</summary>
    /// <param name="client">The client.</param>
    /// <param name="text">1..10,000 characters, not blank.</param>
    /// <param name="progress">Is told the fraction spoken, 0..1.</param>
    /// <param name="cancellationToken">Ends the waiting; the service goes on.</param>
    /// <returns>The audio, a WAV file. Dispose it.</returns>
    /// <exception cref="DictationException">The service refused the text or the download.</exception>
    /// <exception cref="SpeechFailedException">The text could not be spoken.</exception>
    public static Task<FileResponse> SpeakAsync(this IDictationClient client, string text, IProgress<double>? progress = null, CancellationToken cancellationToken = default) =>
        client.SpeakAsync(new ConvertText { Text = text }, progress, cancellationToken);

    /// <inheritdoc cref="SpeakAsync(IDictationClient, string, IProgress{double}?, CancellationToken)"/>
    /// <param name="client">The client.</param>
    /// <param name="request">The text and how it is to be spoken.</param>
    /// <param name="progress">Is told the fraction spoken, 0..1.</param>
    /// <param name="cancellationToken">Ends the waiting; the service goes on.</param>
    public static async Task<FileResponse> SpeakAsync(
        this IDictationClient client, ConvertText request, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var submitted = await client.ConvertTextAsync(request, cancellationToken).ConfigureAwait(false);
        await client.WaitUntilDoneAsync(submitted.ConversionId, progress, cancellationToken).ConfigureAwait(false);
        return await client.DownloadAudioAsync(submitted.ConversionId, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits until a task is done, however long that takes and also when the service is started again meanwhile.</summary>
    /// <param name="client">The client.</param>
    /// <param name="conversionId">The task.</param>
    /// <param name="progress">Is told the fraction spoken, 0..1, never less than before; 1 at the end.</param>
    /// <param name="cancellationToken">Ends the waiting; the service goes on.</param>
    /// <returns>The task as it is when it is done.</returns>
    /// <exception cref="DictationException">There is no such task, or it was deleted.</exception>
    /// <exception cref="SpeechFailedException">The text could not be spoken.</exception>
    public static async Task<TtsTask> WaitUntilDoneAsync(
        this IDictationClient client, string conversionId, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var told = -1.0;
        if (progress is not null)
        {
            await FollowProgressAsync().ConfigureAwait(false);
        }

        while (true)
        {
            var task = await client.GetTaskAsync(conversionId, LongestWait, cancellationToken).ConfigureAwait(false);
            switch (task.Status)
            {
                case TtsTaskStatus.Done:
                    Tell(1);
                    return task;
                case TtsTaskStatus.Failed:
                    throw new SpeechFailedException(task);
            }
        }

        async Task FollowProgressAsync()
        {
            try
            {
                await foreach (var step in client.FollowAsync(conversionId, cancellationToken).ConfigureAwait(false))
                {
                    Tell(step.Progress ?? 0);
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                // The stream broke, as it does when the service is started again: the task itself is the truth, and it is asked next.
            }
        }

        void Tell(double fraction)
        {
            if (fraction > told)
            {
                told = fraction;
                progress?.Report(fraction);
            }
        }
    }

    /// <summary>The steps of a task's life as they happen, beginning with those that lie behind it, to its end.</summary>
    /// <param name="client">The client.</param>
    /// <param name="conversionId">The task.</param>
    /// <param name="cancellationToken">Ends the listening.</param>
    /// <returns>Each step once. The stream may end early when the service stops: the last step tells.</returns>
    /// <exception cref="DictationException">There is no such task.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async IAsyncEnumerable<TaskStep> FollowAsync(
        this IDictationClient client, string conversionId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var events = await client.FollowTaskAsync(conversionId, cancellationToken).ConfigureAwait(false);
        await foreach (var item in SseParser.Create(events.Stream, (_, data) => JsonSerializer.Deserialize<TaskStep>(data)!).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return item.Data;
        }
    }
}

/// <summary>A text could not be spoken. It was not lost: the task can be looked at and retried.</summary>
/// <param name="task">The task as it failed.</param>
public sealed class SpeechFailedException(TtsTask task) : Exception($"The conversion {task.ConversionId} failed: {task.ErrorMessage}")
{
    /// <summary>The task as it failed.</summary>
    public TtsTask Task { get; } = task;
}
