using Dictation.Infrastructure.Tts.Onnx;
using Onnx;
using static Dictation.Infrastructure.Tts.Vits.HuggingFace.Attributes;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>Writes the flow: statistics per id and noise per frame to latents, <c>[1, flow, frames]</c>.</summary>
internal sealed class FlowGraph(VitsLayers layers)
{
    private readonly VitsConfig _config = layers.Config;
    private readonly GraphBuilder _graph = layers.Graph;

    /// <summary>Adds the flow to a graph.</summary>
    /// <param name="means"><c>[1, T, flow]</c>.</param>
    /// <param name="logVariances"><c>[1, T, flow]</c>; their exponential is the deviation.</param>
    /// <param name="durations">Frames per id, <c>[1, T]</c>.</param>
    /// <param name="noise"><c>[1, flow, frames]</c>.</param>
    /// <param name="noiseScale"><c>[1]</c>.</param>
    public string Add(string means, string logVariances, string durations, string noise, string noiseScale)
    {
        var ids = IdsOfFrames(durations, noise);
        var mean = layers.Image(_graph.Op("Gather", [means, ids], Whole("axis", 1)));
        var deviation = layers.Image(_graph.Op("Gather", [_graph.Op("Exp", [logVariances]), ids], Whole("axis", 1)));
        var image = _graph.Op("Unsqueeze", [noise, _graph.Integers(2)]);
        var x = _graph.Op("Add", [mean, _graph.Op("Mul", [_graph.Op("Mul", [image, deviation]), noiseScale])]);
        var halves = _graph.Op("Split", 2, [x], Whole("axis", 1), Whole("num_outputs", 2));
        var (first, second) = (halves[0], halves[1]);

        // Between flows all channels are reversed. Instead the halves trade places, and the weights that meet them are reversed.
        var reversed = false;
        for (var i = _config.Flows - 1; i >= 0; i--)
        {
            (first, second, reversed) = (second, first, !reversed);
            second = _graph.Op("Sub", [second, Coupling(first, $"flow.flows.{i}.", reversed)]);
        }

        x = _graph.Op("Squeeze", [_graph.Op("Concat", [first, second], Whole("axis", 1)), _graph.Integers(2)]);
        return reversed ? _graph.Op("Gather", [x, _graph.Integers(Reversed(_config.Flow / 2))], Whole("axis", 1)) : x;
    }

    /// <summary>The channels of two halves, each in reverse.</summary>
    private static long[] Reversed(int half) => [.. Enumerable.Range(0, 2 * half).Select(i => i < half ? half - 1L - i : 3L * half - 1 - i)];

    /// <summary>For each frame the index of its id: as many ids end before it.</summary>
    private string IdsOfFrames(string durations, string noise)
    {
        var frames = _graph.Op("Shape", [noise], Whole("start", 2), Whole("end", 3));
        var lengths = _graph.Op("Squeeze", [_graph.Op("Cast", [durations], Whole("to", OnnxNodes.Int64)), _graph.Integers(0)]);
        var ends = _graph.Op("CumSum", [lengths, _graph.Integer(0)]);

        // The last ends behind the last frame, where one more place is for it.
        var places = _graph.Op("ConstantOfShape", [_graph.Op("Add", [frames, _graph.Integers(1)])], Zero());
        var one = _graph.Op("Expand", [_graph.Integers(1), _graph.Op("Shape", [lengths])]);
        var marked = _graph.Op("ScatterElements", [places, ends, one], Whole("axis", 0), Words("reduction", "add"));
        return _graph.Op("CumSum", [layers.Slice(marked, _graph.Integers(0), frames, 0), _graph.Integer(0)]);
    }

    private static AttributeProto Zero() => new()
    {
        Name = "value",
        Type = AttributeProto.Types.AttributeType.Tensor,
        T = new TensorProto { DataType = OnnxNodes.Int64, Dims = { 1 }, Int64Data = { 0 } },
    };

    /// <summary>What a flow subtracts from one half, computed from the other.</summary>
    private string Coupling(string half, string name, bool reversed)
    {
        var (hidden, channels, count) = (_config.Hidden, _config.Flow / 2, _config.WaveNetLayers);
        var y = layers.Convolution(half, new Weight(name + "conv_pre.weight", hidden, channels, 1), .., reverseColumns: reversed);
        string? sum = null;
        for (var i = 0; i < count; i++)
        {
            var wave = _graph.Op("Tanh", [Gate(y, name, i, 0)]);
            var product = _graph.Op("Mul", [wave, _graph.Op("Sigmoid", [Gate(y, name, i, 1)])]);
            var isLast = i == count - 1;
            var weight = new Weight($"{name}wavenet.res_skip_layers.{i}.weight", isLast ? hidden : 2 * hidden, hidden, 1);
            if (!isLast)
            {
                y = _graph.Op("Add", [y, layers.Convolution(product, weight, ..hidden)]);
            }

            var skip = layers.Convolution(product, weight, ^hidden..);
            sum = sum is null ? skip : _graph.Op("Add", [sum, skip]);
        }

        return layers.Convolution(sum!, new Weight(name + "conv_post.weight", channels, hidden, 1), .., reverseRows: reversed);
    }

    /// <summary>One of the two convolutions of a WaveNet's layer: apart, so that each melts into its activation.</summary>
    private string Gate(string y, string name, int layer, int gate)
    {
        var hidden = _config.Hidden;
        var weight = new Weight($"{name}wavenet.in_layers.{layer}.weight", 2 * hidden, hidden, _config.WaveNetKernel);
        var z = layers.Convolution(y, weight, (gate * hidden)..((gate + 1) * hidden), dilation: (int)Math.Pow(_config.WaveNetDilation, layer));
        if (layers.Speaker is not { } speaker)
        {
            return z;
        }

        var first = (2 * layer + gate) * hidden;
        var condition = new Weight(name + "wavenet.cond_layer.weight", 2 * hidden * _config.WaveNetLayers, _config.SpeakerSize, 1);
        var offset = layers.Linear(speaker, condition, selected: first..(first + hidden));
        return _graph.Op("Add", [z, _graph.Op("Unsqueeze", [offset, _graph.Integers(2, 3)])]);
    }
}
