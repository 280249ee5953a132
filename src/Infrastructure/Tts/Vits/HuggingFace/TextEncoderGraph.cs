using static Dictation.Infrastructure.Tts.Vits.HuggingFace.Attributes;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>Writes the text encoder: a transformer whose attention also looks at distances within a window.</summary>
internal sealed class TextEncoderGraph
{
    private const string Prefix = "text_encoder.";

    private readonly VitsLayers _layers;
    private readonly VitsConfig _config;
    private readonly GraphBuilder _graph;
    private readonly string _length;
    private readonly string _wide;

    private TextEncoderGraph(VitsLayers layers, string ids)
    {
        (_layers, _config, _graph) = (layers, layers.Config, layers.Graph);
        _length = _graph.Op("Shape", [ids], Whole("start", 1), Whole("end", 2));
        _wide = _graph.Op("Add", [_length, _graph.Integers(2 * _config.Window)]);
    }

    /// <summary>Adds the encoder to a graph.</summary>
    /// <param name="layers">Of the graph.</param>
    /// <param name="ids"><c>[1, T]</c>.</param>
    /// <param name="rows">Rows of the table of ids.</param>
    /// <returns>Its end, <c>[1, T, hidden]</c>; means and log variances, <c>[1, T, flow]</c>.</returns>
    public static (string Hidden, string Means, string LogVariances) Add(VitsLayers layers, string ids, int rows) => new TextEncoderGraph(layers, ids).Add(ids, rows);

    private (string Hidden, string Means, string LogVariances) Add(string ids, int rows)
    {
        var hidden = _config.Hidden;
        var root = MathF.Sqrt(hidden);
        var table = _layers.Stored([rows, hidden], (from, to) => Scale(from, to, root), new Weight(Prefix + "embed_tokens.weight", rows, hidden));
        var x = _graph.Op("Gather", [table, ids]);
        for (var i = 0; i < _config.Layers; i++)
        {
            var layer = $"{Prefix}encoder.layers.{i}.";
            x = _graph.Op("Add", [x, Attention(x, layer + "attention.")]);
            x = _layers.Norm(x, layer + "layer_norm", hidden, _config.NormEpsilon);
            x = _graph.Op("Add", [x, FeedForward(x, layer + "feed_forward.")]);
            x = _layers.Norm(x, layer + "final_layer_norm", hidden, _config.NormEpsilon);
        }

        var statistics = _layers.Linear(x, new Weight(Prefix + "project.weight", 2 * _config.Flow, hidden, 1));
        var parts = _graph.Op("Split", 2, [statistics], Whole("axis", 2), Whole("num_outputs", 2));
        return (x, parts[0], parts[1]);
    }

    private static void Scale(ReadOnlySpan<float> from, Span<float> to, float factor)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[i] * factor;
        }
    }

    private string FeedForward(string x, string name)
    {
        var (hidden, inner, width) = (_config.Hidden, _config.FeedForward, _config.FeedForwardKernel);
        var y = _layers.Convolution(_layers.Image(x), new Weight(name + "conv_1.weight", inner, hidden, width), right: width / 2);
        y = _layers.Convolution(_layers.Activation(y), new Weight(name + "conv_2.weight", hidden, inner, width), right: width / 2);
        return _layers.Rows(y);
    }

    private string Attention(string x, string name)
    {
        var (hidden, heads, window) = (_config.Hidden, _config.Heads, _config.Window);
        var size = hidden / heads;
        var parts = _graph.Op("Reshape", [Projections(x, name, MathF.Pow(size, -0.5f)), _graph.Integers(-1, 3, heads, size)]);
        parts = _graph.Op("Transpose", [parts], List("perm", 1, 2, 0, 3));
        var (query, key, value) = (Part(0), Part(1), Part(2));
        var scores = _graph.Op("MatMul", [query, _graph.Op("Transpose", [key], List("perm", 0, 2, 1))]);
        if (window > 0)
        {
            var near = new Weight(name + "emb_rel_k", 1, 2 * window + 1, size);
            scores = _graph.Op("Add", [scores, Spread(_graph.Op("MatMul", [query, _layers.Stored([size, 2 * window + 1], Transpose, near)]))]);
        }

        var shares = _graph.Op("Softmax", [scores], Whole("axis", -1));
        var mixed = _graph.Op("MatMul", [shares, value]);
        if (window > 0)
        {
            var near = _layers.Stored([2 * window + 1, size], null, new Weight(name + "emb_rel_v", 1, 2 * window + 1, size));
            mixed = _graph.Op("Add", [mixed, _graph.Op("MatMul", [Collect(shares), near])]);
        }

        mixed = _graph.Op("Reshape", [_graph.Op("Transpose", [mixed], List("perm", 1, 0, 2)), _graph.Integers(1, -1, hidden)]);
        return Projected(mixed, name + "out_proj");

        string Part(long index) => _graph.Op("Gather", [parts, _graph.Integer(index)], Whole("axis", 0));

        void Transpose(ReadOnlySpan<float> from, Span<float> to)
        {
            var distances = 2 * window + 1;
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i % distances * size + i / distances];
            }
        }
    }

    private string Projected(string x, string name)
    {
        var weight = new Weight(name + ".weight", _config.Hidden, _config.Hidden);
        return _config.UsesBias ? _layers.Linear(x, weight) : _graph.Op("MatMul", [x, _layers.Transposed(weight)]);
    }

    /// <summary>Query, key and value in one product; the query is scaled.</summary>
    private string Projections(string x, string name, float queryScale)
    {
        var hidden = _config.Hidden;
        string[] names = [name + "q_proj", name + "k_proj", name + "v_proj"];
        var product = _graph.Op("MatMul", [x, _layers.Stored([hidden, 3 * hidden], Fill, [.. names.Select(n => new Weight(n + ".weight", hidden, hidden))])]);
        return _config.UsesBias
            ? _graph.Op("Add", [product, _layers.Stored([3 * hidden], FillBias, [.. names.Select(n => new Weight(n + ".bias", hidden))])])
            : product;

        void Fill(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var output = i % (3 * hidden);
                to[i] = from[output * hidden + i / (3 * hidden)] * (output < hidden ? queryScale : 1);
            }
        }

        void FillBias(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i] * (i < hidden ? queryScale : 1);
            }
        }
    }

    /// <summary><c>[heads, T, 2w + 1]</c> by distance to <c>[heads, T, T]</c> by position; what is farther away than the window gets 0.</summary>
    private string Spread(string near)
    {
        var window = _config.Window;
        var padded = _graph.Op("Pad", [near, _graph.Op("Concat", [_graph.Integers(0, 0, 0, 0, 0), _length], Whole("axis", 0))]);
        var flat = _graph.Op("Reshape", [padded, _graph.Integers(0, -1)]);
        var cut = _layers.Slice(flat, _graph.Integers(0), _graph.Op("Mul", [_length, _wide]), 1);
        var shape = _graph.Op("Concat", [_graph.Integers(_config.Heads), _length, _wide], Whole("axis", 0));
        return _layers.Slice(
            _graph.Op("Reshape", [cut, shape]), _graph.Integers(window), _graph.Op("Add", [_length, _graph.Integers(window)]), 2);
    }

    /// <summary>The way back: <c>[heads, T, T]</c> by position to <c>[heads, T, 2w + 1]</c> by distance.</summary>
    private string Collect(string shares)
    {
        var window = _config.Window;
        var flat = _graph.Op("Reshape", [_graph.Op("Pad", [shares, _graph.Integers(0, 0, window, 0, 0, window)]), _graph.Integers(0, -1)]);
        var padded = _graph.Op("Pad", [flat, _graph.Op("Concat", [_graph.Integers(0, 0, 0), _length], Whole("axis", 0))]);
        var shape = _graph.Op(
            "Concat", [_graph.Integers(_config.Heads), _length, _graph.Op("Add", [_wide, _graph.Integers(1)])], Whole("axis", 0));
        return _layers.Slice(_graph.Op("Reshape", [padded, shape]), 0, 2 * window + 1, 2);
    }
}
