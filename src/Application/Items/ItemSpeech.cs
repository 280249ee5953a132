using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;

namespace Dictation.Application.Items;

/// <summary>How items are spoken.</summary>
public sealed class ItemSpeech(IVoiceCatalog voices)
{
    /// <param name="speakingRate">0.5..2.0; 1 is the voice's own pace.</param>
    /// <exception cref="RequestInvalidException">No voice speaks the locale.</exception>
    public SpeechContent ContentOf(string locale, string text, double speakingRate = 1)
    {
        var voice = voices.ChooseByLanguage(locale, "locale", "locale_unsupported");
        return new SpeechContent(text, voice.Language, voice.Name, voice.ModelHash, speakingRate) { VoiceRegion = voice.RegionBeside(locale) };
    }
}
