using System.Text.Json;
using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Synthesis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits;

/// <summary>
/// The network of <c>en_US-joe-medium</c>, in the folder that <c>DICTATION_TEST_VOICES</c> names, in parts, held against what piper-tts makes of the same
/// ids without noise.
/// </summary>
public sealed class RealVoiceNetworkTests
{
    private const string Name = "en_US-joe-medium";

    private TemporaryDirectory _directory = null!;
    private VitsNetwork _network = null!;
    private OnnxModel _text = null!;
    private VitsPlan _plan = null!;
    private string _folder = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _folder = TestVoices.Folder;
        var device = new OnnxDevice(OnnxDevice.Cpu, new TtsOptions { Threads = 1 }, NullLogger<OnnxDevice>.Instance);
        var plan = VitsPublishedGraph.Write(
            Name, Path.Combine(_folder, $"{Name}.onnx"), new VitsGraphFolder(_directory.Path), device, ids => Values(ids, 0.667f, 1, 0.8f));
        Assert.That(plan.WhyWhole, Is.Null);
        var graphs = new VitsGraphFolder(_directory.Path);
        _plan = plan.Plan!;
        _network = new VitsNetwork(Name, new VitsGraphs(graphs.Text, graphs.Flow, graphs.Generator, _plan), device);
        _text = new OnnxModel(Name, graphs.Text, device);
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        _network?.Dispose();
        _text?.Dispose();
        _directory.Dispose();
    }

    /// <summary>The frames tell the length; the sound of the shorter sentences is heard too.</summary>
    [Test]
    public void Speak_TheIdsOfTheGoldens_LastsAsLongAndIsAsLoud()
    {
        const int Shorter = 60;
        var (runs, heard) = (0, 0);
        foreach (var golden in File.ReadLines(Path.Combine(_folder, "goldens.jsonl")).Select(l => JsonNode.Parse(l)!))
        {
            foreach (var audio in golden["audio"]!.AsArray())
            {
                var length = (float)audio!["length_scale"]!;
                foreach (var (node, expected) in golden["ids"]!.AsArray().Zip(audio["sentences"]!.AsArray()))
                {
                    var ids = node.Deserialize<long[]>()!;
                    Assert.That(Frames(ids, length).Sum() * 256, Is.EqualTo((int)expected!["samples"]!), $"{golden["name"]} at {length}");
                    runs++;
                    if (ids.Length <= Shorter)
                    {
                        var samples = Speak(ids, length);
                        Assert.That(samples, Has.Count.EqualTo((int)expected["samples"]!));
                        Assert.That(samples.Max(Math.Abs), Is.EqualTo((double)expected["peak"]!).Within(1e-3), $"{golden["name"]} at {length}");
                        heard++;
                    }
                }
            }
        }

        Assert.That(runs, Is.EqualTo(112));
        Assert.That(heard, Is.GreaterThan(20));
    }

    [Test]
    public void Frames_OfTheIdsOfTheGoldens_AreThoseThatThePublishedGraphGives()
    {
        foreach (var golden in File.ReadLines(Path.Combine(_folder, "durations.jsonl")).Select(l => JsonNode.Parse(l)!))
        {
            Assert.That(Frames(golden["ids"].Deserialize<long[]>()!, (float)golden["length_scale"]!), Is.EqualTo(golden["frames"].Deserialize<float[]>()), golden["name"]!.ToString());
        }
    }

    private List<float> Speak(long[] ids, float length)
    {
        var samples = new List<float>();
        _network.Speak(ids.Length, Values(ids, 0, length, 0), 1, new Noise("test", 0), (piece, _) => samples.AddRange(piece), CancellationToken.None);
        return samples;
    }

    private float[] Frames(long[] ids, float length)
    {
        var values = Values(ids, 0, length, 0);
        _plan.AddLength(values, 1);
        _plan.AddDurationNoise(values, new Noise("test", 0), ids.Length);
        using var outputs = _text.Run(values, [_plan.Durations], CancellationToken.None);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static Dictionary<string, OrtValue> Values(long[] ids, float noise, float length, float noiseWidth) => new()
    {
        [VitsVoice.PiperInput] = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
        [VitsVoice.PiperLengths] = OrtValue.CreateTensorValueFromMemory([(long)ids.Length], [1]),
        [VitsVoice.PiperScales] = OrtValue.CreateTensorValueFromMemory([noise, length, noiseWidth], [3]),
    };
}
