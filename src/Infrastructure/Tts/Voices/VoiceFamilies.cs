namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>The families of networks whose voices are read, in the order in which a folder is shown to them.</summary>
public sealed class VoiceFamilies(IReadOnlyList<IVoiceFamily> families)
{
    /// <summary>Whether a folder is meant as a voice. A name that begins with a dot marks an installation in progress.</summary>
    public bool Matches(string directory) => families.Any(family => family.Matches(directory));

    /// <inheritdoc cref="IVoiceFamily.Read"/>
    public InstalledVoice Read(string directory) => (families.FirstOrDefault(family => family.Matches(directory)) ?? families[^1]).Read(directory);
}
