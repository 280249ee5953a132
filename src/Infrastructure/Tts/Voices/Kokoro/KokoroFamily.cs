using System.Text.Json;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>Kokoro-82M and networks of its kind, in the layouts of onnx-community, of kokoro-onnx and of sherpa-onnx.</summary>
/// <param name="options">Name the precision of the model among several.</param>
internal sealed class KokoroFamily(TtsOptions options) : IVoiceFamily
{
    private const int SampleRate = 24_000;
    private const string ModelType = "style_text_to_speech_2", ArchivePattern = "voices*.bin", SherpaVoices = "voices.bin", ModelFolder = "onnx";
    private const int MaxConfigBytes = 1 << 20;

    /// <summary>The model of each precision, as Transformers.js names them.</summary>
    private static readonly Dictionary<string, string> Models = new(StringComparer.Ordinal)
    {
        ["fp32"] = "model.onnx",
        ["fp16"] = "model_fp16.onnx",
        ["q8"] = "model_quantized.onnx",
        ["q4"] = "model_q4.onnx",
        ["q4f16"] = "model_q4f16.onnx",
    };

    public bool Matches(string directory) =>
        !Path.GetFileName(directory).StartsWith('.')
        && ((Directory.Exists(Path.Combine(directory, KokoroStyleFiles.Folder)) && Directory.EnumerateFiles(Path.Combine(directory, KokoroStyleFiles.Folder), "*.bin").Any())
            || Directory.EnumerateFiles(directory, ArchivePattern).Any()
            || IsStyled(directory));

    public InstalledVoice Read(string directory)
    {
        VoiceFiles.CheckLinks(directory);
        var path = Model(directory);
        var model = VoiceModelFile.Read(path);
        var network = KokoroNetwork.Read(model);
        var (speakers, files) = Speakers(directory, model);
        var vocabulary = KokoroVocabulary.Read(directory, model);
        var voice = new Voice(
            Path.GetFileName(directory),
            KokoroSpeakers.LanguageOf(speakers.Names[0])!.Language,
            SampleRate,
            InstalledVoice.Hash([.. model.Files, .. files, .. KokoroVocabulary.Files(directory)]),
            "Apache-2.0",
            "hexgrad/Kokoro-82M",
            Region: KokoroSpeakers.LanguageOf(speakers.Names[0])!.Region,
            Speakers: speakers.Names,
            Notes: speakers.Refused.Count > 0 ? [$"Not offered: {string.Join(", ", speakers.Refused)}. {KokoroSpeakers.WhyRefused}"] : [])
        {
            SpeakerDetails = speakers.Details,
            TakesPhonemes = true,
        };
        return new KokoroVoiceFolder(voice, path, network, speakers, vocabulary, speakers.Names[0]) { WeightFiles = model.Weights };
    }

    private static bool IsStyled(string directory)
    {
        var config = Path.Combine(directory, VitsConfig.FileName);
        try
        {
            return File.Exists(config) && VoiceSettings.Read(config).Is("model_type", ModelType);
        }
        catch (Exception e) when (e is VoiceException or IOException or JsonException)
        {
            return false;
        }
    }

    private string Model(string directory)
    {
        string[] models =
        [
            .. new[] { directory, Path.Combine(directory, ModelFolder) }
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx"))
                .Order(StringComparer.Ordinal),
        ];
        if (!Models.TryGetValue(options.Precision, out var wanted))
        {
            throw new VoiceException($"Tts:Precision is none of {string.Join(", ", Models.Keys)}.");
        }

        return models switch
        {
            [] => throw new VoiceException("There is no model: neither an .onnx file nor one in the folder onnx."),
            [var only] => only,
            _ => models.FirstOrDefault(path => Path.GetFileName(path) == wanted)
                ?? throw new VoiceException($"There are several models and none is called {wanted}, as Tts:Precision {options.Precision} asks for."),
        };
    }

    private static (KokoroSpeakers Speakers, IReadOnlyList<string> Files) Speakers(string directory, VoiceModelFile model)
    {
        var folder = Path.Combine(directory, KokoroStyleFiles.Folder);
        if (Directory.Exists(folder))
        {
            return (new KokoroSpeakers(KokoroStyleFiles.InFolder(directory)), [.. Directory.EnumerateFiles(folder, "*.bin").Order(StringComparer.Ordinal)]);
        }

        var archive = Directory.EnumerateFiles(directory, ArchivePattern).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new VoiceException("It has no speakers: neither a folder voices nor a file voices.bin.");
        if (model.Content.Metadata.TryGetValue("speaker_names", out var names))
        {
            return (new KokoroSpeakers(KokoroStyleFiles.InOneFile(archive, names.Split(','), Rows(model))), [archive]);
        }

        return (new KokoroSpeakers(KokoroStyleFiles.InArchive(archive)), [archive]);
    }

    // "510,1,256"
    private static int Rows(VoiceModelFile model) =>
        model.Content.Metadata.TryGetValue("style_dim", out var sizes) && sizes.Split(',') is [var rows, .., var width]
        && int.TryParse(rows, out var count) && count is > 0 and <= 4096 && width.Trim() == "256"
            ? count
            : throw new VoiceException("style_dim in its model is not as 510,1,256.");
}

/// <summary>The names of a network's inputs and outputs, matched by name and shape.</summary>
/// <param name="Ids">int64, [1, n].</param>
/// <param name="Style">float, [1, 256].</param>
/// <param name="Speed">float or int32, [1].</param>
/// <param name="IsWholeSpeed">Whether the speed is a whole number.</param>
/// <param name="Output">float, the samples.</param>
internal sealed record KokoroNetwork(string Ids, string Style, string Speed, bool IsWholeSpeed, string Output)
{
    private static readonly string[] IdsNames = ["input_ids", "tokens"], StyleNames = ["style"], SpeedNames = ["speed"], OutputNames = ["waveform", "audio"];

    /// <exception cref="VoiceException">One is missing, unknown, or of another kind.</exception>
    public static KokoroNetwork Read(VoiceModelFile model)
    {
        var ids = Input(model, IdsNames, [TensorElementType.Int64], 2);
        var style = Input(model, StyleNames, [TensorElementType.Float], 2);
        var speed = Input(model, SpeedNames, [TensorElementType.Float, TensorElementType.Int32], 1);
        if (model.Content.Inputs.FirstOrDefault(i => i.Name != ids.Name && i.Name != style.Name && i.Name != speed.Name) is { Name: not null } other)
        {
            throw new VoiceException($"Its network has an input {SafetensorsFile.Shown(other.Name)}, which this service has nothing for.");
        }

        var output = OutputNames.FirstOrDefault(name => model.Content.Outputs.Any(o => o.Name == name))
            ?? throw new VoiceException($"Its network has no output waveform or audio. Its outputs are: {string.Join(", ", model.Content.Outputs.Select(o => SafetensorsFile.Shown(o.Name)))}.");
        return new KokoroNetwork(ids.Name, style.Name, speed.Name, speed.ElementType == (int)TensorElementType.Int32, output);
    }

    private static Onnx.OnnxValue Input(VoiceModelFile model, string[] names, TensorElementType[] types, int rank)
    {
        var found = model.Content.Inputs.FirstOrDefault(i => names.Contains(i.Name));
        if (found.Name is null)
        {
            throw new VoiceException($"Its network has no input {string.Join(" or ", names)}. Its inputs are: {string.Join(", ", model.Content.Inputs.Select(i => SafetensorsFile.Shown(i.Name)))}.");
        }

        if (!types.Contains((TensorElementType)found.ElementType) || (found.Rank is { } stated && stated != rank))
        {
            throw new VoiceException($"The input {found.Name} of its network is not a tensor of {string.Join(" or ", types)} with {rank} dimensions.");
        }

        return found;
    }
}
