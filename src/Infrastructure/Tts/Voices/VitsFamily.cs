namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>VITS networks: those of MMS, of Piper, of Coqui, and their conversions.</summary>
public sealed class VitsFamily : IVoiceFamily
{
    public bool Matches(string directory) => InstalledVoice.Matches(directory);

    public InstalledVoice Read(string directory) => InstalledVoice.Read(directory);
}
