using System.ComponentModel;
using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Attempts;

/// <summary>A learner's text, with the circumstances.</summary>
public interface IWrittenAttempt
{
    string? Transcription { get; }

    /// <summary>Another name for <see cref="Transcription"/>, which wins.</summary>
    string? Text { get; }

    string? UserId { get; }

    string? AudioUrl { get; }

    ScoringProfile? Profile { get; }

    int? Replays { get; }

    /// <summary>Milliseconds.</summary>
    long? DurationMs { get; }

    /// <summary>Null when neither was given.</summary>
    string? Written => Transcription ?? Text;
}

/// <summary>Score and store what a learner wrote.</summary>
/// <param name="ItemId">The item that was practised.</param>
/// <param name="Transcription">The text that the learner wrote; an empty one is an attempt too.</param>
/// <param name="Text">Another name for 'transcription', which wins.</param>
/// <param name="UserId">The learner. Attempts without one count as one learner's.</param>
/// <param name="AudioUrl">Address of the audio that was heard.</param>
/// <param name="Profile">How strictly slips count.</param>
/// <param name="Replays">How often the learner listened again.</param>
/// <param name="DurationMs">Milliseconds of practice.</param>
public sealed record AddAttempt(
    long? ItemId,
    string? Transcription = null,
    string? Text = null,
    string? UserId = null,
    string? AudioUrl = null,
    [property: DefaultValue(ScoringProfile.Standard)] ScoringProfile? Profile = null,
    int? Replays = null,
    long? DurationMs = null) : IRequest<AttemptResponse>, IWrittenAttempt;

/// <summary>Score and store what a learner wrote on an item.</summary>
/// <param name="Transcription">The text that the learner wrote; an empty one is an attempt too.</param>
/// <param name="Text">Another name for 'transcription', which wins.</param>
/// <param name="UserId">The learner. Attempts without one count as one learner's.</param>
/// <param name="AudioUrl">Address of the audio that was heard.</param>
/// <param name="Profile">How strictly slips count.</param>
/// <param name="Replays">How often the learner listened again.</param>
/// <param name="DurationMs">Milliseconds of practice.</param>
public sealed record AddItemAttempt(
    string? Transcription = null,
    string? Text = null,
    string? UserId = null,
    string? AudioUrl = null,
    [property: DefaultValue(ScoringProfile.Standard)] ScoringProfile? Profile = null,
    int? Replays = null,
    long? DurationMs = null) : IRequest<AttemptResponse>, IWrittenAttempt
{
    [JsonIgnore]
    public long Id { get; init; }
}

/// <summary>The rules for <see cref="IWrittenAttempt"/>.</summary>
public sealed class WrittenAttemptValidator : AbstractValidator<IWrittenAttempt>
{
    private const int MaxReplays = 100_000;
    private const long MaxDurationMs = 24 * 60 * 60 * 1000;

    public WrittenAttemptValidator()
    {
        RuleFor(c => c.Transcription).Must((c, _) => c.Written is not null).WithErrorCode("required").WithMessage("'transcription' is required; it may be empty.");
        RuleFor(c => c.Transcription).RuneLength(0, Attempt.MaxTranscriptionLength);
        RuleFor(c => c.Text).RuneLength(0, Attempt.MaxTranscriptionLength);
        RuleFor(c => c.UserId).UserId();
        RuleFor(c => c.AudioUrl).RuneLength(1, Attempt.MaxAudioUrlLength)
            .Must(u => u is null || u.StartsWith('/') || (Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            .WithErrorCode("url").WithMessage("'audio_url' must be an http or https address, or a path that begins with '/'.");
        RuleFor(c => c.Replays).Range(0, MaxReplays, $"'replays' must be 0 to {MaxReplays}.");
        RuleFor(c => c.DurationMs).Range(0, MaxDurationMs, $"'duration_ms' must be 0 to {MaxDurationMs}, a day.");
    }
}

public sealed class AddAttemptValidator : AbstractValidator<AddAttempt>
{
    public AddAttemptValidator()
    {
        RuleFor(c => c.ItemId).Required();
        Include(new WrittenAttemptValidator());
    }
}

public sealed class AddItemAttemptValidator : AbstractValidator<AddItemAttempt>
{
    public AddItemAttemptValidator() => Include(new WrittenAttemptValidator());
}

public sealed class AddAttemptHandler(
    IItemRepository items, IAttemptRepository attempts, ITtsTaskStore tasks, AttemptPresenter presenter, TimeProvider clock)
    : IRequestHandler<AddAttempt, AttemptResponse>, IRequestHandler<AddItemAttempt, AttemptResponse>
{
    public Task<AttemptResponse> Handle(AddAttempt request, CancellationToken cancellationToken) => AddAsync(request.ItemId!.Value, request, cancellationToken);

    public Task<AttemptResponse> Handle(AddItemAttempt request, CancellationToken cancellationToken) => AddAsync(request.Id, request, cancellationToken);

    private async Task<AttemptResponse> AddAsync(long itemId, IWrittenAttempt request, CancellationToken cancellationToken)
    {
        var item = await items.FindAsync(itemId, cancellationToken) ?? throw NotFoundException.Item(itemId);
        var profile = request.Profile ?? ScoringProfile.Standard;
        var score = AttemptScorer.Score(item.Text, request.Written!, item.Locale, profile);
        var timings = item is { TtsStatus: ItemSpeechStatus.Ready, ConversionId: { } spoken } ? await tasks.FindTimingsAsync(spoken, cancellationToken) : null;
        var attempt = Attempt.Create(itemId, request.Written!, score, profile, request.UserId, request.AudioUrl, request.Replays, request.DurationMs, timings);
        return await attempts.AddAsync(attempt, clock.GetUtcNow().UtcDateTime, cancellationToken)
            ? presenter.Present(attempt)
            : throw NotFoundException.Item(itemId);
    }
}
