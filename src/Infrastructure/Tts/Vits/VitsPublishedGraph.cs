using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Dictation.Speech.Synthesis;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>
/// Writes the parts of a published graph, with its convolutions as images, and compares what they speak with what the graph speaks as it is.
/// Where that differs, or anything fails, the voice runs whole.
/// </summary>
internal static class VitsPublishedGraph
{
    /// <summary>The largest difference of a sample that rounding explains.</summary>
    private const float Tolerance = 1e-3f;

    /// <summary>Ids of the text that is compared: enough for several pieces.</summary>
    private const int ProbeIds = 120;

    /// <summary>Why a graph cannot be cut, where that is plain without reading all of it; null where it is not: each generator has transposed convolutions.</summary>
    public static string? WhyWhole(OnnxFile file) => file.Operators.Contains("ConvTranspose") ? null : VitsCutter.NoGenerator;

    /// <summary>Writes the parts.</summary>
    /// <param name="voice">The voice's name.</param>
    /// <param name="modelPath">The published graph.</param>
    /// <param name="into">Where the parts go.</param>
    /// <param name="device">Where they run.</param>
    /// <param name="inputs">Makes what the published graph takes, for ids.</param>
    public static VitsPlanFile Write(
        string voice, string modelPath, VitsGraphFolder into, OnnxDevice device, Func<long[], Dictionary<string, OrtValue>> inputs)
    {
        try
        {
            ModelProto model;
            using (var file = File.OpenRead(modelPath))
            {
                model = ModelProto.Parser.ParseFrom(file);
            }

            ExternalData.TakeIn(model, Path.GetDirectoryName(modelPath)!);
            var opened = VitsCutter.Open(model);
            var reference = into.Generator + ".reference";
            try
            {
                using (var file = File.Create(reference))
                {
                    model.WriteTo(file);
                }

                var parts = VitsCutter.Cut(model, opened);
                ImageConvolutions.Rewrite(parts.Text, chained: false);
                if (parts.Flow is not null)
                {
                    ImageConvolutions.Rewrite(parts.Flow, chained: false);
                }

                ImageConvolutions.Rewrite(parts.Generator, chained: true);
                var written = into.Write(parts);
                var ids = Probe(parts);
                Compare(voice, reference, written, device, ids, inputs);
                return new VitsPlanFile(parts.Plan, null);
            }
            finally
            {
                File.Delete(reference);
            }
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or not (IOException or UnauthorizedAccessException or OutOfMemoryException))
        {
            into.Clear();
            return new VitsPlanFile(null, e is VoiceException ? e.Message.ReplaceLineEndings(" ") : "Its graph could not be cut into parts.");
        }
    }

    /// <summary>Ids that the voice knows: as many rows as its table of ids has, in turn.</summary>
    private static long[] Probe(VitsParts parts)
    {
        var text = new OnnxGraph(parts.Text.Graph);
        var rows = text.OfType("Gather")
            .Select(i => text.Weight(text[i].Input[0]))
            .FirstOrDefault(w => w is { Dims.Count: 2, DataType: OnnxNodes.Float })?.Dims[0] ?? 1;
        return [.. Enumerable.Range(0, ProbeIds).Select(i => i % 2 == 0 ? 0 : i / 2 % rows)];
    }

    private static void Compare(string voice, string reference, VitsGraphs parts, OnnxDevice device, long[] ids, Func<long[], Dictionary<string, OrtValue>> inputs)
    {
        var noise = new Noise(voice, 0);
        var spoken = new List<float>();
        int[] durations;
        using (var network = new VitsNetwork(voice, parts, device))
        {
            durations = network.Speak(ids.Length, inputs(ids), 1, noise, (samples, _) => spoken.AddRange(samples), CancellationToken.None);
        }

        var plan = parts.Plan;
        var values = inputs(ids);
        try
        {
            using var whole = new OnnxModel(voice, reference, device);
            plan.AddLength(values, 1);
            plan.AddDurationNoise(values, noise, ids.Length);
            plan.AddPriorNoise(values, noise, durations.Sum());
            using var outputs = whole.Run(values, [plan.Waveform], CancellationToken.None);
            var expected = outputs[0].GetTensorDataAsSpan<float>();
            if (expected.Length != spoken.Count)
            {
                throw new VoiceException($"In parts it speaks {spoken.Count} samples where its graph speaks {expected.Length}.");
            }

            var difference = 0f;
            for (var i = 0; i < expected.Length; i++)
            {
                difference = Math.Max(difference, Math.Abs(expected[i] - spoken[i]));
            }

            if (!(difference <= Tolerance))
            {
                throw new VoiceException(FormattableString.Invariant($"In parts its samples differ by up to {difference:G2} from those of its graph."));
            }
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }
}
