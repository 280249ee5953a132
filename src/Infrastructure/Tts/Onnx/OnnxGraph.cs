using Dictation.Speech;
using Onnx;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>A model's graph with an index of who makes and who reads each tensor. The graph must not be changed while this is in use.</summary>
internal sealed class OnnxGraph
{
    private readonly Dictionary<string, int> _maker = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _weights = new(StringComparer.Ordinal);

    /// <exception cref="VoiceException">A node reads a tensor that no earlier node makes, as ONNX demands: the graph has a cycle, or is out of order.</exception>
    public OnnxGraph(GraphProto graph)
    {
        Proto = graph;
        foreach (var weight in graph.Initializer)
        {
            _weights[weight.Name] = weight;
        }

        Inputs = [.. graph.Input.Where(input => !_weights.ContainsKey(input.Name))];
        var known = graph.Input.Select(i => i.Name).Concat(_weights.Keys).Concat(graph.SparseInitializer.Select(s => s.Values.Name)).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < graph.Node.Count; i++)
        {
            var node = graph.Node[i];
            foreach (var input in node.Input.Where(n => n.Length > 0))
            {
                if (!known.Contains(input))
                {
                    throw new VoiceException($"The model's graph has a cycle or is not in order: {node.Name} reads {input} before it is made.");
                }

                if (!_readers.TryGetValue(input, out var readers))
                {
                    _readers[input] = readers = [];
                }

                readers.Add(i);
            }

            foreach (var output in node.Output.Where(n => n.Length > 0))
            {
                _maker[output] = i;
                known.Add(output);
            }

            HasSubgraphs |= node.Attribute.Any(a => a.G is not null || a.Graphs.Count > 0);
        }
    }

    public GraphProto Proto { get; }

    /// <summary>What the caller feeds: the declared inputs that are no weights.</summary>
    public IReadOnlyList<ValueInfoProto> Inputs { get; }

    /// <summary>A node holds a graph of its own, as <c>If</c> and <c>Loop</c> do, which may read tensors without naming them as inputs.</summary>
    public bool HasSubgraphs { get; }

    public NodeProto this[int node] => Proto.Node[node];

    /// <summary>The index of the node that makes a tensor; null for inputs and weights.</summary>
    public int? MakerOf(string tensor) => _maker.TryGetValue(tensor, out var node) ? node : null;

    /// <summary>The indices of the nodes that read a tensor.</summary>
    public IReadOnlyList<int> ReadersOf(string tensor) => _readers.TryGetValue(tensor, out var readers) ? readers : [];

    /// <summary>The weight of that name; null where there is none.</summary>
    public TensorProto? Weight(string tensor) => _weights.GetValueOrDefault(tensor);

    /// <summary>The value of a tensor that is a weight or a <c>Constant</c>; null for any other.</summary>
    public TensorProto? ConstantOf(string tensor) => Weight(tensor)
        ?? (MakerOf(tensor) is { } maker && this[maker].OpType == "Constant" ? this[maker].Attribute.FirstOrDefault(a => a.Name == "value")?.T : null);

    /// <summary>Every node of that type, in order.</summary>
    public IEnumerable<int> OfType(string op) => Enumerable.Range(0, Proto.Node.Count).Where(i => this[i].OpType == op);

    /// <summary>Every node that depends on a tensor.</summary>
    public HashSet<int> Downstream(string tensor)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>(ReadersOf(tensor));
        while (open.TryPop(out var node))
        {
            if (found.Add(node))
            {
                foreach (var reader in this[node].Output.SelectMany(ReadersOf))
                {
                    open.Push(reader);
                }
            }
        }

        return found;
    }

    /// <summary>Every node that a tensor depends on, its maker among them.</summary>
    public HashSet<int> Upstream(IEnumerable<string> tensors)
    {
        var found = new HashSet<int>();
        var open = new Stack<string>(tensors);
        while (open.TryPop(out var tensor))
        {
            if (MakerOf(tensor) is { } node && found.Add(node))
            {
                foreach (var input in this[node].Input)
                {
                    open.Push(input);
                }
            }
        }

        return found;
    }
}
