using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>One weight as the network's definition names it.</summary>
/// <param name="Name">Its name without the suffixes of weight norm.</param>
/// <param name="Shape">What config.json asks for.</param>
internal readonly record struct Weight(string Name, params int[] Shape)
{
    public int Count => Shape.Aggregate(1, (count, size) => checked(count * size));

    /// <summary>The name of its layer's bias.</summary>
    public string Bias => string.Concat(Name.AsSpan(0, Name.LastIndexOf('.')), ".bias");
}

/// <summary>
/// The weights of a voice as Hugging Face publishes it, in one file or several, looked up under every name that they are stored by. Read one at a time.
/// </summary>
internal sealed class VitsWeights : IDisposable
{
    public const string SingleFile = "model.safetensors", IndexFile = "model.safetensors.index.json";

    private const int MaxIndex = 32 << 20, MaxFiles = 1_000, MaxNumbers = 1 << 28;
    private const string Suffix = "weight";

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, (SafetensorsFile File, SafetensorsEntry Entry)> _tensors = new(StringComparer.Ordinal);

    /// <exception cref="VoiceException">The files are not there, or broken, or lie outside the folder.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public VitsWeights(string directory)
    {
        try
        {
            foreach (var path in Files(directory))
            {
                var file = new SafetensorsFile(path);
                _files.Add(file);
                foreach (var (name, entry) in file.Entries)
                {
                    if (!_tensors.TryAdd(name, (file, entry)))
                    {
                        throw new VoiceException($"Two of its files hold the tensor {SafetensorsFile.Shown(name)}.");
                    }
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The files that hold a folder's weights, in ordinal order.</summary>
    /// <exception cref="VoiceException">They are not there, or lie outside the folder.</exception>
    public static IReadOnlyList<string> Files(string directory)
    {
        if (VoiceFiles.Find(directory, IndexFile) is not { } index)
        {
            return [VoiceFiles.Find(directory, SingleFile) ?? throw new VoiceException($"There is no {SingleFile}.")];
        }

        using var document = VoiceFiles.ReadObject(index, MaxIndex);
        if (!document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
        {
            throw new VoiceException($"{IndexFile} has no weight_map.");
        }

        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tensor in map.EnumerateObject())
        {
            names.Add(tensor.Value.ValueKind == JsonValueKind.String ? tensor.Value.GetString()! : throw new VoiceException($"{IndexFile} does not name files."));
            if (names.Count > MaxFiles)
            {
                throw new VoiceException($"{IndexFile} names more than {MaxFiles} files.");
            }
        }

        return names.Count == 0
            ? throw new VoiceException($"{IndexFile} names no files.")
            : [.. names.Select(name => VoiceFiles.Find(directory, name) ?? throw new VoiceException($"There is no {SafetensorsFile.Shown(name)}, which {IndexFile} names."))];
    }

    /// <summary>How many rows a table has.</summary>
    /// <exception cref="VoiceException">There is no such table, or it is not as wide.</exception>
    public int Rows(string name, int width, int maxRows)
    {
        var shape = Find(name)?.Entry.Shape ?? throw Missing(name);
        return shape is [var rows, var columns] && columns == width && rows >= 1 && rows <= maxRows ? (int)rows : throw Wrong(name, shape, $"at most {maxRows}, {width}");
    }

    /// <summary>Finds out whether a weight is there and has its shape.</summary>
    /// <exception cref="VoiceException">It is not, or has not. The message says which.</exception>
    public void Check(Weight weight) => Parts(weight);

    /// <summary>Reads a weight. Weight norm is folded in, in 64 bits.</summary>
    /// <exception cref="VoiceException">It is not there, or has another shape.</exception>
    public void Read(Weight weight, Span<float> into)
    {
        var (values, scales) = Parts(weight);
        values.File.Read(values.Entry, into);
        if (scales is not { } norm)
        {
            return;
        }

        var lengths = new float[weight.Shape[0]];
        norm.File.Read(norm.Entry, lengths);
        var width = into.Length / lengths.Length;
        for (var row = 0; row < lengths.Length; row++)
        {
            var direction = into.Slice(row * width, width);
            var sum = 0.0;
            foreach (var value in direction)
            {
                sum += (double)value * value;
            }

            var scale = lengths[row] / Math.Sqrt(sum);
            for (var i = 0; i < width; i++)
            {
                direction[i] = (float)(direction[i] * scale);
            }
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private ((SafetensorsFile File, SafetensorsEntry Entry) Values, (SafetensorsFile File, SafetensorsEntry Entry)? Scales) Parts(Weight weight)
    {
        if (Find(weight.Name) is { } plain)
        {
            return (Shaped(plain, weight.Name, weight.Shape), null);
        }

        if (weight.Shape.Length == 3 && weight.Name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            var parametrized = $"{weight.Name[..^Suffix.Length]}parametrizations.weight.original";
            foreach (var (g, v) in ((string, string)[])[(weight.Name + "_g", weight.Name + "_v"), (parametrized + "0", parametrized + "1")])
            {
                if (Find(g) is { } scales && Find(v) is { } values)
                {
                    return (Shaped(values, v, weight.Shape), Shaped(scales, g, [weight.Shape[0], 1, 1]));
                }
            }
        }

        throw Missing(weight.Name);
    }

    private (SafetensorsFile File, SafetensorsEntry Entry)? Find(string name) => _tensors.TryGetValue(name, out var found) ? found : null;

    private static (SafetensorsFile File, SafetensorsEntry Entry) Shaped((SafetensorsFile File, SafetensorsEntry Entry) tensor, string name, int[] shape) =>
        !tensor.Entry.Shape.SequenceEqual(shape.Select(size => (long)size)) ? throw Wrong(name, tensor.Entry.Shape, string.Join(", ", shape))
        : tensor.Entry.Type is not ("F32" or "F64" or "F16" or "BF16") ? throw new VoiceException($"The tensor {name} is of the type {SafetensorsFile.Shown(tensor.Entry.Type)}; known are F32, F16, BF16 and F64.")
        : tensor.Entry.Count > MaxNumbers ? throw new VoiceException($"The tensor {name} is larger than any network of this kind needs.")
        : tensor;

    private static VoiceException Missing(string name) => new($"The voice has no tensor {name}.");

    private static VoiceException Wrong(string name, long[] shape, string expected) =>
        new($"The tensor {name} has the shape [{string.Join(", ", shape)}]; config.json asks for [{expected}].");
}
