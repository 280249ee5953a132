using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Onnx;
using static Dictation.Infrastructure.Tts.Vits.HuggingFace.Attributes;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>The layers that the parts of a VITS network are made of. Images are <c>[1, channels, 1, time]</c>, rows <c>[1, time, channels]</c>.</summary>
/// <param name="config">The network's sizes.</param>
/// <param name="graph">Gets the nodes.</param>
/// <param name="weights">Gets the weights.</param>
internal sealed class VitsLayers(VitsConfig config, GraphBuilder graph, GraphWeights weights)
{
    /// <summary>The input that names the speaker.</summary>
    public const string SpeakerInput = "sid";

    private string? _speaker;

    public VitsConfig Config => config;

    public GraphBuilder Graph => graph;

    /// <summary>The speaker's vector, <c>[1, size]</c>; null where the voice has but one.</summary>
    public string? Speaker => config.Speakers <= 1 ? null : _speaker ??= graph.Op(
        "Gather", [Stored([config.Speakers, config.SpeakerSize], null, new Weight("embed_speaker.weight", config.Speakers, config.SpeakerSize)),
            graph.Input(SpeakerInput, OnnxNodes.Int64, 1)]);

    public string Op(string kind, string[] inputs, params AttributeProto[] attributes) => graph.Op(kind, inputs, attributes);

    /// <summary>A weight of the graph, made of weights of the voice.</summary>
    public string Stored(long[] dims, WeightFill? fill, params Weight[] sources) => graph.Add(name => weights.Add(name, dims, fill, sources));

    public string Stored(Weight weight) => Stored([.. weight.Shape], null, weight);

    /// <summary>A convolution over time of an image, as a convolution of images.</summary>
    /// <param name="image">What it reads.</param>
    /// <param name="weight">Its weight, <c>[out, in, width]</c>.</param>
    /// <param name="dilation">Steps between what it reads.</param>
    /// <param name="right">Zeros behind the end, where they are not as many as before the start.</param>
    /// <param name="hasBias">Whether it adds one.</param>
    public string Convolution(string image, Weight weight, int dilation = 1, int? right = null, bool hasBias = true)
    {
        var (outputs, inputs, width) = (weight.Shape[0], weight.Shape[1], weight.Shape[2]);
        return Convolution(
            image, Stored([outputs, inputs, 1, width], null, weight), hasBias ? Stored(new Weight(weight.Bias, outputs)) : null, width, dilation, right);
    }

    /// <summary>A convolution with some of a weight's rows alone, or with rows or columns in reverse.</summary>
    public string Convolution(string image, Weight weight, Range rows, bool reverseRows = false, bool reverseColumns = false, int dilation = 1)
    {
        var (inputs, width) = (weight.Shape[1], weight.Shape[2]);
        var (first, count) = rows.GetOffsetAndLength(weight.Shape[0]);
        return Convolution(image, Stored([count, inputs, 1, width], Fill, weight), Stored([count], FillBias, new Weight(weight.Bias, weight.Shape[0])), width, dilation, null);

        int Row(int row) => first + (reverseRows ? count - 1 - row : row);

        void Fill(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var row = 0; row < count; row++)
            {
                for (var column = 0; column < inputs; column++)
                {
                    var source = (Row(row) * inputs + (reverseColumns ? inputs - 1 - column : column)) * width;
                    from.Slice(source, width).CopyTo(to[((row * inputs + column) * width)..]);
                }
            }
        }

        void FillBias(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var row = 0; row < count; row++)
            {
                to[row] = from[Row(row)];
            }
        }
    }

    /// <summary>A weight, <c>[out, in]</c>, with its axes exchanged.</summary>
    public string Transposed(Weight weight)
    {
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        return Stored([inputs, outputs], Fill, weight);

        void Fill(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i % outputs * inputs + i / outputs];
            }
        }
    }

    /// <summary>Multiplies rows, <c>[…, in]</c>, with a weight, <c>[out, in]</c> or <c>[out, in, 1]</c>, and adds its bias.</summary>
    /// <param name="factors">What each output is multiplied with; null for nothing.</param>
    /// <param name="selected">Some of the outputs alone.</param>
    public string Linear(string rows, Weight weight, Func<int, float>? factors = null, Range? selected = null)
    {
        var (outputs, inputs) = (weight.Shape[0], weight.Shape[1]);
        var (first, count) = (selected ?? ..).GetOffsetAndLength(outputs);
        var product = Op("MatMul", [rows, Stored([inputs, count], Fill, weight)]);
        return Op("Add", [product, Stored([count], FillBias, new Weight(weight.Bias, outputs))]);

        void Fill(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                var output = first + i % count;
                to[i] = from[output * inputs + i / count] * (factors?.Invoke(output) ?? 1);
            }
        }

        void FillBias(ReadOnlySpan<float> from, Span<float> to)
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[first + i] * (factors?.Invoke(first + i) ?? 1);
            }
        }
    }

    /// <summary>Normalises rows over their channels.</summary>
    public string Norm(string rows, string name, int channels, float epsilon) => Op(
        "LayerNormalization", [rows, Stored(new Weight($"{name}.weight", channels)), Stored(new Weight($"{name}.bias", channels))],
        Whole("axis", -1), Number("epsilon", epsilon));

    public string Image(string rows) => Op("Unsqueeze", [Op("Transpose", [rows], List("perm", 0, 2, 1)), graph.Integers(2)]);

    public string Rows(string image) => Op("Transpose", [Op("Squeeze", [image, graph.Integers(2)])], List("perm", 0, 2, 1));

    public string Slice(string tensor, string start, string end, int axis) => Op("Slice", [tensor, start, end, graph.Integers(axis)]);

    public string Slice(string tensor, long start, long end, int axis) => Slice(tensor, graph.Integers(start), graph.Integers(end), axis);

    /// <summary>The activation that the configuration names.</summary>
    public string Activation(string tensor) => config.Activation switch
    {
        "relu" => Op("Relu", [tensor]),
        "gelu" => Op("Gelu", [tensor]),
        "gelu_new" or "gelu_pytorch_tanh" => Op("Gelu", [tensor], Words("approximate", "tanh")),
        "silu" or "swish" => Op("Mul", [tensor, Op("Sigmoid", [tensor])]),
        "tanh" => Op("Tanh", [tensor]),
        "sigmoid" => Op("Sigmoid", [tensor]),
        var other => throw new VoiceException($"Its hidden_act is {SafetensorsFile.Shown(other)}, which this service does not know."),
    };

    private string Convolution(string image, string weight, string? bias, int width, int dilation, int? right)
    {
        var extra = (width - 1) * dilation;
        return Op(
            "Conv", bias is null ? [image, weight] : [image, weight, bias],
            List("kernel_shape", 1, width), List("dilations", 1, dilation), List("pads", 0, extra - (right ?? extra / 2), 0, right ?? extra / 2));
    }
}
