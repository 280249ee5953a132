using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>The voices that can be named in a request.</summary>
public sealed record ListVoices : IRequest<VoicesResponse>;

/// <summary>The voices that a request can name.</summary>
public sealed record VoicesResponse(IReadOnlyList<VoiceResponse> Voices, string DefaultVoice);

/// <summary>A voice.</summary>
/// <param name="SampleRate">Hertz.</param>
public sealed record VoiceResponse(string Name, string Language, int SampleRate, string? Licence, string? Source);

public sealed class ListVoicesHandler(IVoiceCatalog voices) : IRequestHandler<ListVoices, VoicesResponse>
{
    public Task<VoicesResponse> Handle(ListVoices request, CancellationToken cancellationToken) => Task.FromResult(new VoicesResponse(
        voices.Voices.Select(v => new VoiceResponse(v.Name, v.Language, v.SampleRate, v.Licence, v.Source)).ToList(), voices.DefaultVoice.Name));
}

/// <summary>The languages that a voice speaks.</summary>
public sealed record ListLanguages : IRequest<LanguagesResponse>;

/// <summary>The languages that a voice speaks.</summary>
/// <param name="Languages">BCP 47 primary languages, sorted.</param>
public sealed record LanguagesResponse(IReadOnlyList<string> Languages, string DefaultLanguage);

public sealed class ListLanguagesHandler(IVoiceCatalog voices) : IRequestHandler<ListLanguages, LanguagesResponse>
{
    public Task<LanguagesResponse> Handle(ListLanguages request, CancellationToken cancellationToken) => Task.FromResult(new LanguagesResponse(
        voices.Voices.Select(v => v.Language).Distinct().Order(StringComparer.Ordinal).ToList(), voices.DefaultVoice.Language));
}
