using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A family of networks with the layouts in which its voices are published. Adding one is a folder of its own and a line in <see cref="VoiceFamilies"/>.</summary>
public interface IVoiceFamily
{
    /// <summary>Whether a folder is meant as a voice of this family. A look at names, or at little more.</summary>
    bool Matches(string directory);

    /// <summary>Reads the folder, hashes its model and looks at its inputs, but does not load it.</summary>
    /// <exception cref="VoiceException">The folder is broken, or needs what this service does not do. The message says what.</exception>
    InstalledVoice Read(string directory);
}
