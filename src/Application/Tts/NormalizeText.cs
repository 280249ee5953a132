using System.ComponentModel;
using Dictation.Application.Abstractions;
using Dictation.Application.Lexicons;
using Dictation.Domain;
using Dictation.Domain.Tts;
using Dictation.Speech;
using Dictation.Speech.Markup;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Show what a voice will say for a text, in words, without speaking it.</summary>
/// <param name="Text">The text, plain or with markup, as for speaking it.</param>
/// <param name="Language">BCP 47 tag; the default voice's when left out. A language that can be read and has no voice is read too.</param>
/// <param name="Voice">A name from the list of voices; the language's first when left out.</param>
/// <param name="InputFormat">How the text is written.</param>
/// <param name="Lexicon">Words and how they are said, before those of the language's stored lexicon.</param>
/// <param name="Emoji">Whether common emoji are said by their names, in Finnish and English.</param>
public sealed record NormalizeText(
    string? Text,
    string? Language = null,
    string? Voice = null,
    [property: DefaultValue(InputFormat.Auto)] InputFormat? InputFormat = null,
    IReadOnlyList<LexiconEntryInput?>? Lexicon = null,
    [property: DefaultValue(false)] bool? Emoji = null) : IRequest<NormalizeTextResponse>, IReadingRequest;

/// <summary>What a voice will say for a text.</summary>
/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Voice">The voice; null where none speaks the language.</param>
/// <param name="Segments">The pieces that the voice says in one run each, in their order; empty where there is nothing to say.</param>
/// <param name="Unspoken">What of the text will not be said, and why.</param>
/// <param name="Unhonoured">Elements of markup that are not acted on; their content is said.</param>
/// <param name="SpokenText">What will be said: the segments' words, joined by blanks.</param>
public sealed record NormalizeTextResponse(
    string Language,
    string? Voice,
    IReadOnlyList<NormalizedSegment> Segments,
    IReadOnlyList<UnspokenPart> Unspoken,
    IReadOnlyList<UnhonouredMarkup> Unhonoured,
    string SpokenText);

/// <summary>A piece that the voice says in one run.</summary>
/// <param name="Text">The piece of the original text.</param>
/// <param name="Span">Its place there, in code points.</param>
/// <param name="Sentence">The number of its sentence, from 1; a long sentence has several segments.</param>
/// <param name="Normalized">What is said, in words. Where reading is left to espeak-ng, the text as it is handed over.</param>
/// <param name="Tokens">The phonemes or characters that the voice makes of it.</param>
/// <param name="PauseAfter">Seconds of silence behind it, at speaking rate 1.</param>
public sealed record NormalizedSegment(string Text, TextSpan Span, int Sentence, string Normalized, IReadOnlyList<string> Tokens, double PauseAfter);

public sealed class NormalizeTextValidator : AbstractValidator<NormalizeText>
{
    public NormalizeTextValidator()
    {
        RuleFor(c => c.Text).NotBlank().RuneLength(1, TtsTask.MaxTextLength).Speakable(c => c.InputFormat);
        RuleFor(o => o.Language).RuneLength(2, 10);
        RuleFor(o => o.Voice).RuneLength(1, 255);
        Include(new ReadingRequestValidator());
    }
}

public sealed class NormalizeTextHandler(IVoiceCatalog voices, ISpeechReader reader, SpeechReadings readings) : IRequestHandler<NormalizeText, NormalizeTextResponse>
{
    public async Task<NormalizeTextResponse> Handle(NormalizeText request, CancellationToken cancellationToken)
    {
        var text = request.Text!;
        var voice = IsReadWithoutVoice(request) ? null : voices.Choose(request.Voice, request.Language);
        var language = voice?.Language ?? LanguageCode.Primary(request.Language!);
        var options = await readings.ResolveAsync(text, language, voice, SpeechReadings.Requested(request, voice), cancellationToken);
        var reading = Read(text, language, voice, options);
        return new NormalizeTextResponse(
            language,
            voice?.Name,
            [.. reading.Segments.Select(s => new NormalizedSegment(CodePoints.Slice(text, s.Span), s.Span, s.Sentence, s.Normalized, s.Tokens, s.PauseAfter))],
            [.. reading.Unspoken.Select(u => UnspokenPart.From(text, u))],
            reading.Unhonoured,
            string.Join(' ', reading.Segments.Select(s => s.Normalized)));
    }

    private bool IsReadWithoutVoice(NormalizeText request) =>
        request is { Voice: null, Language: { } language } && voices.FindByLanguage(language) is null && reader.Reads(LanguageCode.Primary(language));

    private SpeechReading Read(string text, string language, Voice? voice, Dictation.Speech.Reading.ReadingOptions options)
    {
        try
        {
            return reader.Read(text, language, voice?.Name, options);
        }
        catch (VoiceException e)
        {
            throw new TtsServiceException("The voice cannot read the text at the moment.", e.Message);
        }
    }
}
