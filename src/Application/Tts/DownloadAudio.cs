using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>The audio of a task that is done.</summary>
public sealed record DownloadAudio(string ConversionId) : IRequest<AudioDownload>;

/// <param name="Content">Seekable; the receiver disposes it.</param>
/// <param name="FileName">Ends in <c>.wav</c>.</param>
/// <param name="ETag">A strong validator's value, without quotes: it changes when, and only when, the bytes do.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record AudioDownload(Stream Content, string FileName, string ETag, DateTime ModifiedAt);

public sealed class DownloadAudioHandler(ITtsTaskRepository tasks, IAudioStore audio) : IRequestHandler<DownloadAudio, AudioDownload>
{
    public async Task<AudioDownload> Handle(DownloadAudio request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        if (task is not { Status: TtsTaskStatus.Done, OutputFilePath: { } key, AudioHash: { } hash })
        {
            throw task.Status == TtsTaskStatus.Failed
                ? new ConflictException("conversion_failed", "The conversion failed; there is no audio (status: failed).", $"{task.ErrorMessage} POST …/retry tries it again.")
                : new ConflictException(
                    "not_finished", $"The conversion is not finished yet (status: {task.Status.ToString().ToLowerInvariant()}).", "GET the conversion with ?wait=30 to be answered when it is.");
        }

        var file = await audio.OpenAsync(key, cancellationToken) ?? throw new NotFoundException(
            "audio_missing", "The audio of this conversion is no longer in the store.", "Submit the text again: it is spoken anew under the same id.");
        return new AudioDownload(file.Content, FileName(task), hash, file.ModifiedAt);
    }

    private static string FileName(TtsTask task)
    {
        var name = task.CustomFilename ?? $"tts_{task.ConversionId}";
        return name.EndsWith(".wav", StringComparison.OrdinalIgnoreCase) ? name : name + ".wav";
    }
}
