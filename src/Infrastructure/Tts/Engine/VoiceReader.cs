using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Markup;
using Dictation.Speech.Reading;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>Reads texts as a voice will say them: for speaking, and for showing. Thread-safe.</summary>
/// <param name="normalizers">Write texts out as they are said.</param>
/// <param name="options">The length of segments.</param>
public sealed class VoiceReader(TextNormalizers normalizers, TtsOptions options)
{
    /// <param name="script">The text, its markup read.</param>
    /// <param name="reading">The lexicon and whether emoji are named.</param>
    /// <param name="language">BCP 47 primary language.</param>
    /// <param name="voice">The voice; null for a language that no voice speaks.</param>
    /// <exception cref="VoiceException">The voice's phonemiser failed.</exception>
    public ReadScript Read(SpeechScript script, ReadingOptions reading, string language, InstalledVoice? voice) => ScriptReader.Read(
        script,
        reading,
        language,
        new VoiceReading(
            normalizers.For(language, voice?.ReadsDigits ?? false, voice?.HearsMarks ?? false),
            Math.Min(options.MaxSegmentCharacters, voice?.MaxCharacters ?? int.MaxValue),
            voice?.Voice.TakesPhonemes ?? false,
            text => voice?.SentenceEnds(text)));
}
