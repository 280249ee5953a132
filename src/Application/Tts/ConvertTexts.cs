using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Speak several texts: all are accepted or none.</summary>
/// <param name="Texts">1..100 texts of 1..10,000 code points, none blank.</param>
public sealed record ConvertTexts(IReadOnlyList<string?>? Texts, string? CustomFilename, string? Language, string? Voice, double? SpeakingRate)
    : IRequest<ConvertTextsResponse>, ISpeechOptions;

/// <summary>Index i of every list belongs to text i; equal texts share an id.</summary>
/// <param name="Status">The least advanced of the statuses.</param>
public sealed record ConvertTextsResponse(
    IReadOnlyList<string> ConversionIds, IReadOnlyList<string> Texts, IReadOnlyList<TtsTaskStatus> Statuses, TtsTaskStatus Status, DateTime SubmittedAt);

public sealed class ConvertTextsValidator : AbstractValidator<ConvertTexts>
{
    public const int MaxTexts = 100;

    public ConvertTextsValidator()
    {
        RuleFor(c => c.Texts).Must(t => t is { Count: >= 1 and <= MaxTexts }).WithErrorCode("count").WithMessage($"'texts' must hold 1 to {MaxTexts} texts.");
        RuleForEach(c => c.Texts).NotBlank().RuneLength(1, TtsTask.MaxTextLength).When(c => c.Texts is { Count: <= MaxTexts });
        Include(new SpeechOptionsValidator());
    }
}

public sealed class ConvertTextsHandler(SpeechSubmissions submissions) : IRequestHandler<ConvertTexts, ConvertTextsResponse>
{
    public async Task<ConvertTextsResponse> Handle(ConvertTexts request, CancellationToken cancellationToken)
    {
        var results = await submissions.SubmitAsync(request.Texts!.Select(t => t!).ToList(), request, cancellationToken);
        var statuses = results.Select(s => s.Task.Status).ToList();
        return new ConvertTextsResponse(
            results.Select(s => s.Task.ConversionId).ToList(),
            results.Select(s => s.Task.Text).ToList(),
            statuses,
            statuses.Min(),
            results.Max(s => s.Task.SubmittedAt));
    }
}
