using System.Diagnostics;
using System.Globalization;
using Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Shared;
using Dictation.Speech.Synthesis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Dictation.Benchmarks;

/// <summary>
/// A network of the size of MMS's with random weights: as the service runs it, in pieces and with convolutions of images, against its generator whole
/// and with convolutions of one dimension, as exporters write it. Text part and flow are the same on both sides.
/// </summary>
internal static class MmsBenchmark
{
    private const int Rounds = 9;

    public static async Task<Report> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        var weights = FullWidthVoice.Write(Path.Combine(directory.Path, "voice"));
        var folder = new VitsGraphFolder(Directory.CreateDirectory(Path.Combine(directory.Path, "graphs")).FullName);
        var config = VitsConfig.Read(weights);
        VitsPlan plan;
        using (var files = new VitsWeights(weights))
        {
            plan = new VitsGraphWriter(config, files).Write(folder, "mms", NullLogger.Instance);
        }

        var device = new OnnxDevice(OnnxDevice.Cpu, new TtsOptions { Threads = 1 }, NullLogger<OnnxDevice>.Instance);
        using var ours = new VitsNetwork("mms", new VitsGraphs(folder.Text, folder.Flow, folder.Generator, plan), device);
        using var theirs = new Whole(folder, plan, device, plain: true);
        using var uncut = new Whole(folder, plan, device, plain: false);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var letters in (int[])[40, 100, 300])
        {
            long[] ids = [.. Enumerable.Range(0, (2 * letters) + 1).Select(i => i % 2 == 0 ? 0L : 1 + (i * 7 % 37))];
            var difference = 0f;
            var pieces = new List<float>();
            ours.Speak(ids.Length, Values(ids), 1, new Noise("mms", 0), (piece, _) => pieces.AddRange(piece), CancellationToken.None);
            var whole = theirs.Speak(ids);
            for (var i = 0; i < whole.Length; i++)
            {
                difference = Math.Max(difference, Math.Abs(whole[i] - pieces[i]));
            }

            var times = await Timing.RoundsAsync(
                [
                    () =>
                    {
                        ours.Speak(ids.Length, Values(ids), 1, new Noise("mms", 0), (_, _) => { }, CancellationToken.None);
                        return Task.CompletedTask;
                    },
                    () =>
                    {
                        theirs.Speak(ids);
                        return Task.CompletedTask;
                    },
                    () =>
                    {
                        uncut.Speak(ids);
                        return Task.CompletedTask;
                    },
                ],
                Rounds);
            var ratios = times[0].Zip(times[1], (one, other) => one / other).ToList();
            rows.Add(
            [
                string.Create(CultureInfo.InvariantCulture, $"{whole.Length / (double)config.SampleRate:F1} s of sound"),
                Timing.Milliseconds(Timing.Median(times[0])), Timing.Milliseconds(Timing.Median(times[1])), Two(Timing.Median(ratios)), Two(ratios.Min()),
                Two(Timing.Median([.. times[0].Zip(times[2], (one, other) => one / other)])),
                difference.ToString("0.0E+0", CultureInfo.InvariantCulture),
            ]);
        }

        return new Report(
            "A network of MMS's size",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- mms`: random weights, one thread: as the service runs it, against its generator whole and with convolutions of one dimension (medians of {Rounds} interleaved rounds). The target is 0.85; pieces should cost at most 1.1 times the whole from 5 s on, and 1.15 below.",
            ["", "Service, ms", "Plain, ms", "Ratio", "Least ratio", "Pieces to the same generator whole", "Largest difference of a sample"],
            rows);
    }

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static Dictionary<string, OrtValue> Values(long[] ids)
    {
        var mask = new long[ids.Length];
        Array.Fill(mask, 1);
        return new()
        {
            [VitsVoice.InputIds] = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
            [VitsVoice.AttentionMask] = OrtValue.CreateTensorValueFromMemory(mask, [1, ids.Length]),
            [VitsVoice.SherpaNoise] = OrtValue.CreateTensorValueFromMemory([0.667f], [1]),
            [VitsVoice.SherpaLengthScale] = OrtValue.CreateTensorValueFromMemory([1f], [1]),
            [VitsVoice.SherpaNoiseWidth] = OrtValue.CreateTensorValueFromMemory([0.8f], [1]),
        };
    }

    private sealed class Whole : IDisposable
    {
        private readonly VitsPlan _plan;
        private readonly OnnxModel _text, _flow, _generator;

        public Whole(VitsGraphFolder folder, VitsPlan plan, OnnxDevice device, bool plain)
        {
            _plan = plan;
            var generator = Path.Combine(Path.GetDirectoryName(folder.Generator)!, $"whole-{plain}.onnx");
            using (var file = File.Create(generator))
            {
                var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(folder.Generator));
                if (plain)
                {
                    Flatten(model.Graph);
                }

                Google.Protobuf.MessageExtensions.WriteTo(model, file);
            }

            (_text, _flow, _generator) = (new OnnxModel("mms", folder.Text, device), new OnnxModel("mms", folder.Flow, device), new OnnxModel("mms", generator, device));
        }

        public float[] Speak(long[] ids)
        {
            var noise = new Noise("mms", 0);
            var values = Values(ids);
            _plan.AddLength(values, 1);
            _plan.AddDurationNoise(values, noise, ids.Length);
            using var text = Run(_text, values);
            var frames = 0;
            foreach (var duration in values[_plan.Durations].GetTensorDataAsSpan<float>())
            {
                frames += (int)duration;
            }

            _plan.AddPriorNoise(values, noise, frames);
            using var flow = Run(_flow, values);
            using var sound = _generator.Run(values, [_plan.Waveform], CancellationToken.None);
            return sound[0].GetTensorDataAsSpan<float>().ToArray();
        }

        public void Dispose()
        {
            _text.Dispose();
            _flow.Dispose();
            _generator.Dispose();
        }

        private static IDisposableReadOnlyCollection<OrtValue> Run(OnnxModel part, Dictionary<string, OrtValue> values)
        {
            string[] names = [.. part.Outputs];
            var outputs = part.Run(values, names, CancellationToken.None);
            for (var i = 0; i < names.Length; i++)
            {
                values[names[i]] = outputs[i];
            }

            return outputs;
        }

        /// <summary>Takes the axis of height one out of a generator of images.</summary>
        private static void Flatten(GraphProto graph)
        {
            var weights = graph.Initializer.ToDictionary(w => w.Name);
            foreach (var node in graph.Node)
            {
                switch (node.OpType)
                {
                    case "Conv" or "ConvTranspose":
                        var dims = weights[node.Input[1]].Dims;
                        Debug.Assert(dims.Count == 4 && dims[2] == 1, "a convolution of images");
                        dims.RemoveAt(2);
                        foreach (var name in (string[])["kernel_shape", "strides", "dilations"])
                        {
                            if (node.Integers(name) is [_, var alongTime])
                            {
                                node.Set(name, alongTime);
                            }
                        }

                        if (node.Integers("pads") is [_, var before, _, var after])
                        {
                            node.Set("pads", before, after);
                        }

                        break;
                    case "Unsqueeze":
                        node.OpType = "Identity";
                        node.Input.RemoveAt(1);
                        break;
                    case "Squeeze":
                        var axis = OnnxNodes.Tensor("plain axis", 1);
                        graph.Initializer.Add(axis);
                        node.Input[1] = axis.Name;
                        break;
                }
            }
        }
    }
}
