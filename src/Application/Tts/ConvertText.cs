using System.ComponentModel;
using Dictation.Application.Lexicons;
using Dictation.Domain.Tts;
using Dictation.Speech.Markup;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Speak one text.</summary>
/// <param name="Text">The spoken text. A text that begins with &lt;speak is SSML, of which speak, p, s, break, prosody (rate) and say-as (digits, characters) are spoken; in any other, [pause:1.5s] is a pause.</param>
/// <param name="CustomFilename">Display name of the download; never part of a path.</param>
/// <param name="Language">BCP 47 tag; the default voice's when left out.</param>
/// <param name="Voice">A name from the list of voices; the language's first when left out.</param>
/// <param name="SpeakingRate">1.0 is the voice's own pace.</param>
/// <param name="InputFormat">How the text is written.</param>
/// <param name="Lexicon">Words and how they are said, before those of the language's stored lexicon.</param>
/// <param name="Emoji">Whether common emoji are said by their names, in Finnish and English.</param>
public sealed record ConvertText(string? Text, string? CustomFilename, string? Language, string? Voice, [property: DefaultValue(1.0)] double? SpeakingRate,
    [property: DefaultValue(InputFormat.Auto)] InputFormat? InputFormat = null, IReadOnlyList<LexiconEntryInput?>? Lexicon = null, [property: DefaultValue(false)] bool? Emoji = null)
    : IRequest<ConvertTextResponse>, ISpeechOptions;

/// <summary>The task that speaks a text.</summary>
/// <param name="ConversionId">Follow the task under this id.</param>
/// <param name="Text">The text that is spoken.</param>
/// <param name="Status">Where the task stands.</param>
/// <param name="SubmittedAt">When it was submitted, UTC.</param>
/// <param name="Deduplicated">Whether a task with the same content was there already; its id is returned.</param>
public sealed record ConvertTextResponse(string ConversionId, string Text, TtsTaskStatus Status, DateTime SubmittedAt, bool Deduplicated);

public sealed class ConvertTextValidator : AbstractValidator<ConvertText>
{
    public ConvertTextValidator()
    {
        RuleFor(c => c.Text).NotBlank().RuneLength(1, TtsTask.MaxTextLength).Speakable(c => c.InputFormat);
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
