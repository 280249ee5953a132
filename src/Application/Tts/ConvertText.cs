using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Speak one text.</summary>
/// <param name="Text">1..10,000 code points, not blank.</param>
public sealed record ConvertText(string? Text, string? CustomFilename, string? Language, string? Voice, double? SpeakingRate)
    : IRequest<ConvertTextResponse>, ISpeechOptions;

/// <param name="ConversionId">Follow the task under this id.</param>
/// <param name="Deduplicated">Whether a task with the same content was there already; its id is returned.</param>
public sealed record ConvertTextResponse(string ConversionId, string Text, TtsTaskStatus Status, DateTime SubmittedAt, bool Deduplicated);

public sealed class ConvertTextValidator : AbstractValidator<ConvertText>
{
    public ConvertTextValidator()
    {
        RuleFor(c => c.Text).NotBlank().RuneLength(1, TtsTask.MaxTextLength);
        Include(new SpeechOptionsValidator());
    }
}

public sealed class ConvertTextHandler(SpeechSubmissions submissions) : IRequestHandler<ConvertText, ConvertTextResponse>
{
    public async Task<ConvertTextResponse> Handle(ConvertText request, CancellationToken cancellationToken)
    {
        var submission = (await submissions.SubmitAsync([request.Text!], request, cancellationToken))[0];
        var task = submission.Task;
        return new ConvertTextResponse(task.ConversionId, task.Text, task.Status, task.SubmittedAt, submission.Deduplicated);
    }
}
