using System.Globalization;
using System.Runtime.InteropServices;
using Dictation.Infrastructure.Tts.Onnx;
using Google.Protobuf;
using Onnx;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>A graph under construction: every operation adds a node and gives the name of its output.</summary>
/// <param name="name">The graph's name.</param>
internal sealed class GraphBuilder(string name)
{
    /// <summary>The operators' version, and that of the file's format.</summary>
    private const int Opset = 20, Format = 9;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);

    /// <summary>Adds an operation of one output.</summary>
    public string Op(string kind, string[] inputs, params AttributeProto[] attributes) => Op(kind, 1, inputs, attributes)[0];

    /// <summary>Adds an operation of several outputs.</summary>
    public string[] Op(string kind, int outputs, string[] inputs, params AttributeProto[] attributes)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{kind}_{_graph.Node.Count}");
        string[] names = outputs == 1 ? [id] : [.. Enumerable.Range(0, outputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"{id}_{i}"))];
        _graph.Node.Add(new NodeProto { OpType = kind, Name = id, Input = { inputs }, Output = { names }, Attribute = { attributes } });
        return names;
    }

    public string Input(string input, int type, params long[] dims)
    {
        if (_graph.Input.All(known => known.Name != input))
        {
            _graph.Input.Add(OnnxNodes.Value(input, type, dims));
        }

        return input;
    }

    public void Output(string value, string output, params long[] dims)
    {
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = output, Input = { value }, Output = { output } });
        _graph.Output.Add(OnnxNodes.Value(output, OnnxNodes.Float, dims));
    }

    /// <summary>A list of integers.</summary>
    public string Integers(params long[] values) => Constant($"i{string.Join('_', values)}", constant => OnnxNodes.Tensor(constant, values));

    /// <summary>An integer without dimensions.</summary>
    public string Integer(long value) =>
        Constant($"s{value}", constant => new TensorProto { Name = constant, DataType = OnnxNodes.Int64, Int64Data = { value } });

    /// <summary>A number without dimensions.</summary>
    public string Number(float value) => Numbers([value]);

    /// <summary>Numbers of that shape.</summary>
    public string Numbers(float[] values, params long[] dims)
    {
        var bytes = MemoryMarshal.AsBytes<float>(values);
        return Constant($"f{string.Join('_', dims)}:{Convert.ToHexString(bytes)}", constant => new TensorProto
        {
            Name = constant,
            DataType = OnnxNodes.Float,
            Dims = { dims },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
        });
    }

    /// <summary>Adds a weight, which is named here.</summary>
    public string Add(Func<string, TensorProto> weight)
    {
        var tensor = weight(string.Create(CultureInfo.InvariantCulture, $"w{_graph.Initializer.Count}"));
        _graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    public void Write(string path)
    {
        var model = new ModelProto { IrVersion = Format, ProducerName = "dictation", OpsetImport = { new OperatorSetIdProto { Version = Opset } }, Graph = _graph };
        using var file = File.Create(path);
        model.WriteTo(file);
    }

    private string Constant(string key, Func<string, TensorProto> make)
    {
        if (!_constants.TryGetValue(key, out var known))
        {
            _constants[key] = known = Add(make);
        }

        return known;
    }
}

/// <summary>Makes attributes of nodes.</summary>
internal static class Attributes
{
    public static AttributeProto Whole(string name, long value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    public static AttributeProto List(string name, params long[] values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    public static AttributeProto Number(string name, float value) => new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = value };

    public static AttributeProto Words(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };
}
