using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>
/// What a model file says, read without loading it. Nothing of it is looked up in other files; the weights are skipped.
/// </summary>
/// <param name="Inputs">What the caller feeds, in the file's order.</param>
/// <param name="Outputs">In the file's order.</param>
/// <param name="Metadata">Settings that exporters write into the model.</param>
/// <param name="External">Where weights lie that are not in the file itself.</param>
/// <param name="Operators">The kinds of its nodes, such as <c>Conv</c>.</param>
internal sealed record OnnxFile(
    IReadOnlyList<OnnxValue> Inputs,
    IReadOnlyList<OnnxValue> Outputs,
    IReadOnlyDictionary<string, string> Metadata,
    IReadOnlyList<ExternalWeights> External,
    IReadOnlySet<string> Operators)
{
    /// <summary>Reads a file, disposes of it and checks that it is whole, that its graphs have no cycle, and that its weights are as large as they say.</summary>
    /// <exception cref="VoiceException">It is no such ONNX model.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxFile Read(FileStream file)
    {
        using var buffered = new BufferedStream(file, 1 << 16);
        return new OnnxFileReader(new ProtobufReader(buffered, Path.GetFileName(file.Name))).Read(buffered.Length);
    }
}

/// <summary>An input or output of a network.</summary>
/// <param name="ElementType">One of ONNX's data types; 0 where it is not stated.</param>
/// <param name="Rank">How many dimensions it has; null where that is not stated.</param>
internal readonly record struct OnnxValue(string Name, int ElementType, int? Rank);

/// <summary>Weights in a file beside the model.</summary>
/// <param name="Location">The file's name, as the model states it.</param>
/// <param name="Offset">Their first byte there.</param>
/// <param name="Length">Bytes; null for up to the end.</param>
/// <param name="Elements">How many numbers there are.</param>
internal readonly record struct ExternalWeights(string Location, long Offset, long? Length, long Elements);
