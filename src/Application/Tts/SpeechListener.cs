using System.Buffers;
using System.Runtime.CompilerServices;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;

namespace Dictation.Application.Tts;

/// <summary>Listens along while a task is spoken by this process; what another process speaks is heard once it is whole.</summary>
public sealed class SpeechListener(ITtsEngine engine, IAudioStore audio, TaskFollower follower)
{
    private const int HeaderLength = 44;
    private const int BytesPerSample = 2;
    private const int ChunkLength = 1 << 15;

    // Each event holds the progress so far, so only the last of many counts.
    private const int Backlog = 256;

    /// <summary>The audio of a task from its beginning: 16-bit PCM, little-endian, each piece valid until the next is asked for.</summary>
    /// <param name="submit">Submits the text; listening begins before, so that nothing is missed.</param>
    /// <exception cref="ConflictException">Speaking failed, or the task was deleted.</exception>
    /// <exception cref="TtsServiceException">The service stops.</exception>
    public async IAsyncEnumerable<SpeechPiece> ListenAsync(Func<Task<TtsTask>> submit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var events = engine.Subscribe(Backlog);
        var task = await submit();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = follower.WaitAsync(task, Timeout.InfiniteTimeSpan, leaving.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            long offset = HeaderLength;
            var more = events.Reader.WaitToReadAsync(leaving.Token).AsTask();
            while (!ended.IsCompleted && (await Task.WhenAny(ended, more) == ended || await more))
            {
                while (events.Reader.TryRead(out var e))
                {
                    if (e is not TtsJobProgressed progress || e.ConversionId != task.ConversionId)
                    {
                        continue;
                    }

                    var available = HeaderLength + progress.Samples * BytesPerSample;
                    for (int read; offset < available && (read = audio.ReadUnfinished(task.AudioKey, offset, buffer.AsSpan(0, (int)Math.Min(ChunkLength, available - offset)))) > 0; offset += read)
                    {
                        yield return new SpeechPiece(task.ConversionId, progress.SampleRate, buffer.AsMemory(0, read));
                    }
                }

                if (more.IsCompleted)
                {
                    more = events.Reader.WaitToReadAsync(leaving.Token).AsTask();
                }
            }

            var (file, sampleRate) = await OpenAsync(await ended, cancellationToken);
            await using (file)
            {
                file.Position = offset;
                for (int read; (read = await file.ReadAsync(buffer.AsMemory(0, ChunkLength), cancellationToken)) > 0;)
                {
                    yield return new SpeechPiece(task.ConversionId, sampleRate, buffer.AsMemory(0, read));
                }
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<(Stream File, int SampleRate)> OpenAsync(TtsTask? task, CancellationToken cancellationToken)
    {
        if (task is null)
        {
            throw new ConflictException("conversion_deleted", "The conversion was deleted while it was spoken.", "Send the text again.");
        }

        if (task is { Status: TtsTaskStatus.Done, OutputFilePath: { } key, SamplingRate: { } sampleRate })
        {
            var file = await audio.OpenAsync(key, cancellationToken) ?? throw new ConflictException(
                "audio_missing", "The audio of this conversion is no longer in the store.", "Send the text again: it is spoken again.");
            return (file.Content, sampleRate);
        }

        throw task.Status == TtsTaskStatus.Failed
            ? new ConflictException("conversion_failed", "The text could not be spoken.", task.ErrorMessage)
            : new TtsServiceException("The service stops; the text is stored and will be spoken.", "Send the request again in a moment: what is spoken by then is not spoken twice.");
    }
}

/// <param name="SampleRate">Hertz.</param>
/// <param name="Pcm">16-bit mono samples, little-endian; whole ones.</param>
public sealed record SpeechPiece(string ConversionId, int SampleRate, ReadOnlyMemory<byte> Pcm);
