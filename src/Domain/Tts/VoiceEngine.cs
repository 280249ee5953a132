namespace Dictation.Domain.Tts;

/// <summary>The software that speaks with a voice.</summary>
public enum VoiceEngine
{
    /// <summary>A neural network.</summary>
    Neural,

    /// <summary>eSpeak NG, which speaks where no neural voice does.</summary>
    EspeakNg,
}
