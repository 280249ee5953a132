using System.Globalization;
using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Domain;
using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>The audio of a task that is done, or a part of it.</summary>
/// <param name="Segment">One sentence alone: its number in the timings.</param>
/// <param name="From">Seconds: from the silence nearest to there.</param>
/// <param name="To">Seconds: up to the silence nearest to there.</param>
/// <param name="Format">How the audio is encoded.</param>
public sealed record DownloadAudio(int? Segment = null, double? From = null, double? To = null, AudioFormat Format = AudioFormat.Wav) : IRequest<AudioDownload>
{
    [JsonIgnore]
    public string ConversionId { get; init; } = "";
}

public sealed class DownloadAudioValidator : AbstractValidator<DownloadAudio>
{
    private const double MinSeconds = 0.001, MaxSeconds = 24 * 60 * 60;

    public DownloadAudioValidator()
    {
        RuleFor(q => q.Segment).Range(1, TtsTask.MaxTextLength);
        RuleFor(q => q.Segment).Must((q, _) => q is { Segment: null } or { From: null, To: null })
            .WithErrorCode("range").WithMessage("Send either 'segment' or 'from' and 'to'.");
        RuleFor(q => q.From).Range(0, MaxSeconds);
        RuleFor(q => q.To).Range(MinSeconds, MaxSeconds);
        RuleFor(q => q.To).Must((q, to) => !(to <= (q.From ?? 0))).WithErrorCode("range").WithMessage("'to' must be more than 'from'.");
    }
}

/// <param name="Content">WAV, seekable; the receiver disposes it.</param>
/// <param name="Format">What the receiver is to be sent.</param>
/// <param name="FileName">Ends as the format's files do.</param>
/// <param name="ETag">A strong validator's value, without quotes: it changes when the bytes do.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record AudioDownload(Stream Content, AudioFormat Format, string FileName, string ETag, DateTime ModifiedAt);

public sealed class DownloadAudioHandler(ITtsTaskStore tasks, IAudioStore audio, IAudioCutter cutter, IAudioEncoder encoder) : IRequestHandler<DownloadAudio, AudioDownload>
{
    public async Task<AudioDownload> Handle(DownloadAudio request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        if (task is not { Status: TtsTaskStatus.Done, OutputFilePath: { } key, AudioHash: { } hash, Duration: { } duration })
        {
            throw NotThere(task);
        }

        encoder.Require(request.Format);
        var part = await PartAsync(request, task.ConversionId, duration, cancellationToken);
        var file = await audio.OpenAsync(key, cancellationToken) ?? throw new NotFoundException(
            "audio_missing", "The audio of this conversion is no longer in the store.", "Submit the text again: it is spoken again under the same id.");
        var name = task.CustomFilename ?? $"tts_{task.ConversionId}";
        if (part is not { } span)
        {
            return new AudioDownload(file.Content, request.Format, FileName(name, request.Format), ETag(hash, request.Format), file.ModifiedAt);
        }

        var ofPart = string.Create(CultureInfo.InvariantCulture, $"{hash}-{span.Start:0.###}-{span.End:0.###}");
        return new AudioDownload(cutter.Cut(file.Content, span), request.Format, FileName(name, request.Format), ETag(ofPart, request.Format), file.ModifiedAt);
    }

    /// <summary>Why a task has no audio that could be downloaded.</summary>
    internal static ConflictException NotThere(TtsTask task) => task.Status == TtsTaskStatus.Failed
        ? new ConflictException("conversion_failed", "The conversion failed; there is no audio (status: failed).", $"{task.ErrorMessage} POST …/retry tries it again.")
        : new ConflictException(
            "not_finished", $"The conversion is not finished yet (status: {task.Status.WireName()}).", "GET the conversion with ?wait=30 to be answered when it is.");

    /// <summary>A name with the ending of the format, unless it has it already.</summary>
    internal static string FileName(string name, AudioFormat format)
    {
        var ending = format.FileEnding();
        return name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? name : name + ending;
    }

    /// <summary>Of the same audio in another format.</summary>
    internal static string ETag(string hash, AudioFormat format) => format == AudioFormat.Wav ? hash : $"{hash}-{format.WireName()}";

    private async Task<AudioSpan?> PartAsync(DownloadAudio request, string conversionId, double duration, CancellationToken cancellationToken)
    {
        if (request.Segment is { } segment)
        {
            var timings = await tasks.FindTimingsAsync(conversionId, cancellationToken) ?? throw NotFoundException.Timings();
            if (segment > timings.Sentences.Count)
            {
                throw new RequestInvalidException("segment", $"The text has {timings.Sentences.Count} sentences; GET …/timings lists them.", "range");
            }

            // To the middle of the silence on either side; the first and the last as far as the audio goes.
            var sentences = timings.Sentences;
            return new AudioSpan(
                segment == 1 ? 0 : (sentences[segment - 2].End + sentences[segment - 1].Start) / 2,
                segment == sentences.Count ? duration : (sentences[segment - 1].End + sentences[segment].Start) / 2);
        }

        if (request is { From: null, To: null })
        {
            return null;
        }

        return request.From is { } from && from >= duration
            ? throw new RequestInvalidException("from", string.Create(CultureInfo.InvariantCulture, $"The audio lasts {duration:0.###} seconds; 'from' must be less."), "range")
            : new AudioSpan(request.From ?? 0, Math.Min(request.To ?? duration, duration));
    }
}
