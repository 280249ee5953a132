using System.ComponentModel;
using Dictation.Application.Abstractions;
using Dictation.Application.Lexicons;
using Dictation.Domain.Tts;
using Dictation.Speech.Markup;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>How the speech is sent.</summary>
public enum SpeechStreamFormat
{
    /// <summary>The audio itself.</summary>
    Audio,

    /// <summary>Server-sent events with the audio in pieces, in base64.</summary>
    Sse,
}

/// <summary>Speak a text and send the audio while it is spoken, as OpenAI's clients ask for it.</summary>
/// <param name="Input">What is spoken.</param>
/// <param name="Model">Any name, or none: the voice decides.</param>
/// <param name="Voice">A name from the list of voices. One of OpenAI's own names, or none, is the default voice.</param>
/// <param name="ResponseFormat">How the audio is encoded; pcm is 16 bits at 24 kHz.</param>
/// <param name="Speed">1.0 is the voice's own pace.</param>
/// <param name="StreamFormat">How it is sent.</param>
/// <param name="Instructions">Ignored.</param>
public sealed record CreateSpeech(
    string? Input,
    string? Model = null,
    string? Voice = null,
    [property: DefaultValue(AudioFormat.Mp3)] AudioFormat? ResponseFormat = null,
    [property: DefaultValue(1.0)] double? Speed = null,
    [property: DefaultValue(SpeechStreamFormat.Audio)] SpeechStreamFormat? StreamFormat = null,
    string? Instructions = null) : IRequest<LiveSpeech>;

public sealed class CreateSpeechValidator : AbstractValidator<CreateSpeech>
{
    private const int MaxName = 255;

    public CreateSpeechValidator()
    {
        RuleFor(c => c.Input).NotBlank().RuneLength(1, TtsTask.MaxTextLength).Speakable();
        RuleFor(c => c.Model).RuneLength(1, MaxName);
        RuleFor(c => c.Voice).RuneLength(1, MaxName);
        RuleFor(c => c.Speed).SpeakingRate();
        RuleFor(c => c.Instructions).RuneLength(0, TtsTask.MaxTextLength);
    }
}

/// <param name="Format">How it is to be encoded.</param>
/// <param name="StreamFormat">How it is to be sent.</param>
/// <param name="Pieces">The audio, while it is spoken.</param>
public sealed record LiveSpeech(AudioFormat Format, SpeechStreamFormat StreamFormat, IAsyncEnumerable<SpeechPiece> Pieces);

public sealed class CreateSpeechHandler(SpeechSubmissions submissions, SpeechListener listener, IVoiceCatalog voices, IAudioEncoder encoder) : IRequestHandler<CreateSpeech, LiveSpeech>
{
    /// <summary>What OpenAI calls its own voices: tools send these names unless told otherwise.</summary>
    private static readonly HashSet<string> TheirVoices = new(
        ["alloy", "ash", "ballad", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer", "verse", "marin", "cedar"], StringComparer.Ordinal);

    public Task<LiveSpeech> Handle(CreateSpeech request, CancellationToken cancellationToken)
    {
        var format = request.ResponseFormat ?? AudioFormat.Mp3;
        encoder.Require(format, "response_format");
        var voice = request.Voice is { } name && (voices.Find(name) is not null || !TheirVoices.Contains(name)) ? name : null;
        var pieces = listener.ListenAsync(
            async () => (await submissions.SubmitAsync([request.Input!], new Options(voice, request.Speed), cancellationToken))[0].Task, cancellationToken);
        return Task.FromResult(new LiveSpeech(format, request.StreamFormat ?? SpeechStreamFormat.Audio, pieces));
    }

    private sealed record Options(string? Voice, double? SpeakingRate) : ISpeechOptions
    {
        public string? CustomFilename => null;

        public string? Language => null;

        public InputFormat? InputFormat => null;

        public IReadOnlyList<LexiconEntryInput?>? Lexicon => null;

        public bool? Emoji => null;
    }
}
