using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>How far a generator looks, found by walking its convolutions from the samples up to the latents.</summary>
/// <param name="Left">Frames before a frame that its samples depend on.</param>
/// <param name="Right">Frames behind it.</param>
/// <param name="Hop">Samples per frame: the product of the transposed convolutions' strides.</param>
internal readonly record struct GeneratorReach(int Left, int Right, int Hop)
{
    /// <summary>The most samples per frame, and the most frames to either side, of any generator.</summary>
    public const int MaxHop = 1 << 14, MaxReach = 1 << 24;

    /// <exception cref="VoiceException">Its convolutions are none that this walk knows.</exception>
    public static GeneratorReach Of(OnnxGraph graph, HashSet<int> generator, string waveform, string latents)
    {
        var reach = new Dictionary<string, (long Left, long Right, long Hop)>(StringComparer.Ordinal) { [waveform] = (0, 0, 1) };
        foreach (var i in generator.OrderDescending())
        {
            var node = graph[i];
            if (node.Output.Where(reach.ContainsKey).Select(o => reach[o]).ToList() is not { Count: > 0 } outputs)
            {
                continue;
            }

            var (left, right, hop) = (outputs.Max(o => o.Left), outputs.Max(o => o.Right), outputs.Max(o => o.Hop));
            if (node.OpType is "Conv" or "ConvInteger" or "ConvTranspose")
            {
                var kernel = node.Integers("kernel_shape") is [var k] ? k
                    : graph.ConstantOf(node.Input[1])?.Dims is [_, _, var size] ? size : throw Unknown(node.Name);
                var pads = node.Integers("pads") is [var before, var after] ? (Before: before, After: after) : (Before: 0, After: 0);
                var (stride, dilation) = (node.Integers("strides") is [var s] ? s : 1, node.Integers("dilations") is [var d] ? d : 1);
                if (stride < 1 || dilation < 1 || kernel < 1 || pads.Before < 0 || pads.After < 0 || node.Words("auto_pad") is not (null or "" or "NOTSET")
                    || kernel > MaxReach || dilation > MaxReach || stride > MaxHop || pads.Before > MaxReach)
                {
                    throw Unknown(node.Name);
                }

                if (node.OpType == "ConvTranspose")
                {
                    left = Math.Max(0, (left + kernel - 1 - pads.Before) / stride);
                    right = (right + pads.Before + stride - 1) / stride;
                    hop *= stride;
                }
                else if (stride == 1)
                {
                    left += pads.Before;
                    right += Math.Max(0, (kernel - 1) * dilation - pads.Before);
                }
                else
                {
                    throw Unknown(node.Name);
                }

                if (hop > MaxHop || left > MaxReach || right > MaxReach)
                {
                    throw Unknown(node.Name);
                }
            }

            foreach (var input in node.Input.Where(t => t == latents || (graph.MakerOf(t) is { } maker && generator.Contains(maker))))
            {
                var known = reach.GetValueOrDefault(input);
                reach[input] = (Math.Max(known.Left, left), Math.Max(known.Right, right), Math.Max(known.Hop, hop));
            }
        }

        var all = reach.TryGetValue(latents, out var found) ? found : throw Unknown("its first convolution");
        return new GeneratorReach((int)all.Left, (int)all.Right, (int)all.Hop);
    }

    private static VoiceException Unknown(string node) => new($"The generator's convolution {node} is of a kind that cannot be run in pieces.");
}
