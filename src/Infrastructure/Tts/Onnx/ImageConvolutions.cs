using Onnx;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>
/// Rewrites convolutions over time, <c>[n, C, time]</c>, as convolutions of images of one row, <c>[n, C, 1, time]</c>, which ONNX Runtime's blocked
/// kernels take. The results are the same up to rounding.
/// </summary>
internal sealed class ImageConvolutions
{
    /// <summary>Blocked kernels work on this many channels at a time, or twice as many.</summary>
    private const int Block = 8;

    private const string Suffix = "/image", RowAxis = "/image_row_axis";

    /// <summary>What works on each number alone, so that a row may be added to its shape.</summary>
    private static readonly HashSet<string> Elementwise = new(StringComparer.Ordinal)
    {
        "Add", "Sub", "Mul", "Div", "LeakyRelu", "Relu", "Tanh", "Sigmoid", "Identity", "Clip", "Elu", "Neg", "Sin", "Cos", "Exp", "Softplus",
    };

    private readonly OnnxGraph _graph;
    private readonly bool _chained;
    private readonly bool _axesAreInput;
    private readonly List<NodeProto> _nodes = [];
    private readonly HashSet<string> _images = new(StringComparer.Ordinal);
    private readonly HashSet<string> _plain = new(StringComparer.Ordinal);

    private ImageConvolutions(OnnxGraph graph, bool chained, bool axesAreInput) => (_graph, _chained, _axesAreInput) = (graph, chained, axesAreInput);

    /// <summary>Rewrites a model in place.</summary>
    /// <param name="model">The model.</param>
    /// <param name="chained">
    /// All convolutions, and what stands between them stays an image: for a generator, which is little else. Otherwise each convolution alone, where its
    /// channels fill the blocks.
    /// </param>
    public static void Rewrite(ModelProto model, bool chained)
    {
        var version = model.OpsetImport.Where(o => o.Domain.Length == 0).Select(o => o.Version).DefaultIfEmpty(1).Max();
        new ImageConvolutions(new OnnxGraph(model.Graph), chained, version >= 13).Rewrite();
    }

    private void Rewrite()
    {
        var graph = _graph.Proto;
        foreach (var value in graph.Input.Select(i => i.Name).Concat(graph.Initializer.Select(w => w.Name)))
        {
            _plain.Add(value);
        }

        var rewritten = Enumerable.Range(0, graph.Node.Count).Where(i => IsOverTime(graph.Node[i])).ToHashSet();
        for (var i = 0; i < graph.Node.Count; i++)
        {
            var node = graph.Node[i];
            if (rewritten.Contains(i))
            {
                Convolution(node, rewritten);
            }
            else if (_chained && Elementwise.Contains(node.OpType) && node.Input.Any(t => _images.Contains(t) && !_plain.Contains(t)))
            {
                for (var k = 0; k < node.Input.Count; k++)
                {
                    node.Input[k] = node.Input[k].Length == 0 || IsScalar(node.Input[k]) ? node.Input[k] : Image(node.Input[k]);
                }

                MakesImage(node);
            }
            else
            {
                foreach (var input in node.Input)
                {
                    Plain(input);
                }

                _nodes.Add(node);
                _plain.UnionWith(node.Output);
            }
        }

        foreach (var output in graph.Output)
        {
            Plain(output.Name);
        }

        if (_images.Count > 0 && _axesAreInput)
        {
            graph.Initializer.Add(OnnxNodes.Tensor(RowAxis, 2));
        }

        graph.Node.Clear();
        graph.Node.Add(_nodes);

        // What was said of shapes in between no longer holds.
        graph.ValueInfo.Clear();
    }

    private bool IsOverTime(NodeProto node)
    {
        if (node.OpType is not ("Conv" or "ConvTranspose") || node.Words("auto_pad") is not (null or "" or "NOTSET"))
        {
            return false;
        }

        var weight = _graph.ConstantOf(node.Input[1]);
        var rank = node.Integers("kernel_shape")?.Length ?? weight?.Dims.Count - 2;
        if (rank != 1)
        {
            return false;
        }

        return _chained || (weight is not null && node.OpType == "Conv" && weight.Dims[0] % Block == 0 && weight.Dims[1] % Block == 0);
    }

    private void Convolution(NodeProto node, HashSet<int> rewritten)
    {
        node.Input[0] = Image(node.Input[0]);
        node.Input[1] = Kernel(node.Input[1], rewritten);
        if (node.Integers("kernel_shape") is [var kernel])
        {
            node.Set("kernel_shape", 1, kernel);
        }

        if (node.Integers("pads") is [var left, var right])
        {
            node.Set("pads", 0, left, 0, right);
        }

        if (node.Integers("strides") is [var stride])
        {
            node.Set("strides", 1, stride);
        }

        if (node.Integers("dilations") is [var dilation])
        {
            node.Set("dilations", 1, dilation);
        }

        if (node.Integers("output_padding") is [var padding])
        {
            node.Set("output_padding", 0, padding);
        }

        MakesImage(node);
    }

    /// <summary>The weights with a row: reshaped where only convolutions read them, else by a node, which ONNX Runtime computes when it loads.</summary>
    private string Kernel(string name, HashSet<int> rewritten)
    {
        if (_graph.Weight(name) is { } weight && _graph.ReadersOf(name).All(rewritten.Contains))
        {
            if (weight.Dims.Count == 3)
            {
                weight.Dims.Insert(2, 1);
                foreach (var input in _graph.Proto.Input.Where(i => i.Name == name).ToList())
                {
                    _graph.Proto.Input.Remove(input);
                }
            }

            return name;
        }

        return Image(name);
    }

    private void MakesImage(NodeProto node)
    {
        _images.Add(node.Output[0]);
        node.Output[0] += Suffix;
        _nodes.Add(node);
    }

    private string Image(string tensor)
    {
        if (_images.Add(tensor))
        {
            _nodes.Add(Reshaping("Unsqueeze", tensor, tensor + Suffix));
        }

        return tensor + Suffix;
    }

    private void Plain(string tensor)
    {
        if (_images.Contains(tensor) && _plain.Add(tensor))
        {
            _nodes.Add(Reshaping("Squeeze", tensor + Suffix, tensor));
        }
    }

    private NodeProto Reshaping(string op, string from, string to)
    {
        var node = new NodeProto { OpType = op, Name = $"{op}:{from}", Input = { from }, Output = { to } };
        if (_axesAreInput)
        {
            node.Input.Add(RowAxis);
        }
        else
        {
            node.Set("axes", 2);
        }

        return node;
    }

    private bool IsScalar(string tensor) => _graph.ConstantOf(tensor) is { } value && value.Dims.Count <= 1 && value.Count() == 1;
}
