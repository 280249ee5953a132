using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Synthesis;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits;

/// <summary>Published graphs, cut into parts, held against the same graphs run whole by ONNX Runtime alone.</summary>
public sealed class PublishedGraphTests
{
    private static readonly string[] Layouts = ["optimum-vits-tiny", "optimum-vits-tiny-quiet", "sherpa-mms-tiny"];

    private readonly Dictionary<string, Loaded> _loaded = [];

    [OneTimeTearDown]
    public void TearDown()
    {
        foreach (var loaded in _loaded.Values)
        {
            loaded.Dispose();
        }
    }

    /// <summary>Parts and whole graph get the same noise; lengths that are spoken in one piece and in several.</summary>
    [Test]
    public void Speak_InParts_SaysWhatTheWholeGraphSays([ValueSource(nameof(Layouts))] string layout, [Values(1, 7, 60, 300)] int count, [Values(1, 0.7f)] float length)
    {
        if (!_loaded.TryGetValue(layout, out var loaded))
        {
            _loaded[layout] = loaded = new Loaded(layout);
        }

        var plan = loaded.Plan;
        long[] ids = [.. Enumerable.Range(0, 2 * count + 1).Select(i => i % 2 == 0 ? 0L : 1 + i / 2 % 20)];
        var noise = new Noise("test", count);
        var spoken = new List<float>();
        var pieces = 0;

        var values = Values(ids, length);
        var frames = loaded.Parts.Speak(ids.Length, values, length, noise, Hear, CancellationToken.None);

        using var expected = loaded.Whole.Run(new RunOptions(), Known(loaded.Whole, Values(ids, length), plan, noise, ids.Length, frames.Sum(), length), [plan.Waveform, plan.Durations]);
        var samples = expected[0].GetTensorDataAsSpan<float>().ToArray();
        TestContext.Out.WriteLine($"{frames.Sum()} frames in {pieces} pieces, reach {plan.Left} and {plan.Right}");
        Assert.Multiple(() =>
        {
            Assert.That(frames, Is.EqualTo(expected[1].GetTensorDataAsSpan<float>().ToArray()));
            Assert.That(spoken, Has.Count.EqualTo(samples.Length));
            Assert.That(spoken.Zip(samples, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-4));
            Assert.That(pieces > 1, Is.EqualTo(frames.Sum() > VitsPieces.Whole));
        });

        void Hear(Span<float> piece, double part)
        {
            spoken.AddRange(piece);
            pieces++;
        }
    }

    [Test]
    public void Cut_GraphWithoutGenerator_SaysWhy()
    {
        var model = Read(Path.Combine(SpeechTestBed.BuiltInDirectory, "model.onnx"));

        Assert.That(() => VitsCutter.Cut(model, VitsCutter.Open(model)), Throws.TypeOf<Dictation.Speech.VoiceException>().With.Message.Contains("generator"));
    }

    [Test]
    public void Open_GraphWithACycle_SaysSo()
    {
        var model = Read(Graph("optimum-vits-tiny"));
        model.Graph.Node[0].Input.Add(model.Graph.Output[0].Name);

        Assert.That(() => VitsCutter.Open(model), Throws.TypeOf<Dictation.Speech.VoiceException>().With.Message.Contains("cycle"));
    }

    internal static string Graph(string layout) => Path.Combine(Repository.Root, "tests", "Fixtures", "layouts", layout, "model.onnx");

    private static OnnxDevice Cpu => new(OnnxDevice.Cpu, new TtsOptions { Threads = 1 }, Microsoft.Extensions.Logging.Abstractions.NullLogger<OnnxDevice>.Instance);

    private static ModelProto Read(string path)
    {
        using var file = File.OpenRead(path);
        return ModelProto.Parser.ParseFrom(file);
    }

    private static Dictionary<string, OrtValue> Values(long[] ids, float length)
    {
        var ones = new long[ids.Length];
        Array.Fill(ones, 1);
        return new()
        {
            [VitsVoice.InputIds] = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
            [VitsVoice.AttentionMask] = OrtValue.CreateTensorValueFromMemory(ones, [1, ids.Length]),
            [VitsVoice.SherpaInput] = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
            [VitsVoice.SherpaLength] = OrtValue.CreateTensorValueFromMemory([(long)ids.Length], [1]),
            [VitsVoice.SherpaNoise] = OrtValue.CreateTensorValueFromMemory([0.667f], [1]),
            [VitsVoice.SherpaNoiseWidth] = OrtValue.CreateTensorValueFromMemory([0.8f], [1]),
            [VitsVoice.SherpaLengthScale] = OrtValue.CreateTensorValueFromMemory([length], [1]),
        };
    }

    private static Dictionary<string, OrtValue> Known(
        InferenceSession whole, Dictionary<string, OrtValue> values, VitsPlan plan, Noise noise, int ids, int frames, float length)
    {
        plan.AddLength(values, length);
        plan.AddDurationNoise(values, noise, ids);
        plan.AddPriorNoise(values, noise, frames);
        return values.Where(v => whole.InputMetadata.ContainsKey(v.Key)).ToDictionary();
    }

    /// <summary>A graph in parts, and as it is.</summary>
    private sealed class Loaded : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();

        public Loaded(string layout)
        {
            var model = Read(Graph(layout));
            var parts = VitsCutter.Cut(model, VitsCutter.Open(model));
            ImageConvolutions.Rewrite(parts.Generator, chained: true);
            if (parts.Flow is not null)
            {
                ImageConvolutions.Rewrite(parts.Flow, chained: false);
            }

            ImageConvolutions.Rewrite(parts.Text, chained: false);
            Plan = parts.Plan;
            Parts = new VitsNetwork(layout, new VitsGraphFolder(_directory.Path).Write(parts), Cpu);

            var reference = Read(Graph(layout));
            VitsCutter.Open(reference);
            reference.Graph.Output.Add(OnnxNodes.Value(Plan.Durations, OnnxNodes.Float));
            Whole = new InferenceSession(reference.ToByteArray());
        }

        public VitsPlan Plan { get; }

        public VitsNetwork Parts { get; }

        public InferenceSession Whole { get; }

        public void Dispose()
        {
            Parts.Dispose();
            Whole.Dispose();
            _directory.Dispose();
        }
    }
}
