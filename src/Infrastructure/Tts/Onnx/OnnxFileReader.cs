using System.Globalization;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>Walks through a model file by the numbers that onnx.proto gives its fields, into every graph and to every tensor.</summary>
internal sealed class OnnxFileReader(ProtobufReader reader)
{
    /// <summary>The most elements that lie in a byte of weights.</summary>
    public const int MostPerByte = 4;

    private readonly List<OnnxValue> _inputs = [];
    private readonly List<OnnxValue> _outputs = [];
    private readonly HashSet<string> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<ExternalWeights> _external = [];
    private readonly HashSet<string> _operators = new(StringComparer.Ordinal);

    public OnnxFile Read(long length)
    {
        const int Graph = 7, Metadata = 14, Training = 20, Functions = 25;
        var found = false;
        reader.Message(length, field =>
        {
            switch (field)
            {
                case { HasLength: false }:
                    break;
                case { Number: Graph }:
                    found = true;
                    ReadGraph(field.End, isMain: true);
                    break;
                case { Number: Metadata }:
                    var (key, value) = ReadEntry(field.End);
                    _metadata[key] = value;
                    break;
                case { Number: Training }:
                    reader.Message(field.End, part => ReadGraphs(part, 1, 2));
                    break;
                case { Number: Functions }:
                    ReadFunction(field.End);
                    break;
            }
        });

        // Older exporters list the weights among the inputs.
        return found ? new OnnxFile([.. _inputs.Where(i => !_weights.Contains(i.Name))], _outputs, _metadata, _external, _operators) : throw reader.Broken();
    }

    /// <returns>The tensors that the graph reads from around it.</returns>
    private List<string> ReadGraph(long end, bool isMain)
    {
        const int Node = 1, Initializer = 5, Input = 11, Output = 12, Sparse = 15;
        var nodes = new OnnxNodeOrder();
        var own = new HashSet<string>(StringComparer.Ordinal);
        reader.Message(end, field =>
        {
            if (!field.HasLength)
            {
                return;
            }

            switch (field.Number)
            {
                case Node:
                    ReadNode(field.End, nodes);
                    break;
                case Initializer when ReadTensor(field.End) is { } name:
                    (isMain ? _weights : own).Add(name);
                    break;
                case Input:
                    var input = ReadValue(field.End);
                    own.Add(input.Name);
                    if (isMain)
                    {
                        reader.Add(_inputs, input);
                    }

                    break;
                case Output when isMain:
                    reader.Add(_outputs, ReadValue(field.End));
                    break;
                case Sparse:
                    ReadSparse(field.End);
                    break;
            }
        });
        return nodes.HasCycle ? throw reader.Broken("its graph has a cycle") : nodes.ReadFromOutside(own);
    }

    private void ReadGraphs(ProtobufField field, params ReadOnlySpan<int> numbers)
    {
        if (field.HasLength && numbers.Contains(field.Number))
        {
            ReadGraph(field.End, isMain: false);
        }
    }

    private void ReadFunction(long end)
    {
        const int Node = 7, Attribute = 11;
        var nodes = new OnnxNodeOrder();
        reader.Message(end, field =>
        {
            if (field is { HasLength: true, Number: Node })
            {
                ReadNode(field.End, nodes);
            }
            else if (field is { HasLength: true, Number: Attribute })
            {
                ReadAttribute(field.End, []);
            }
        });
        if (nodes.HasCycle)
        {
            throw reader.Broken("one of its functions has a cycle");
        }
    }

    private void ReadNode(long end, OnnxNodeOrder nodes)
    {
        const int Input = 1, Output = 2, Operator = 4, Attribute = 5;
        List<string> reads = reader.List<string>(), makes = reader.List<string>();
        reader.Message(end, field =>
        {
            switch (field)
            {
                case { Number: Input }:
                    reads.Add(reader.Text(field));
                    break;
                case { Number: Output }:
                    makes.Add(reader.Text(field));
                    break;
                case { Number: Operator } when reader.ShortText(field) is { } kind:
                    _operators.Add(kind);
                    break;
                case { HasLength: true, Number: Attribute }:
                    ReadAttribute(field.End, reads);
                    break;
            }
        });
        nodes.Add(reads, makes);
    }

    private void ReadAttribute(long end, List<string> reads)
    {
        const int Tensor = 5, Graph = 6, Tensors = 10, Graphs = 11, Sparse = 22, Sparses = 23;
        reader.Message(end, field =>
        {
            switch (field)
            {
                case { HasLength: false }:
                    break;
                case { Number: Tensor or Tensors }:
                    ReadTensor(field.End);
                    break;
                case { Number: Graph or Graphs }:
                    reads.AddRange(ReadGraph(field.End, isMain: false));
                    break;
                case { Number: Sparse or Sparses }:
                    ReadSparse(field.End);
                    break;
            }
        });
    }

    private void ReadSparse(long end)
    {
        const int Values = 1, Indices = 2;
        reader.Message(end, field =>
        {
            if (field is { HasLength: true, Number: Values or Indices })
            {
                ReadTensor(field.End);
            }
        });
    }

    /// <returns>The tensor's name.</returns>
    private string? ReadTensor(long end)
    {
        const int Dims = 1, Name = 8, External = 13;
        string? name = null;
        Dictionary<string, string>? settings = null;
        long elements = 1, bytes = 0;
        reader.Message(end, field =>
        {
            switch (field.Number)
            {
                case Dims:
                    reader.Numbers(field, size => elements = Times(elements, size));
                    break;
                case 4 or 5 or 6 or 7 or 9 or 10 or 11:
                    bytes += field.End - field.Start;
                    break;
                case Name:
                    name = reader.Text(field);
                    break;
                case External when field.HasLength:
                    var (key, value) = ReadEntry(field.End);
                    (settings ??= new(StringComparer.Ordinal))[key] = value;
                    break;
            }
        });
        if (settings is not null)
        {
            reader.Add(_external, new ExternalWeights(
                settings.GetValueOrDefault("location", ""), Place(settings, "offset") ?? 0, Place(settings, "length"), elements));
        }
        else if (elements > MostPerByte * bytes)
        {
            throw reader.Broken("one of its tensors is larger than its data");
        }

        return name;
    }

    private long Times(long elements, ulong size) => size > long.MaxValue || (elements > 0 && (long)size > long.MaxValue / elements)
        ? throw reader.Broken("one of its tensors has a size that cannot be")
        : elements * (long)size;

    private long? Place(Dictionary<string, string> settings, string name) => !settings.TryGetValue(name, out var value) ? null
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
        : throw reader.Broken("it does not say where its weights are in their file");

    /// <summary>A setting. One that is long, as some exporters' notes are, is none that this service reads.</summary>
    private (string Key, string Value) ReadEntry(long end)
    {
        const int Key = 1, Value = 2, MostSetting = 1 << 16;
        string key = "", value = "";
        reader.Message(end, field =>
        {
            (key, value) = field.Number switch
            {
                Key => (reader.ShortText(field) ?? "", value),
                Value => (key, reader.ShortText(field, MostSetting) ?? ""),
                _ => (key, value),
            };
        });
        return (key, value);
    }

    private OnnxValue ReadValue(long end)
    {
        const int Name = 1, Type = 2, TensorType = 1, ElementType = 1, Shape = 2, Dim = 1;
        var value = new OnnxValue("", 0, null);
        reader.Message(end, field =>
        {
            if (field.Number == Name)
            {
                value = value with { Name = reader.Text(field) };
            }
            else if (field is { HasLength: true, Number: Type })
            {
                reader.Message(field.End, type =>
                {
                    if (type is { HasLength: true, Number: TensorType })
                    {
                        reader.Message(type.End, part =>
                        {
                            if (part is { WireType: 0, Number: ElementType })
                            {
                                value = value with { ElementType = (int)part.Value };
                            }
                            else if (part is { HasLength: true, Number: Shape })
                            {
                                var rank = 0;
                                reader.Message(part.End, dim => rank += dim.Number == Dim ? 1 : 0);
                                value = value with { Rank = rank };
                            }
                        });
                    }
                });
            }
        });
        return value;
    }
}
