using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;

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
        using var voice = Load(InstalledVoice.Read(SpeechTestBed.BuiltInDirectory));
        string[] texts = [.. Enumerable.Range(0, 32).Select(i => string.Concat(Enumerable.Repeat("hei vaan ", i % 8 + 1)))];
        float[][] alone = [.. texts.Select(text => Samples(voice, text))];

        var together = new float[texts.Length][];
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Samples(voice, texts[i]));

        Assert.That(together, Is.EqualTo(alone));
    }

    [Test]
    public void Speak_ModelWithoutRateOrMask_IsGivenTheIdsAlone()
    {
        using var voice = Load([("Sin", 1)]);

        Assert.That(Samples(voice, "abc"), Is.EqualTo(new[] { MathF.Sin(1), MathF.Sin(2), MathF.Sin(3) }).Within(1e-5f));
    }

    [Test]
    public void Speak_ModelWithoutRate_IsStretchedToTheRate([Values(0.5, 1.6)] double rate)
    {
        using var voice = Load([("Sin", 1)]);
        var text = string.Concat(Enumerable.Repeat("abc", 2000));

        Assert.That(SpeechTestBed.Samples(voice, text, rate), Has.Length.InRange((int)(Samples(voice, text).Length / rate) - 1, (int)(Samples(voice, text).Length / rate) + 2));
    }

    /// <summary>The built-in voices state their own pace, which a request's rate multiplies.</summary>
    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(1.25)]
    public void Speak_AVoiceOfAStatedPace_IsThatMuchSlower(double rate)
    {
        const string Text = "hyvää huomenta kaikille";
        var (slow, fast) = (InstalledVoice.Read(SpeechTestBed.BuiltInDirectory), InstalledVoice.Read(SpeechTestBed.CopyBuiltIn(_directory.Path, "1.7")));
        using var slowly = Load(slow);
        using var quickly = Load(fast);

        Assert.Multiple(() =>
        {
            Assert.That(SpeechTestBed.Samples(slowly, Text, rate), Is.EqualTo(SpeechTestBed.Samples(quickly, Text, rate / 2)));
            Assert.That(slow.Voice.ModelHash, Is.Not.EqualTo(fast.Voice.ModelHash), "another pace is another voice");
        });
    }

    [TestCase("0")]
    [TestCase("1e9")]
    [TestCase("\"fast\"")]
    public void Read_APaceThatCannotBe_SaysSo(string pace)
    {
        OnnxModelFile.Write(Path.Combine(_directory.Path, "model.onnx"), [("Sin", 1)]);
        File.WriteAllText(Path.Combine(_directory.Path, "vocab.json"), """{"a":0}""");
        File.WriteAllText(Path.Combine(_directory.Path, "config.json"), $$"""{"language":"fi","speaking_rate":{{pace}}}""");

        Assert.That(() => InstalledVoice.Read(_directory.Path), Throws.TypeOf<VoiceException>().With.Message.Contains("speaking_rate"));
    }

    [TestCase("Neg", "Log", Description = "NaN")]
    [TestCase("Sub", "Reciprocal", Description = "Infinity")]
    [TestCase("Sub", "NonZero", Description = "Nothing")]
    public void Speak_UnusableAudio_Throws(string first, string second)
    {
        using var voice = Load([(first, first == "Sub" ? 2 : 1), (second, 1)]);

        Assert.That(() => Samples(voice, "abc"), Throws.TypeOf<VoiceException>().With.Message.Contains("unusable"));
    }

    [Test]
    public void Speak_Cancelled_EndsWithinTheRun()
    {
        using var voice = Load(InstalledVoice.Read(SpeechTestBed.BuiltInDirectory));
        Assert.That(() => voice.Speak(new SegmentRequest("hei vaan", 1, null, default), (_, _) => { }, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Samples(voice, "hei vaan"), Is.Not.Empty, "the voice speaks on");
    }

    [Test]
    public void Read_ModelWithAnotherInput_Throws() =>
        Assert.That(() => Load([("Sin", 1)], input: "phonemes"), Throws.TypeOf<VoiceException>().With.Message.Contains("input_ids").And.Message.Contains("phonemes"));

    [Test]
    public void Read_ModelWithoutWaveform_Throws() =>
        Assert.That(() => Load([("Sin", 1)], output: "mel"), Throws.TypeOf<VoiceException>().With.Message.Contains("waveform"));

    [Test]
    public void Constructor_ModelThatIsNone_Throws()
    {
        var path = Path.Combine(_directory.Path, "model.onnx");
        File.WriteAllText(path, "This is no model.");
        var folder = InstalledVoice.Read(SpeechTestBed.BuiltInDirectory) with { ModelPath = path };

        Assert.That(() => Load(folder), Throws.TypeOf<VoiceException>().With.Message.Not.Contains(_directory.Path));
    }

    private static float[] Samples(IVoiceModel voice, string text) => SpeechTestBed.Samples(voice, text);

    private static IVoiceModel Load(InstalledVoice voice) => voice.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));

    private IVoiceModel Load((string Operator, int Inputs)[] operators, string input = "input_ids", string output = "waveform")
    {
        OnnxModelFile.Write(Path.Combine(_directory.Path, "model.onnx"), operators, input, output);
        File.WriteAllText(Path.Combine(_directory.Path, "vocab.json"), """{"a":1,"b":2,"c":3}""");
        File.WriteAllText(Path.Combine(_directory.Path, "config.json"), """{"language":"fi"}""");
        File.WriteAllText(Path.Combine(_directory.Path, "tokenizer_config.json"), """{"add_blank":false}""");
        return Load(InstalledVoice.Read(_directory.Path));
    }
}
