using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Listening;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

[NonParallelizable]
public class PiperVoiceTests
{
    private const string Name = "fi_FI-aino-piper";

    private TemporaryDirectory _directory = null!;

    [OneTimeSetUp]
    public void NeedEspeak() => Espeak.Require();

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Voices_PipersLayout_IsDescribedAsItsFilesSay()
    {
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = SpeechTestBed.PiperDirectory });

        var voice = speech.Catalog.Find(Name)!;

        Assert.Multiple(() =>
        {
            Assert.That(speech.Catalog.Problems, Is.Empty);
            Assert.That((voice.Language, voice.SampleRate), Is.EqualTo(("fi", 16000)));
            Assert.That(voice.Speakers, Is.Empty);
        });
    }

    [Test]
    public void Speak_SentencesOfEveryKind_AreUnderstood()
    {
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = SpeechTestBed.PiperDirectory });
        using var transcriber = new SpeechTranscriber();

        var plain = transcriber.ErrorRate(FinnishSentences.Plain, [.. FinnishSentences.Plain.Select(s => speech.Speak(s, voice: Name).Wav.Samples)]);
        var written = transcriber.ErrorRate(
            [.. FinnishSentences.Written.Select(s => s.Spoken)], [.. FinnishSentences.Written.Select(s => speech.Speak(s.Written, voice: Name).Wav.Samples)]);

        Assert.Multiple(() =>
        {
            Assert.That(plain, Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
            Assert.That(written, Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
        });
    }

    [Test]
    public void Speak_UnknownPhonemes_WarnsOnceEach()
    {
        Install("fi-gaps", config => config["phoneme_id_map"]!.AsObject().Remove("h"));
        var logger = new RecordingLogger<LoadedVoices>();
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = _directory.Path }, logger);

        speech.Speak("hei hei", voice: "fi-gaps");
        speech.Speak("hei taas", voice: "fi-gaps");

        Assert.That(logger.Entries.Where(e => e.Level == LogLevel.Warning).Select(e => e.Message), Is.EqualTo(new[] { "The voice fi-gaps has no sound for h (U+0068); it is left out" }));
    }

    [Test]
    public void Voices_OfAModelWithSpeakers_AreNamedByThem()
    {
        Install("sv-many", config =>
        {
            config["num_speakers"] = 3;
            config["speaker_id_map"] = new JsonObject { ["aino"] = 0, ["eino"] = 1 };
            config["language"]!["code"] = "sv_SE";
        }, model => OnnxModelFile.WritePiper(model, withSpeaker: true));
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = _directory.Path });

        Assert.Multiple(() =>
        {
            Assert.That(speech.Catalog.Problems, Is.Empty);
            Assert.That(speech.Catalog.Find("sv-many")!.Speakers, Is.EqualTo(new[] { "aino", "eino", "2" }));
            Assert.That(speech.Catalog.Find("sv-many#eino")!.Name, Is.EqualTo("sv-many#eino"));
            Assert.That(speech.Catalog.Find("sv-many#2")!.Name, Is.EqualTo("sv-many#2"));
            Assert.That(speech.Catalog.Find("sv-many#maija"), Is.Null);
            Assert.That(speech.Catalog.Find("sv-many#3"), Is.Null);

            // The speakers of this model differ in how loud they are.
            Assert.That(Level("sv-many"), Is.EqualTo(Level("sv-many#aino")).And.GreaterThan(Level("sv-many#eino")));
        });

        int Level(string voice) => speech.Speak("hej", voice: voice).Wav.Pcm.Max();
    }

    [TestCase("audio", "sample_rate")]
    [TestCase("phoneme_id_map", "no id for ^")]
    [TestCase("phoneme_type", "pinyin", "pinyin")]
    [TestCase("inference", "noise_scale", null, """{"noise_scale":-1}""")]
    [TestCase("espeak", "tlh-none", null, """{"voice":"tlh-none"}""")]
    [TestCase("num_speakers", "sid", null, "2")]
    public void Voices_WithAFault_AreReportedWithIt(string member, string reason, string? words = null, string? json = null)
    {
        Install("fi-broken", config => config[member] = words is not null ? JsonValue.Create(words) : json is not null ? JsonNode.Parse(json) : new JsonObject());
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = _directory.Path });

        Assert.That(speech.Catalog.Problems.Single(), Has.Property("Folder").EqualTo("fi-broken").And.Property("Reason").Contains(reason));
    }

    [Test]
    public void Voices_WithAModelThatWasCutOff_AreReported()
    {
        Install("fi-cut", _ => { }, path =>
        {
            var whole = File.ReadAllBytes(path);
            File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        });
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = _directory.Path });

        Assert.That(speech.Catalog.Problems.Single().Reason, Does.Contain("not a whole ONNX model"));
    }

    private void Install(string name, Action<JsonObject> configure, Action<string>? change = null)
    {
        var source = Path.Combine(SpeechTestBed.PiperDirectory, Name);
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, name)).FullName;
        var model = Path.Combine(folder, "voice.onnx");
        File.Copy(Path.Combine(source, "fi_FI-aino-tiny.onnx"), model);
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(source, "fi_FI-aino-tiny.onnx.json")))!.AsObject();
        configure(config);
        File.WriteAllText(model + ".json", config.ToJsonString());
        change?.Invoke(model);
    }
}
