using System.Security.Cryptography;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
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
    /// <summary>Where some layouts have the model.</summary>
    private const string ModelFolder = "onnx";

    private const int MaxMessage = 1000;

    private static readonly string[] MarksOfAVoice = [HuggingFaceTokenizer.Vocabulary, VitsConfig.FileName, ModelFolder];

    /// <summary>Whether the voice reads digits, abbreviations and addresses by itself and better than <see cref="PlainTextNormalizer"/> can.</summary>
    public virtual bool ReadsDigits => false;

    /// <summary>Which of the model's speakers this voice is; null where the model has but one.</summary>
    public virtual long? SpeakerId => null;

    /// <summary>Whether the voice hears quotes, brackets and dashes as they are written.</summary>
    public virtual bool HearsMarks => false;

    /// <summary>The speaker's name, for a family whose speakers have no numbers; null for any other.</summary>
    public virtual string? SpeakerName => null;

    /// <summary>Files beside the model that hold weights of its.</summary>
    public IReadOnlyList<string> WeightFiles { get; init; } = [];

    /// <summary>Why its graph is not cut into parts, where that is plain before it is loaded.</summary>
    public string? WhyWhole { get; init; }

    /// <summary>Bytes of the model.</summary>
    public virtual long ModelBytes => WeightFiles.Prepend(ModelPath).Where(File.Exists).Sum(path => new FileInfo(path).Length);

    /// <summary>Where the sentences of a text end as the voice reads it; null where its marks tell.</summary>
    /// <param name="text">Written out.</param>
    /// <exception cref="VoiceException">The voice's phonemiser failed.</exception>
    public virtual IReadOnlyList<int>? SentenceEnds(string text) => null;

    /// <summary>Alike for the speakers of one model.</summary>
    public string ModelKey => $"{ModelPath} {Voice.ModelHash}";

    /// <summary>Whether a folder is meant as a voice. A name that begins with a dot marks an installation in progress.</summary>
    public static bool Matches(string directory) =>
        !Path.GetFileName(directory).StartsWith('.')
        && (MarksOfAVoice.Any(name => Path.Exists(Path.Combine(directory, name))) || HuggingFaceVoiceFolder.IsOne(directory) || Models(directory).Length > 0);

    /// <summary>Reads the folder, hashes its model and looks at its inputs, but does not load it.</summary>
    /// <exception cref="VoiceException">The folder is broken, or needs what this service does not do. The message says what.</exception>
    public static InstalledVoice Read(string directory)
    {
        try
        {
            VoiceFiles.CheckLinks(directory);
            var models = Models(directory);
            return models.Length == 0 && HuggingFaceVoiceFolder.IsOne(directory) ? HuggingFaceVoiceFolder.Parse(directory)
                : PiperVoiceFolder.Config(directory, models) is { } config ? PiperVoiceFolder.Parse(directory, config)
                : SherpaVoiceFolder.TryParse(directory, models) is { } sherpa ? sherpa
                : CoquiFolder.Problem(directory) is { } problem ? throw new VoiceException(problem)
                : VitsVoiceFolder.Parse(directory);
        }
        catch (VoiceException e) when (Line(e.Message) is var line && line != e.Message)
        {
            throw new VoiceException(line, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException("One of its files cannot be read.", e);
        }
    }

    /// <summary>What the voice makes of a segment. The model does not have to be loaded.</summary>
    /// <param name="segment">Written out.</param>
    /// <exception cref="VoiceException">The voice's phonemiser failed, or the segment holds what the network does not know.</exception>
    public abstract VoiceTokens Tokenize(string segment);

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
        [.. new[] { new DirectoryInfo(directory), new DirectoryInfo(Path.Combine(directory, ModelFolder)) }
            .Where(folder => folder.Exists && (folder.FullName == Path.GetFullPath(directory) || folder.LinkTarget is null))
            .SelectMany(folder => Directory.EnumerateFiles(folder.FullName, "*.onnx"))
            .Order(StringComparer.Ordinal)];

    /// <summary>The model among several.</summary>
    /// <exception cref="VoiceException">There is none, or none of several has a name that layouts give it.</exception>
    protected static string ChooseModel(string directory, string[] models) => models switch
    {
        [] => throw new VoiceException("There is no model.onnx, and no model.safetensors."),
        [var only] => only,
        _ => new[] { "model.onnx", Path.Combine(ModelFolder, "model.onnx"), Path.Combine(ModelFolder, "model_quantized.onnx") }
            .Select(name => Path.GetFullPath(Path.Combine(directory, name)))
            .FirstOrDefault(models.Contains) ?? throw new VoiceException("There are several models and none is called model.onnx."),
    };

    /// <summary>Lower-hex SHA-256 of files, one behind the other.</summary>
    internal static string Hash(params IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var path in paths)
        {
            using var file = VoiceFiles.Open(path);
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A sentence that may hold names from files, in one line.</summary>
    private static string Line(string message)
    {
        var line = message.Length > MaxMessage ? string.Concat(message.AsSpan(0, MaxMessage), "….") : message;
        return string.Concat(line.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c));
    }
}

/// <summary>What a voice needs to be loaded.</summary>
/// <param name="Device">Where it is to run.</param>
/// <param name="Graphs">Keeps the parts of its network.</param>
/// <param name="Logger">Gets names and phonemes, never text.</param>
internal sealed record VoiceLoading(OnnxDevice Device, VitsGraphStore Graphs, ILogger Logger);
