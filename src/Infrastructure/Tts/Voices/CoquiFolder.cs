using Dictation.Infrastructure.Tts.Vits.HuggingFace;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice folder as Coqui TTS writes it. Such voices are not spoken.</summary>
internal static class CoquiFolder
{
    /// <summary>Why the folder's voice is not spoken; null where the folder is of another layout.</summary>
    public static string? Problem(string directory)
    {
        var config = VoiceSettings.Read(Path.Combine(directory, VitsConfig.FileName));
        if (!config.Has("characters") || !config.Has("model"))
        {
            return null;
        }

        // The order of the symbols depends on a class of Coqui's that the configuration only names.
        return !config.Is("model", "vits") ? "It is a voice of Coqui TTS of another kind than VITS, which this service does not speak."
            : config.Flag("use_phonemes") ?? false ? "It is a voice of Coqui TTS that needs phonemes as Coqui makes them, which this service does not."
            : "It is a voice of Coqui TTS, whose configuration does not give its symbols' ids. Export it for sherpa-onnx, with frontend characters and tokens.txt.";
    }
}
