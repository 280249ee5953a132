using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>Looks at a voice's small files, before its network is downloaded.</summary>
internal static class VoicePreflight
{
    private const string ModelType = "vits";

    /// <param name="folder">Has the name of the voice, and all its files but the network's.</param>
    /// <param name="files">All that the voice will have.</param>
    /// <exception cref="VoiceException">The service will not be able to use it; the message says what is missing.</exception>
    public static void Check(string folder, IReadOnlyList<ListedFile> files)
    {
        var model = files.FirstOrDefault(f => f.IsModel && files.Any(other => other.Path == f.Path + ".json"));
        if (model is not null)
        {
            PiperVoiceFolder.CheckSettings(folder, Path.Combine(folder, model.Path));
            return;
        }

        if (files.Any(f => f.Path == SherpaTokens.FileName) && !files.Any(f => f.Path is HuggingFaceTokenizer.Vocabulary or HuggingFaceTokenizer.Whole))
        {
            // All else is in the model itself.
            SherpaTokens.Read(folder);
            return;
        }

        var config = VoiceSettings.Read(Path.Combine(folder, VitsConfig.FileName));
        if (config.Words("model_type") is { } type && type != ModelType)
        {
            throw new VoiceException($"{VitsConfig.FileName} says that its network is a {type}; this service knows {ModelType}.");
        }

        if (files.Any(f => f.Path is VitsWeights.SingleFile or VitsWeights.IndexFile))
        {
            VitsConfig.Read(folder);
        }

        HuggingFaceTokenizer.Read(folder, config, rows: null);
    }
}
