using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice's model, looked at but not loaded.</summary>
/// <param name="Path">The file.</param>
/// <param name="Content">What it says.</param>
/// <param name="Weights">Files beside it that hold weights of its.</param>
internal sealed record VoiceModelFile(string Path, OnnxFile Content, IReadOnlyList<string> Weights)
{
    /// <summary>All files of the model, the model itself first.</summary>
    public IEnumerable<string> Files => Weights.Prepend(Path);

    private string Name => System.IO.Path.GetFileName(Path);

    /// <exception cref="VoiceException">The file is no whole ONNX model, or its weights lie outside the folder.</exception>
    public static VoiceModelFile Read(string path)
    {
        var content = OnnxFile.Read(VoiceFiles.Open(path));
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var files = new SortedSet<string>(StringComparer.Ordinal);
        Int128 needed = 0;
        foreach (var weights in content.External)
        {
            var file = VoiceFiles.Find(folder, weights.Location)
                ?? throw new VoiceException($"There is no {SafetensorsFile.Shown(weights.Location)}, in which {System.IO.Path.GetFileName(path)} has weights.");
            var rest = new FileInfo(file).Length - weights.Offset;
            if (rest < 0 || weights.Length > rest || weights.Elements / OnnxFileReader.MostPerByte > (weights.Length ?? rest))
            {
                throw new VoiceException(
                    $"{SafetensorsFile.Shown(weights.Location)} is shorter than {System.IO.Path.GetFileName(path)} says; copy or download both again.");
            }

            files.Add(file);
            needed += weights.Length ?? rest;
        }

        return needed > files.Sum(file => new FileInfo(file).Length)
            ? throw new VoiceException($"{System.IO.Path.GetFileName(path)} takes more weights from the files beside it than they hold.")
            : new VoiceModelFile(path, content, [.. files]);
    }

    /// <summary>Whether the network has an input of that name.</summary>
    public bool Takes(string input) => Content.Inputs.Any(i => i.Name == input);

    /// <summary>Holds what the model says of its inputs and outputs against a layout, by name, type and rank.</summary>
    /// <param name="needed">The inputs that the layout cannot do without.</param>
    /// <param name="output">The output with the samples.</param>
    /// <exception cref="VoiceException">One is missing, of another kind, or unknown.</exception>
    public void Check(IEnumerable<string> needed, string output)
    {
        if (needed.FirstOrDefault(input => !Takes(input)) is { } missing)
        {
            throw new VoiceException($"{Name} has no input {missing}. Its inputs are: {string.Join(", ", Content.Inputs.Select(i => i.Name))}.");
        }

        foreach (var input in Content.Inputs)
        {
            if (!VitsVoice.Inputs.TryGetValue(input.Name, out var kind))
            {
                throw new VoiceException($"{Name} has an input {input.Name}, which this service has nothing for.");
            }

            if (input.ElementType != 0 && input.ElementType != (int)kind.Type)
            {
                throw new VoiceException($"The input {input.Name} of {Name} is not a tensor of {kind.Type}.");
            }

            if (input.Rank is { } rank && kind.Rank is { } expected && rank != expected)
            {
                throw new VoiceException($"The input {input.Name} of {Name} has {rank} dimensions; it should have {expected}.");
            }
        }

        if (!Content.Outputs.Any(o => o.Name == output))
        {
            throw new VoiceException($"{Name} has no output {output}. Its outputs are: {string.Join(", ", Content.Outputs.Select(o => o.Name))}.");
        }

        if (Content.Outputs.First(o => o.Name == output).ElementType is not (0 or (int)TensorElementType.Float))
        {
            throw new VoiceException($"The output {output} of {Name} is not a tensor of {TensorElementType.Float}.");
        }
    }
}
