using System.Globalization;
using System.Runtime.InteropServices;
using Dictation.Infrastructure.Tts.Onnx;
using Onnx;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>Makes the numbers of one tensor of a graph out of those of a voice's weights.</summary>
internal delegate void WeightFill(ReadOnlySpan<float> from, Span<float> to);

/// <summary>
/// Writes the weights of one graph into a file beside it, one after the other, so that no more than one is in memory. ONNX Runtime maps the file.
/// </summary>
internal sealed class GraphWeights : IDisposable
{
    /// <summary>Where each tensor begins in the file, in bytes: a multiple of this.</summary>
    private const int Alignment = 64;

    private readonly VitsWeights _weights;
    private readonly FileStream? _file;
    private float[] _from = [];
    private float[] _to = [];

    /// <param name="weights">The voice's weights.</param>
    /// <param name="path">The file; null where it is only to be found out whether all weights are there.</param>
    public GraphWeights(VitsWeights weights, string? path) => (_weights, _file) = (weights, path is null ? null : File.Create(path));

    /// <summary>How many numbers were written, or would be.</summary>
    public long Count { get; private set; }

    /// <summary>Writes a tensor.</summary>
    /// <param name="name">Its name in the graph.</param>
    /// <param name="dims">Its shape there.</param>
    /// <param name="fill">Makes it out of the sources, which lie one behind the other; null where it is as they are.</param>
    /// <param name="sources">What it is made of.</param>
    public TensorProto Add(string name, long[] dims, WeightFill? fill, params Weight[] sources)
    {
        foreach (var source in sources)
        {
            _weights.Check(source);
        }

        var (read, made) = (sources.Sum(source => source.Count), checked((int)dims.Aggregate(1L, (count, size) => checked(count * size))));
        Count += made;
        var tensor = new TensorProto { Name = name, DataType = OnnxNodes.Float, Dims = { dims } };
        if (_file is null)
        {
            return tensor;
        }

        var from = Room(ref _from, read);
        var at = 0;
        foreach (var source in sources)
        {
            _weights.Read(source, from.Slice(at, source.Count));
            at += source.Count;
        }

        var to = from;
        if (fill is not null)
        {
            to = Room(ref _to, made);
            fill(from, to);
        }

        var bytes = MemoryMarshal.AsBytes(to);
        _file.Position = (_file.Position + Alignment - 1) / Alignment * Alignment;
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        Place("location", Path.GetFileName(_file.Name));
        Place("offset", _file.Position.ToString(CultureInfo.InvariantCulture));
        Place("length", bytes.Length.ToString(CultureInfo.InvariantCulture));
        _file.Write(bytes);
        return tensor;

        void Place(string key, string value) => tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
    }

    public void Dispose() => _file?.Dispose();

    private static Span<float> Room(ref float[] buffer, int count)
    {
        if (buffer.Length < count)
        {
            buffer = GC.AllocateUninitializedArray<float>(count);
        }

        return buffer.AsSpan(0, count);
    }
}
