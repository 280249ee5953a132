using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>An item's audio.</summary>
/// <param name="SpeakingRate">In steps of 0.05, to which it is rounded; the voice's own pace when left out. Another pace is spoken when it is first asked for.</param>
public sealed record GetItemAudio(double? SpeakingRate = null) : IRequest<AudioDownload>
{
    [JsonIgnore]
    public long Id { get; init; }
}

public sealed class GetItemAudioValidator : AbstractValidator<GetItemAudio>
{
    public GetItemAudioValidator() => RuleFor(q => q.SpeakingRate).SpeakingRate();
}

public sealed class GetItemAudioHandler(
    IItemRepository items, IAudioStore audio, SpeechSubmissions submissions, ItemSpeech speech, TaskFollower follower) : IRequestHandler<GetItemAudio, AudioDownload>
{
    /// <summary>So that the paces that clients can ask for are few.</summary>
    private const double RateStep = 0.05;

    /// <summary>Players do not retry, so wait briefly instead of answering 409.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<AudioDownload> Handle(GetItemAudio request, CancellationToken cancellationToken)
    {
        var rate = Math.Round(Math.Round((request.SpeakingRate ?? 1) / RateStep) * RateStep, 2);
        var item = await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id);
        return rate == 1 ? await OwnAsync(item, cancellationToken) : await AtAsync(item, rate, cancellationToken);
    }

    private async Task<AudioDownload> OwnAsync(Item item, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (item is not { TtsStatus: ItemSpeechStatus.Ready, ConversionId: { } conversionId, AudioHash: { } hash })
            {
                throw item.TtsStatus == ItemSpeechStatus.Failed ? Failed(item.TtsError) : Pending();
            }

            if (await audio.OpenAsync(TtsTask.AudioKeyOf(conversionId), cancellationToken) is { } file)
            {
                return new AudioDownload(file.Content, AudioFormat.Wav, FileName(item), hash, file.ModifiedAt);
            }

            // Perhaps it was spoken again in between.
            item = await items.FindAsync(item.Id, cancellationToken) ?? throw NotFoundException.Item(item.Id);
            if (item.ConversionId == conversionId && item.TtsStatus == ItemSpeechStatus.Ready)
            {
                throw new NotFoundException("audio_missing", "The audio of this item is no longer in the store.", "POST …/audio/refresh speaks it again.");
            }
        }
    }

    private async Task<AudioDownload> AtAsync(Item item, double rate, CancellationToken cancellationToken)
    {
        var submitted = await submissions.SubmitAsync(
            [speech.ContentOf(item.Locale, item.Text, rate)],
            async plan => plan.Added.Count == 0 ? new StoredSpeech(AddOutcome.Added) : await items.AddRenditionAsync(item.Id, plan, cancellationToken),
            cancellationToken);
        if (submitted.Stored.Outcome == AddOutcome.Withdrawn)
        {
            throw NotFoundException.Item(item.Id);
        }

        var task = await follower.WaitAsync(submitted.Submissions[0].Task, Patience, cancellationToken);
        return task switch
        {
            { Status: TtsTaskStatus.Done, AudioHash: { } hash } when await audio.OpenAsync(task.AudioKey, cancellationToken) is { } file =>
                new AudioDownload(file.Content, AudioFormat.Wav, FileName(item), hash, file.ModifiedAt),
            { Status: TtsTaskStatus.Failed } => throw Failed(task.ErrorMessage),
            _ => throw Pending(),
        };
    }

    private static string FileName(Item item) => $"item_{item.Id}.wav";

    private static ConflictException Pending() => new("not_finished", "The item's audio is not ready yet (status: pending).", "Ask again in a moment; GET …/tts-status tells when it is ready.");

    private static ConflictException Failed(string? reason) => new("conversion_failed", "The item could not be spoken; there is no audio (status: failed).", $"{reason} POST …/audio/refresh tries it again.");
}
