using System.Security.Cryptography;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Speech;
using Dictation.Speech.Normalization;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice that can be loaded: a folder in one of the layouts that this service reads, or one of espeak-ng's.</summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file; empty where the voice has none.</param>
/// <param name="MaxCharacters">The longest text that the model takes in one run, or null where it states no limit.</param>
public abstract record InstalledVoice(Voice Voice, string ModelPath, int? MaxCharacters)
{
    /// <summary>Whether the voice reads digits, abbreviations and addresses by itself and better than <see cref="PlainTextNormalizer"/> can.</summary>
    public virtual bool ReadsDigits => false;

    /// <summary>Which of the model's speakers this voice is; null where the model has but one.</summary>
    public virtual long? SpeakerId => null;

    /// <summary>Bytes of the model.</summary>
    public virtual long ModelBytes => ModelPath.Length > 0 && new FileInfo(ModelPath) is { Exists: true } file ? file.Length : 0;

    /// <summary>Where the sentences of a text end as the voice reads it; null where its marks tell.</summary>
    /// <param name="text">Written out.</param>
    /// <exception cref="VoiceException">The voice's phonemiser failed.</exception>
    public virtual IReadOnlyList<int>? SentenceEnds(string text) => null;

    /// <summary>Alike for the speakers of one model.</summary>
    public string ModelKey => $"{ModelPath} {Voice.ModelHash}";

    /// <summary>Whether a folder is meant as a voice. A name that begins with a dot marks an installation in progress.</summary>
    public static bool Matches(string directory) =>
        !Path.GetFileName(directory).StartsWith('.')
        && (File.Exists(Path.Combine(directory, HuggingFaceTokenizer.Vocabulary)) || HuggingFaceVoiceFolder.IsOne(directory) || Models(directory).Length > 0);

    /// <summary>Reads the folder, hashes its model and looks at its inputs, but does not load it.</summary>
    /// <exception cref="VoiceException">The folder is broken, or needs what this service does not do. The message says what.</exception>
    public static InstalledVoice Read(string directory)
    {
        try
        {
            var models = Models(directory);
            return PiperVoiceFolder.Config(models) is { } config ? PiperVoiceFolder.Parse(directory, config)
                : models.Length == 0 && HuggingFaceVoiceFolder.IsOne(directory) ? HuggingFaceVoiceFolder.Parse(directory)
                : VitsVoiceFolder.Parse(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException("One of its files cannot be read.", e);
        }
    }

    /// <summary>Loads the model.</summary>
    /// <exception cref="VoiceException">It cannot be loaded.</exception>
    internal abstract IVoiceModel Load(VoiceLoading loading);

    /// <summary>The voice of that speaker, where this one has several; null when it has no such speaker.</summary>
    /// <param name="speaker">A name or a number.</param>
    public virtual InstalledVoice? Speaker(string speaker) => null;

    /// <summary>The catalogue's entry under the name of one of its speakers.</summary>
    protected Voice VoiceOf(string speaker) => Voice with { Name = $"{Voice.Name}{VoiceChoice.SpeakerMark}{speaker}" };

    /// <summary>The model files of a folder, in ordinal order.</summary>
    protected static string[] Models(string directory) =>
        [.. new[] { directory, Path.Combine(directory, "onnx") }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx"))
            .Order(StringComparer.Ordinal)];

    /// <summary>Lower-hex SHA-256 of files, one behind the other.</summary>
    protected static string Hash(params string[] paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var path in paths)
        {
            using var file = File.OpenRead(path);
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Holds what the model file says of its inputs and outputs against the layout.</summary>
    /// <exception cref="VoiceException">The file is no whole ONNX model, or lacks what the layout needs.</exception>
    protected static void CheckModel(string path, string[] inputs, string output)
    {
        var names = OnnxNames.Read(path);
        if (inputs.FirstOrDefault(input => !names.Inputs.Contains(input)) is { } missing)
        {
            throw new VoiceException($"{Path.GetFileName(path)} has no input {missing}. Its inputs are: {string.Join(", ", names.Inputs)}.");
        }

        if (!names.Outputs.Contains(output))
        {
            throw new VoiceException($"{Path.GetFileName(path)} has no output {output}. Its outputs are: {string.Join(", ", names.Outputs)}.");
        }
    }
}

/// <summary>What a voice needs to be loaded.</summary>
/// <param name="Device">Where it is to run.</param>
/// <param name="Graphs">Keeps the parts of its network.</param>
/// <param name="Logger">Gets names and phonemes, never text.</param>
internal sealed record VoiceLoading(OnnxDevice Device, VitsGraphStore Graphs, ILogger Logger);
