using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

public class VitsVoiceTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Speak_FromSeveralThreads_GivesEachItsOwnAudio()
    {
        var folder = VitsVoiceFolder.Read(SpeechTestBed.BuiltInDirectory);
        using var voice = Load(folder);
        string[] texts = [.. Enumerable.Range(0, 32).Select(i => string.Concat(Enumerable.Repeat("hei vaan ", i % 8 + 1)))];
        float[][] alone = [.. texts.Select(text => Samples(voice, folder, text))];

        var together = new float[texts.Length][];
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Samples(voice, folder, texts[i]));

        Assert.That(together, Is.EqualTo(alone));
    }

    [Test]
    public void Speak_ModelWithoutRateOrMask_TakesRateOneAndRefusesOthers()
    {
        using var voice = Load([("Sin", 1)]);

        using var audio = voice.Speak([1, 2, 3], 1, default);

        Assert.Multiple(() =>
        {
            Assert.That(audio.Samples.ToArray(), Is.EqualTo(new[] { MathF.Sin(1), MathF.Sin(2), MathF.Sin(3) }).Within(1e-5f));
            Assert.That(() => voice.Speak([1], 1.5, default), Throws.TypeOf<VoiceException>().With.Message.Contains("pace"));
        });
    }

    [TestCase("Neg", "Log", Description = "NaN")]
    [TestCase("Sub", "Reciprocal", Description = "Infinity")]
    [TestCase("Sub", "NonZero", Description = "Nothing")]
    public void Speak_UnusableAudio_Throws(string first, string second)
    {
        using var voice = Load([(first, first == "Sub" ? 2 : 1), (second, 1)]);

        Assert.That(() => voice.Speak([1, 2, 3], 1, default), Throws.TypeOf<VoiceException>().With.Message.Contains("unusable"));
    }

    [Test]
    public void Speak_Cancelled_EndsWithinTheRun()
    {
        var folder = VitsVoiceFolder.Read(SpeechTestBed.BuiltInDirectory);
        using var voice = Load(folder);
        var ids = folder.Tokenizer.Tokenize("hei vaan").Ids;
        Assert.That(() => voice.Speak(ids, 1, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        using var audio = voice.Speak(ids, 1, default);
        Assert.That(audio.Samples.Length, Is.Positive, "the voice speaks on");
    }

    [Test]
    public void Constructor_UnknownInput_Throws() =>
        Assert.That(() => Load([("Sin", 1)], input: "phonemes"), Throws.TypeOf<VoiceException>().With.Message.Contains("phonemes"));

    [Test]
    public void Constructor_NoWaveform_Throws() =>
        Assert.That(() => Load([("Sin", 1)], output: "mel"), Throws.TypeOf<VoiceException>().With.Message.Contains("waveform"));

    [Test]
    public void Constructor_ModelThatIsNone_Throws()
    {
        var path = Path.Combine(_directory.Path, "model.onnx");
        File.WriteAllText(path, "This is no model.");
        var folder = VitsVoiceFolder.Read(SpeechTestBed.BuiltInDirectory) with { ModelPath = path };

        Assert.That(() => Load(folder), Throws.TypeOf<VoiceException>().With.Message.Not.Contains(_directory.Path));
    }

    private static float[] Samples(VitsVoice voice, VitsVoiceFolder folder, string text)
    {
        using var audio = voice.Speak(folder.Tokenizer.Tokenize(text).Ids, 1, default);
        return audio.Samples.ToArray();
    }

    private static VitsVoice Load(VitsVoiceFolder folder) =>
        new(folder, new OnnxDevice(new TtsOptions { Device = OnnxDevice.Cpu }, NullLogger<OnnxDevice>.Instance), 1);

    private VitsVoice Load((string Operator, int Inputs)[] operators, string input = "input_ids", string output = "waveform")
    {
        OnnxModelFile.Write(Path.Combine(_directory.Path, "model.onnx"), operators, input, output);
        File.WriteAllText(Path.Combine(_directory.Path, "vocab.json"), """{"a":1}""");
        File.WriteAllText(Path.Combine(_directory.Path, "config.json"), """{"language":"fi"}""");
        return Load(VitsVoiceFolder.Read(_directory.Path));
    }
}
