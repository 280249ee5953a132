using System.Collections.Concurrent;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Synthesis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>Graphs written from published weights, held against what transformers computes with those weights and the same noise.</summary>
public sealed class MmsParityTests
{
    private static readonly (string Model, string Cases)[] Models =
    [
        ("tiny", "tiny"), ("tiny-current", "tiny"), ("tiny-finetuned", "tiny"), ("tiny-sharded", "tiny"), ("tiny-f16", "tiny-f16"), ("tiny-bf16", "tiny-bf16"),
        ("tiny-deterministic", "tiny-deterministic"), ("tiny-deterministic-current", "tiny-deterministic"),
        ("tiny-speakers", "tiny-speakers"), ("tiny-speakers-current", "tiny-speakers"),
    ];

    private readonly ConcurrentDictionary<string, VitsNetwork> _networks = new();
    private TemporaryDirectory _directory = null!;

    private static IEnumerable<TestCaseData> Cases => Models.SelectMany(m => Directory.EnumerateFiles(Path.Combine(Root, "cases", m.Cases), "*.safetensors")
        .Order(StringComparer.Ordinal)
        .Select(path => new TestCaseData(m.Model, path).SetArgDisplayNames(m.Model, Path.GetFileNameWithoutExtension(path))));

    private static string Root => Repository.File("tests/Fixtures/mms");

    [OneTimeSetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [OneTimeTearDown]
    public void TearDown()
    {
        foreach (var network in _networks.Values)
        {
            network.Dispose();
        }

        _directory.Dispose();
    }

    [TestCaseSource(nameof(Cases))]
    public void Speak_GivenNoise_SaysWhatTransformersSays(string model, string path)
    {
        var reference = Tensors.Read(path);
        var spoken = new List<float>();

        var durations = Network(model).Speak(
            reference["input_ids"].As<long>().Length, Values(reference), 1, new GivenNoise(reference), (piece, _) => spoken.AddRange(piece), CancellationToken.None);

        var waveform = reference["waveform"].As<float>();
        var difference = spoken.Count == waveform.Length ? spoken.Zip(waveform, (a, b) => Math.Abs(a - b)).Max() : float.NaN;
        TestContext.Out.WriteLine($"{durations.Sum()} frames, largest difference {difference:G3}");
        Assert.Multiple(() =>
        {
            Assert.That(durations, Is.EqualTo(reference["durations"].As<long>()));
            Assert.That(spoken, Has.Count.EqualTo(waveform.Length));
            Assert.That(difference, Is.LessThan(1e-4f));
        });
    }

    [Test]
    public void ReachOf_PublishedSettings_IsThirteenFramesToEachSide()
    {
        File.WriteAllText(Path.Combine(_directory.Path, "config.json"), "{}");

        Assert.That(GeneratorGraph.ReachOf(VitsConfig.Read(_directory.Path)), Is.EqualTo(new GeneratorReach(13, 13, 256)));
    }

    private VitsNetwork Network(string model) => _networks.GetOrAdd(model, _ =>
    {
        var source = Path.Combine(Root, "models", model);
        var folder = new VitsGraphFolder(Directory.CreateDirectory(Path.Combine(_directory.Path, model)).FullName);
        using var weights = new VitsWeights(source);
        var plan = new VitsGraphWriter(VitsConfig.Read(source), weights).Write(folder, model, NullLogger.Instance);
        return new VitsNetwork(
            model, new VitsGraphs(folder.Text, folder.Flow, folder.Generator, plan), new OnnxDevice(OnnxDevice.Cpu, new TtsOptions(), NullLogger<OnnxDevice>.Instance));
    });

    private static Dictionary<string, OrtValue> Values(Dictionary<string, (long[] Shape, byte[] Data)> reference)
    {
        var ids = reference["input_ids"].As<long>();
        var values = new Dictionary<string, OrtValue>
        {
            [VitsVoice.InputIds] = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
            [VitsVoice.SherpaLengthScale] = OrtValue.CreateTensorValueFromMemory(reference["length_scale"].As<float>(), [1]),
            [VitsVoice.SherpaNoise] = OrtValue.CreateTensorValueFromMemory(reference["noise_scale"].As<float>(), [1]),
            [VitsVoice.SherpaNoiseWidth] = OrtValue.CreateTensorValueFromMemory(reference["noise_scale_duration"].As<float>(), [1]),
        };
        if (reference.TryGetValue("speaker_id", out var speaker))
        {
            values[VitsVoice.Speaker] = OrtValue.CreateTensorValueFromMemory(speaker.As<long>(), [1]);
        }

        return values;
    }

    private sealed class GivenNoise(Dictionary<string, (long[] Shape, byte[] Data)> reference) : INoise
    {
        public void Fill(NoiseUse use, Span<float> values) =>
            reference[use == NoiseUse.Durations ? "duration_noise" : "prior_noise"].As<float>().AsSpan(0, values.Length).CopyTo(values);
    }
}
