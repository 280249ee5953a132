using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Attempts;

/// <summary>Score and store what a learner wrote.</summary>
/// <param name="ItemId">The item that was practised; part of the address in the nested form.</param>
/// <param name="Transcription">0..10,000 code points: an empty one is an attempt too.</param>
/// <param name="Text">Another name for <paramref name="Transcription"/>, which wins.</param>
/// <param name="UserId">Up to 100 characters. Attempts without one count as one learner's.</param>
/// <param name="AudioUrl">What was listened to: an http(s) address or a path of this server, up to 2,000 characters.</param>
/// <param name="Profile">How strictly slips count; standard when left out.</param>
/// <param name="Replays">How often the learner listened again, 0..100,000.</param>
/// <param name="DurationMs">Milliseconds of practice, up to a day.</param>
public sealed record AddAttempt(
    long? ItemId, string? Transcription, string? Text, string? UserId, string? AudioUrl, ScoringProfile? Profile, int? Replays, long? DurationMs) : IRequest<AttemptResponse>
{
    public string? Written => Transcription ?? Text;
}

public sealed class AddAttemptValidator : AbstractValidator<AddAttempt>
{
    private const int MaxReplays = 100_000;
    private const long MaxDurationMs = 24 * 60 * 60 * 1000;

    public AddAttemptValidator()
    {
        RuleFor(c => c.ItemId).NotNull().WithErrorCode("required").WithMessage("'item_id' is required.");
        RuleFor(c => c.Transcription).Must((c, _) => c.Written is not null).WithErrorCode("required").WithMessage("'transcription' is required; it may be empty.");
        RuleFor(c => c.Transcription).RuneLength(0, Attempt.MaxTranscriptionLength);
        RuleFor(c => c.Text).RuneLength(0, Attempt.MaxTranscriptionLength).When(c => c.Transcription is null);
        RuleFor(c => c.UserId).UserId();
        RuleFor(c => c.AudioUrl).RuneLength(1, Attempt.MaxAudioUrlLength)
            .Must(u => u is null || u.StartsWith('/') || (Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            .WithErrorCode("url").WithMessage("'audio_url' must be an http or https address, or a path that begins with '/'.");
        RuleFor(c => c.Profile).IsInEnum();
        RuleFor(c => c.Replays).InclusiveBetween(0, MaxReplays).WithErrorCode("range").WithMessage($"'replays' must be 0 to {MaxReplays}.");
        RuleFor(c => c.DurationMs).InclusiveBetween(0, MaxDurationMs).WithErrorCode("range").WithMessage($"'duration_ms' must be 0 to {MaxDurationMs}, a day.");
    }
}

public sealed class AddAttemptHandler(IItemRepository items, IAttemptRepository attempts, AttemptPresenter presenter, TimeProvider clock) : IRequestHandler<AddAttempt, AttemptResponse>
{
    public async Task<AttemptResponse> Handle(AddAttempt request, CancellationToken cancellationToken)
    {
        var itemId = request.ItemId!.Value;
        var item = await items.FindAsync(itemId, cancellationToken) ?? throw NotFoundException.Item(itemId);
        var profile = request.Profile ?? ScoringProfile.Standard;
        var score = AttemptScorer.Score(item.Text, request.Written!, item.Locale, profile);
        var attempt = Attempt.Of(itemId, request.Written!, score, profile, request.UserId, request.AudioUrl, request.Replays, request.DurationMs);
        return await attempts.AddAsync(attempt, clock.GetUtcNow().UtcDateTime, cancellationToken)
            ? presenter.Present(attempt)
            : throw NotFoundException.Item(itemId);
    }
}
