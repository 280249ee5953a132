using static Dictation.Infrastructure.Tts.Vits.HuggingFace.Attributes;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>Writes the generator, a HiFi-GAN: latents, <c>[n, flow, frames]</c>, to samples, <c>[n, frames · hop]</c>. All of it works on images.</summary>
internal sealed class GeneratorGraph(VitsLayers layers)
{
    private const string Prefix = "decoder.";

    /// <summary>Of the last leaky ReLU; not in any configuration.</summary>
    private const float LastSlope = 0.01f;

    private const int OuterKernel = 7;

    private readonly VitsConfig _config = layers.Config;
    private readonly GraphBuilder _graph = layers.Graph;

    public string Add(string latents)
    {
        var channels = _config.InitialChannels;
        var x = layers.Convolution(_graph.Op("Unsqueeze", [latents, _graph.Integers(2)]), new Weight(Prefix + "conv_pre.weight", channels, _config.Flow, OuterKernel));
        if (layers.Speaker is { } speaker)
        {
            var offset = layers.Linear(speaker, new Weight(Prefix + "cond.weight", channels, _config.SpeakerSize, 1));
            x = _graph.Op("Add", [x, _graph.Op("Unsqueeze", [offset, _graph.Integers(2, 3)])]);
        }

        for (var stage = 0; stage < _config.UpsampleRates.Length; stage++)
        {
            x = Upsampled(Leaky(x, _config.Slope), stage);
            string? sum = null;
            for (var block = 0; block < _config.ResidualKernels.Length; block++)
            {
                var y = Residual(x, stage, block);
                sum = sum is null ? y : _graph.Op("Add", [sum, y]);
            }

            x = _graph.Op("Mul", [sum!, _graph.Number(1f / _config.ResidualKernels.Length)]);
        }

        var last = new Weight(Prefix + "conv_post.weight", 1, channels >> _config.UpsampleRates.Length, OuterKernel);
        x = layers.Convolution(Leaky(x, LastSlope), last, hasBias: false);
        return _graph.Op("Squeeze", [_graph.Op("Tanh", [x]), _graph.Integers(1, 2)]);
    }

    /// <summary>How far the generator looks, found by walking its convolutions from the samples up to the latents.</summary>
    public static GeneratorReach ReachOf(VitsConfig config)
    {
        var reach = OuterKernel / 2;
        var residual = Enumerable.Range(0, config.ResidualKernels.Length)
            .Max(block => config.ResidualDilations[block].Sum(dilation => config.ResidualKernels[block] / 2 * (dilation + 1)));
        for (var stage = config.UpsampleRates.Length - 1; stage >= 0; stage--)
        {
            var (rate, width) = (config.UpsampleRates[stage], config.UpsampleKernels[stage]);

            // From each end of what one step becomes: both sides are alike, since the padding is.
            reach = (reach + residual + width - 1 - (width - rate) / 2) / rate;
        }

        reach += OuterKernel / 2;
        return new GeneratorReach(reach, reach, config.Hop);
    }

    private string Leaky(string x, float slope) => _graph.Op("LeakyRelu", [x], Number("alpha", slope));

    private string Upsampled(string x, int stage)
    {
        var (rate, width, inputs) = (_config.UpsampleRates[stage], _config.UpsampleKernels[stage], _config.InitialChannels >> stage);
        var outputs = inputs / 2;
        var weight = new Weight($"{Prefix}upsampler.{stage}.weight", inputs, outputs, width);
        var pad = (width - rate) / 2;
        return _graph.Op(
            "ConvTranspose", [x, layers.Stored([inputs, outputs, 1, width], null, weight), layers.Stored(new Weight(weight.Bias, outputs))],
            List("kernel_shape", 1, width), List("strides", 1, rate), List("pads", 0, pad, 0, pad));
    }

    private string Residual(string x, int stage, int block)
    {
        var (channels, width) = (_config.InitialChannels >> (stage + 1), _config.ResidualKernels[block]);
        var name = $"{Prefix}resblocks.{stage * _config.ResidualKernels.Length + block}.";
        var dilations = _config.ResidualDilations[block];
        for (var i = 0; i < dilations.Length; i++)
        {
            var y = layers.Convolution(Leaky(x, _config.Slope), new Weight($"{name}convs1.{i}.weight", channels, channels, width), dilations[i]);
            y = layers.Convolution(Leaky(y, _config.Slope), new Weight($"{name}convs2.{i}.weight", channels, channels, width));
            x = _graph.Op("Add", [y, x]);
        }

        return x;
    }
}
