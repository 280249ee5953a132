using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Google.Protobuf;
using Onnx;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>
/// A published graph with what it lacks: every random node becomes an input that we draw, and the frames of each id become an output where the graph
/// keeps them to itself.
/// </summary>
/// <param name="Model">The changed model; null where the published one serves as it is.</param>
/// <param name="NoiseInputs">The inputs of random numbers, in the graph's order, and whether they are drawn evenly from 0 to 1.</param>
/// <param name="Durations">The output of frames per id; null where the graph has none.</param>
internal sealed record KokoroGraph(byte[]? Model, IReadOnlyList<(string Name, bool IsUniform)> NoiseInputs, string? Durations)
{
    /// <summary>Numbers that are drawn for a random node; a longer tensor repeats them, every 2.7 s of audio.</summary>
    public const int NoiseLength = 1 << 16;

    private const string OwnDurations = "dictation_frames";

    private static readonly string[] KnownDurations = ["durations", "duration", "pred_dur"];

    /// <exception cref="VoiceException">The file is no graph in order.</exception>
    public static KokoroGraph Read(string modelPath, VoiceModelFile file)
    {
        var known = KnownDurations.FirstOrDefault(name => file.Content.Outputs.Any(o => o.Name == name));
        var isRandom = file.Content.Operators.Any(op => op.StartsWith("Random", StringComparison.Ordinal));
        if (!isRandom && known is not null)
        {
            return new KokoroGraph(null, [], known);
        }

        ModelProto model;
        using (var stream = File.OpenRead(modelPath))
        {
            model = ModelProto.Parser.ParseFrom(stream);
        }

        var durations = known ?? AddDurations(model.Graph);
        var noise = ReplaceRandom(model.Graph);
        if (noise.Count == 0 && durations == known)
        {
            return new KokoroGraph(null, [], known);
        }

        ExternalData.TakeIn(model, Path.GetDirectoryName(modelPath)!);
        return new KokoroGraph(model.ToByteArray(), noise, durations);
    }

    // The frames of each id are round(x / speed), at least 1, as whole numbers: the nodes Round, Clip, Cast.
    private static string? AddDurations(GraphProto proto)
    {
        var graph = new OnnxGraph(proto);
        foreach (var index in graph.OfType("Cast"))
        {
            var cast = graph[index];
            if (Made(graph, cast.Input[0], "Clip") is { } clip && Made(graph, clip.Input[0], "Round") is not null && cast.Integer("to") == OnnxNodes.Int64)
            {
                proto.Node.Insert(index + 1, new NodeProto { OpType = "Identity", Input = { cast.Output[0] }, Output = { OwnDurations } });
                proto.Output.Add(OnnxNodes.Value(OwnDurations, OnnxNodes.Int64));
                return OwnDurations;
            }
        }

        return null;
    }

    private static NodeProto? Made(OnnxGraph graph, string tensor, string op) =>
        graph.MakerOf(tensor) is { } maker && graph[maker].OpType == op ? graph[maker] : null;

    private static List<(string Name, bool IsUniform)> ReplaceRandom(GraphProto graph)
    {
        var inputs = new List<(string, bool)>();
        for (var i = 0; i < graph.Node.Count; i++)
        {
            var node = graph.Node[i];
            if (!node.OpType.StartsWith("Random", StringComparison.Ordinal))
            {
                continue;
            }

            var name = $"dictation_noise_{inputs.Count}";
            var isUniform = node.OpType.StartsWith("RandomUniform", StringComparison.Ordinal);
            inputs.Add((name, isUniform));
            graph.Input.Add(OnnxNodes.Value(name, OnnxNodes.Float, [NoiseLength]));
            graph.Node.RemoveAt(i);
            foreach (var made in Drawn(graph, node, name, isUniform))
            {
                graph.Node.Insert(i++, made);
            }

            i--;
        }

        return inputs;
    }

    // As many of the input's numbers as the tensor has, from the first, again and again; in its shape, and scaled as the node says.
    private static IEnumerable<NodeProto> Drawn(GraphProto graph, NodeProto node, string name, bool isUniform)
    {
        string Part(string part) => $"{name}_{part}";
        graph.Initializer.Add(new TensorProto { Name = Part("zero"), DataType = OnnxNodes.Int64, Int64Data = { 0 } });
        graph.Initializer.Add(new TensorProto { Name = Part("one"), DataType = OnnxNodes.Int64, Int64Data = { 1 } });
        graph.Initializer.Add(new TensorProto { Name = Part("length"), DataType = OnnxNodes.Int64, Int64Data = { NoiseLength } });
        var (low, high) = isUniform
            ? (Attribute(node, "low", 0), Attribute(node, "high", 1))
            : (Attribute(node, "mean", 0), Attribute(node, "mean", 0) + Attribute(node, "scale", 1));
        graph.Initializer.Add(new TensorProto { Name = Part("scale"), DataType = OnnxNodes.Float, FloatData = { high - low } });
        graph.Initializer.Add(new TensorProto { Name = Part("offset"), DataType = OnnxNodes.Float, FloatData = { low } });
        if (node.Input.Count > 0)
        {
            yield return Node("Shape", Part("shape"), node.Input[0]);
        }
        else
        {
            graph.Initializer.Add(OnnxNodes.Tensor(Part("shape"), node.Integers("shape") ?? []));
        }

        var product = Node("ReduceProd", Part("count"), Part("shape"));
        product.Attribute.Add(new AttributeProto { Name = "keepdims", Type = AttributeProto.Types.AttributeType.Int, I = 0 });
        yield return product;
        yield return Node("Range", Part("range"), Part("zero"), Part("count"), Part("one"));
        yield return Node("Mod", Part("index"), Part("range"), Part("length"));
        yield return Node("Gather", Part("flat"), name, Part("index"));
        yield return Node("Mul", Part("scaled"), Part("flat"), Part("scale"));
        yield return Node("Add", Part("moved"), Part("scaled"), Part("offset"));
        var type = (int)(node.Integer("dtype") ?? OnnxNodes.Float);
        var shaped = type == OnnxNodes.Float ? node.Output[0] : Part("shaped");
        yield return Node("Reshape", shaped, Part("moved"), Part("shape"));
        if (type != OnnxNodes.Float)
        {
            var cast = Node("Cast", node.Output[0], shaped);
            cast.Attribute.Add(new AttributeProto { Name = "to", Type = AttributeProto.Types.AttributeType.Int, I = type });
            yield return cast;
        }
    }

    private static float Attribute(NodeProto node, string name, float otherwise) => node.Attribute.FirstOrDefault(a => a.Name == name)?.F ?? otherwise;

    private static NodeProto Node(string op, string output, params string[] inputs) => new() { OpType = op, Name = output, Output = { output }, Input = { inputs } };
}
