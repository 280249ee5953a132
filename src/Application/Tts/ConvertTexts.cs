using System.ComponentModel;
using Dictation.Application.Lexicons;
using Dictation.Domain.Tts;
using Dictation.Speech.Markup;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Speak several texts: all are accepted or none.</summary>
/// <param name="Texts">What is spoken, each on its own; plain, with pauses or SSML, as one text alone.</param>
/// <param name="CustomFilename">Display name of the download; never part of a path.</param>
/// <param name="Language">BCP 47 tag; the default voice's when left out.</param>
/// <param name="Voice">A name from the list of voices; the language's first when left out.</param>
/// <param name="SpeakingRate">1.0 is the voice's own pace.</param>
/// <param name="InputFormat">How the text is written.</param>
/// <param name="Lexicon">Words and how they are said, before those of the language's stored lexicon.</param>
/// <param name="Emoji">Whether common emoji are said by their names, in Finnish and English.</param>
public sealed record ConvertTexts(IReadOnlyList<string?>? Texts, string? CustomFilename, string? Language, string? Voice, [property: DefaultValue(1.0)] double? SpeakingRate,
    [property: DefaultValue(InputFormat.Auto)] InputFormat? InputFormat = null, IReadOnlyList<LexiconEntryInput?>? Lexicon = null, [property: DefaultValue(false)] bool? Emoji = null)
    : IRequest<ConvertTextsResponse>, ISpeechOptions;

/// <summary>Index i of every list belongs to text i; equal texts share an id.</summary>
/// <param name="ConversionIds">The task of each text.</param>
/// <param name="Texts">The texts, as they were submitted.</param>
/// <param name="Statuses">Where the task of each text stands.</param>
/// <param name="Status">The least advanced of the statuses.</param>
/// <param name="SubmittedAt">When it was submitted, UTC.</param>
public sealed record ConvertTextsResponse(
    IReadOnlyList<string> ConversionIds, IReadOnlyList<string> Texts, IReadOnlyList<TtsTaskStatus> Statuses, TtsTaskStatus Status, DateTime SubmittedAt);

public sealed class ConvertTextsValidator : AbstractValidator<ConvertTexts>
{
    public const int MaxTexts = 100;

    public ConvertTextsValidator()
    {
        RuleFor(c => c.Texts).Within(new Bounds { Required = true, MinItems = 1, MaxItems = MaxTexts }, "count", $"'texts' must hold 1 to {MaxTexts} texts.");
        RuleForEach(c => c.Texts).NotBlank().RuneLength(1, TtsTask.MaxTextLength).Speakable(c => c.InputFormat).When(c => c.Texts is { Count: <= MaxTexts });
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
