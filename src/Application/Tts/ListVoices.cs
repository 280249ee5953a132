using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>The voices that can be named in a request.</summary>
public sealed record ListVoices : IRequest<VoicesResponse>;

/// <summary>The voices that a request can name.</summary>
/// <param name="Voices">The voices, by name.</param>
/// <param name="DefaultVoice">Speaks where neither voice nor language is named.</param>
/// <param name="Problems">What lies in the folder of voices and cannot be used, and why.</param>
public sealed record VoicesResponse(IReadOnlyList<VoiceResponse> Voices, string DefaultVoice, IReadOnlyList<VoiceProblem> Problems);

/// <summary>A voice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Region">The region whose variety of the language it speaks, such as <c>GB</c>, where that is known.</param>
/// <param name="SampleRate">Hertz.</param>
/// <param name="Licence">The voice's licence, where its card tells it.</param>
/// <param name="Source">Where the voice comes from, where its card tells it.</param>
/// <param name="Engine">What speaks.</param>
/// <param name="Speakers">The speakers of a voice that has several; a request names one after the voice and a '#', such as <c>en_US-libritts#p3922</c>. Else empty.</param>
/// <param name="SpeakerDetails">Each speaker with the language that it speaks.</param>
/// <param name="Notes">Sentences on what to expect of the voice, such as that its first sound comes after the whole sentence. Mostly empty.</param>
public sealed record VoiceResponse(
    string Name, string Language, string? Region, int SampleRate, string? Licence, string? Source, VoiceEngine Engine, IReadOnlyList<string> Speakers,
    IReadOnlyList<SpeakerDetail> SpeakerDetails, IReadOnlyList<string> Notes);

public sealed class ListVoicesHandler(IVoiceCatalog voices) : IRequestHandler<ListVoices, VoicesResponse>
{
    public Task<VoicesResponse> Handle(ListVoices request, CancellationToken cancellationToken)
    {
        voices.Refresh();
        return Task.FromResult(new VoicesResponse(
            voices.Voices.Select(v => new VoiceResponse(v.Name, v.Language, v.Region, v.SampleRate, v.Licence, v.Source, v.Engine, v.Speakers, Details(v), v.Notes)).ToList(),
            voices.DefaultVoice.Name,
            voices.Problems));
    }

    private static IReadOnlyList<SpeakerDetail> Details(Voice voice) =>
        voice.SpeakerDetails.Count > 0 ? voice.SpeakerDetails : [.. voice.Speakers.Select(name => new SpeakerDetail(name, voice.Language, voice.Region))];
}

/// <summary>The languages that a voice speaks.</summary>
public sealed record ListLanguages : IRequest<LanguagesResponse>;

/// <summary>The languages that a voice speaks.</summary>
/// <param name="Languages">BCP 47 primary languages, sorted.</param>
/// <param name="DefaultLanguage">The default voice's.</param>
public sealed record LanguagesResponse(IReadOnlyList<string> Languages, string DefaultLanguage);

public sealed class ListLanguagesHandler(IVoiceCatalog voices) : IRequestHandler<ListLanguages, LanguagesResponse>
{
    public Task<LanguagesResponse> Handle(ListLanguages request, CancellationToken cancellationToken) => Task.FromResult(new LanguagesResponse(
        voices.Voices.Select(v => v.Language).Distinct().Order(StringComparer.Ordinal).ToList(), voices.DefaultVoice.Language));
}
