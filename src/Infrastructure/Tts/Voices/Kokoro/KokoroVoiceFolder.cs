using System.Collections.Concurrent;
using Dictation.Application.Abstractions;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>A voice of Kokoro's kind, with one of its speakers or a blend.</summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Network">Its inputs and outputs.</param>
/// <param name="Speakers">Of the model.</param>
/// <param name="Vocabulary">The id of each phoneme.</param>
/// <param name="Speaking">The speaker or blend, as <see cref="KokoroSpeakers.Find"/> spells it.</param>
internal sealed record KokoroVoiceFolder(
    Voice Voice, string ModelPath, KokoroNetwork Network, KokoroSpeakers Speakers, IReadOnlyDictionary<string, long> Vocabulary, string Speaking)
    : InstalledVoice(Voice, ModelPath, MaxCharacters: null)
{
    // One per language, shared by the speakers of the folder and forgotten with it.
    private readonly ConcurrentDictionary<string, KokoroTokenizer> _tokenizers = new(StringComparer.Ordinal);

    /// <summary>espeak-ng does.</summary>
    public override bool ReadsDigits => true;

    public override bool HearsMarks => true;

    public override string? SpeakerName => Speaking;

    /// <summary>Turns texts of a speaker's language into ids.</summary>
    /// <param name="speaker">A speaker, or a blend: then its first one's.</param>
    /// <exception cref="Speech.VoiceException">espeak-ng is not there.</exception>
    public KokoroTokenizer TokenizerOf(string speaker)
    {
        var language = KokoroSpeakers.LanguageOf(speaker)!;
        return _tokenizers.GetOrAdd(language.Espeak, espeak => new KokoroTokenizer(Vocabulary, EspeakPhonemizer.For(espeak), espeak == "en-us"));
    }

    public override VoiceTokens Tokenize(string segment)
    {
        var runs = TokenizerOf(Speaking).Tokenize(segment);
        return new VoiceTokens(
            [.. runs.SelectMany(run => run.Ids)],
            runs.Any(run => run.Speakable),
            [.. runs.SelectMany(run => run.Unknown)],
            null,
            [.. runs.SelectMany(run => run.Phonemes.EnumerateRunes()).Where(rune => rune.Value != ' ').Select(rune => rune.ToString())]);
    }

    public override InstalledVoice? Speaker(string speaker)
    {
        if (Speakers.Find(speaker) is not { } found)
        {
            return null;
        }

        var language = KokoroSpeakers.LanguageOf(found)!;
        return this with { Voice = VoiceOf(found) with { Language = language.Language, Region = language.Region }, Speaking = found };
    }

    internal override IVoiceModel Load(VoiceLoading loading) => new KokoroVoice(this, loading.Device);
}
