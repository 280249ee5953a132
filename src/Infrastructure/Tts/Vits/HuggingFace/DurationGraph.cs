using Dictation.Infrastructure.Tts.Onnx;
using static Dictation.Infrastructure.Tts.Vits.HuggingFace.Attributes;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>Writes the predictor of durations: rows of the text's hidden state to log durations, <c>[1, T, 1]</c>.</summary>
internal sealed class DurationGraph(VitsLayers layers)
{
    /// <summary>Inputs of the text part.</summary>
    public const string Noise = "duration_noise", NoiseScale = "noise_scale_w";

    private const string Prefix = "duration_predictor.";

    /// <summary>Not in any configuration.</summary>
    private const float SeparableEpsilon = 1e-5f;

    private readonly VitsConfig _config = layers.Config;
    private readonly GraphBuilder _graph = layers.Graph;

    public string Add(string hidden) => _config.HasStochasticDurations ? Stochastic(hidden) : Deterministic(hidden);

    private string Deterministic(string hidden)
    {
        var (filter, width) = (_config.DurationFilter, _config.DurationKernel);
        var x = WithSpeaker(hidden);
        for (var i = 1; i <= 2; i++)
        {
            var weight = new Weight($"{Prefix}conv_{i}.weight", filter, i == 1 ? _config.Hidden : filter, width);
            var y = _graph.Op("Relu", [layers.Convolution(layers.Image(x), weight)]);
            x = layers.Norm(layers.Rows(y), $"{Prefix}norm_{i}", filter, _config.NormEpsilon);
        }

        return layers.Linear(x, new Weight(Prefix + "proj.weight", 1, filter, 1));
    }

    private string Stochastic(string hidden)
    {
        var size = _config.Hidden;
        var x = WithSpeaker(layers.Linear(hidden, new Weight(Prefix + "conv_pre.weight", size, size, 1)));
        x = layers.Linear(Separable(x, Prefix + "conv_dds."), new Weight(Prefix + "conv_proj.weight", size, size, 1));
        var noise = _graph.Op("Transpose", [_graph.Input(Noise, OnnxNodes.Float, 1, 2, -1)], List("perm", 0, 2, 1));
        noise = _graph.Op("Mul", [noise, _graph.Input(NoiseScale, OnnxNodes.Float, 1)]);
        var parts = _graph.Op("Split", 2, [noise], Whole("axis", 2), Whole("num_outputs", 2));
        var (first, second) = (parts[0], parts[1]);
        var root = 1 / MathF.Sqrt(size);

        // The flow of number 1 is stored and never used in this direction.
        for (var i = _config.DurationFlows; i > 1; i--)
        {
            (first, second) = (second, first);
            var flow = $"{Prefix}flows.{i}.";
            var y = _graph.Op("Add", [layers.Linear(first, new Weight(flow + "conv_pre.weight", size, 1, 1)), x]);
            y = Separable(y, flow + "conv_dds.");
            var shape = layers.Linear(y, new Weight(flow + "conv_proj.weight", 3 * _config.Bins - 1, size, 1), output => output < 2 * _config.Bins ? root : 1);
            second = new SplineGraph(_graph, _config.Bins, _config.TailBound).Inverse(second, shape);
        }

        // After the last swap; the other channel says nothing about durations.
        var shift = layers.Stored([1], (from, to) => to[0] = from[0], new Weight(Prefix + "flows.0.translate", 2, 1));
        var scale = layers.Stored([1], (from, to) => to[0] = MathF.Exp(-from[0]), new Weight(Prefix + "flows.0.log_scale", 2, 1));
        return _graph.Op("Mul", [_graph.Op("Sub", [second, shift]), scale]);
    }

    private string WithSpeaker(string rows) => layers.Speaker is not { } speaker ? rows
        : _graph.Op("Add", [rows, layers.Linear(speaker, new Weight(Prefix + "cond.weight", _config.Hidden, _config.SpeakerSize, 1))]);

    /// <summary>Dilated convolutions of each channel alone, as sums of shifted products, each followed by a product over the channels.</summary>
    private string Separable(string x, string name)
    {
        var (size, width) = (_config.Hidden, _config.DurationKernel);
        for (var i = 0; i < _config.SeparableLayers; i++)
        {
            var weight = new Weight($"{name}convs_dilated.{i}.weight", size, 1, width);
            var y = Depthwise(x, weight, (int)Math.Pow(width, i));
            y = _graph.Op("Add", [y, layers.Stored(new Weight(weight.Bias, size))]);
            y = _graph.Op("Gelu", [layers.Norm(y, $"{name}norms_1.{i}", size, SeparableEpsilon)]);
            y = layers.Linear(y, new Weight($"{name}convs_pointwise.{i}.weight", size, size, 1));
            y = _graph.Op("Gelu", [layers.Norm(y, $"{name}norms_2.{i}", size, SeparableEpsilon)]);
            x = _graph.Op("Add", [x, y]);
        }

        return x;
    }

    private string Depthwise(string x, Weight weight, int dilation)
    {
        var (size, width) = (weight.Shape[0], weight.Shape[2]);
        var reach = (width - 1) * dilation;
        var padded = _graph.Op("Pad", [x, _graph.Integers(0, reach / 2, 0, 0, reach - reach / 2, 0)]);
        string? sum = null;
        for (var k = 0; k < width; k++)
        {
            var (at, end) = (k, (long)k * dilation - reach);
            var part = layers.Slice(padded, (long)k * dilation, end < 0 ? end : int.MaxValue, 1);
            part = _graph.Op("Mul", [part, layers.Stored([size], Column, weight)]);
            sum = sum is null ? part : _graph.Op("Add", [sum, part]);

            void Column(ReadOnlySpan<float> from, Span<float> to)
            {
                for (var channel = 0; channel < to.Length; channel++)
                {
                    to[channel] = from[channel * width + at];
                }
            }
        }

        return sum!;
    }
}
