using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>espeak-ng as the phonemiser of one of its voices.</summary>
/// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
public sealed class EspeakPhonemizer(string voice) : IPhonemizer
{
    /// <summary>espeak-ng's names of languages that others call otherwise.</summary>
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal) { ["zh"] = "cmn", ["no"] = "nb" };

    /// <summary>A phonemiser for a voice of espeak-ng's.</summary>
    /// <exception cref="VoiceException">The library or its voice is not there.</exception>
    public static EspeakPhonemizer For(string voice) => EspeakNg.Problem(voice) is { } problem ? throw new VoiceException(problem) : new EspeakPhonemizer(voice);

    /// <summary>A phonemiser for a language: its region's where espeak-ng knows it, else the language's.</summary>
    /// <param name="language">Such as <c>fi_FI</c> or <c>pt-BR</c>.</param>
    /// <exception cref="VoiceException">The library is not there, or does not know the language.</exception>
    public static EspeakPhonemizer ForLanguage(string language)
    {
        var region = language.Trim().Replace('_', '-').ToLowerInvariant();
        var primary = LanguageCode.Primary(language);
        string[] names = [region, OtherNames.GetValueOrDefault(primary, primary)];
        return names.FirstOrDefault(name => EspeakNg.Problem(name) is null) is { } known
            ? new EspeakPhonemizer(known)
            : throw new VoiceException(EspeakNg.Missing is null
                ? $"It needs phonemes, and espeak-ng has no voice for its language {language}. Name one in espeak.voice."
                : EspeakNg.Problem(primary)!);
    }

    public IReadOnlyList<PhonemeClause> Read(string text) => EspeakNg.Read(voice, text);
}
