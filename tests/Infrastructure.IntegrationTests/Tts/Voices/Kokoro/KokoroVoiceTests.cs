using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices.Kokoro;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Kokoro;

/// <summary>The layouts of Kokoro, spoken.</summary>
[TestFixture]
public sealed class KokoroVoiceTests
{
    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void Create() => _directory = new TemporaryDirectory();

    [TearDown]
    public void Remove() => _directory.Dispose();

    [Test]
    public void Speak_InEveryLayout_HasTheSamplesOfThePort([ValueSource(typeof(KokoroFolder), nameof(KokoroFolder.Layouts))] string layout, [Values("1", "1.25")] string rate)
    {
        var folder = KokoroFolder.Read(KokoroFolder.Copy(layout, _directory.Path));
        var golden = KokoroFolder.Goldens.First(g => g.Voice == folder.Voice.Speakers[0]);
        using var voice = folder.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));

        var (samples, spoken) = KokoroFolder.Speak(voice, golden.Text, double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture), golden.Voice);

        // One export takes whole rates alone, and says so.
        var whole = layout == "kokoro-onnx-1.1";
        Assert.Multiple(() =>
        {
            Assert.That(samples, Has.Length.EqualTo(golden.At(whole ? "1" : rate).Samples));
            Assert.That(spoken.Rate, whole ? Is.EqualTo(1) : Is.Null);
            Assert.That(spoken.Times, Is.Not.Empty, "exact times");
            Assert.That(spoken.Unspoken, Is.Empty);
        });
    }

    [Test]
    public void Speak_EveryGoldensIds_HasItsFramesAndSamples()
    {
        var folder = (KokoroVoiceFolder)KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path));
        using var voice = folder.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));
        foreach (var golden in KokoroFolder.Goldens.Where(g => folder.TokenizerOf(g.Voice).Tokenize(g.Text) is [{ Speakable: true } only] && only.Ids.SequenceEqual(g.Ids)))
        {
            foreach (var rate in new[] { 1, 1.25 })
            {
                var (samples, spoken) = KokoroFolder.Speak(voice, golden.Text, rate, golden.Voice);
                var expected = golden.At(rate.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Assert.That(samples, Has.Length.EqualTo(expected.Samples), golden.Text);
                Assert.That(spoken.Times![^1].End, Is.LessThanOrEqualTo(600 * expected.Frames.Sum()), golden.Text);
            }
        }
    }

    [Test]
    public void Speak_WithRandomNodes_GivesTheSameBytesForTheSameKey()
    {
        var folder = KokoroFolder.Read(KokoroFolder.Copy("onnx-community-noise", _directory.Path));
        using var voice = folder.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));

        var first = KokoroFolder.Speak(voice, "Hello there.").Samples;

        Assert.Multiple(() =>
        {
            Assert.That(KokoroFolder.Speak(voice, "Hello there.").Samples, Is.EqualTo(first));
            Assert.That(KokoroFolder.Speak(voice, "Hello there.", key: "other").Samples, Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void Speak_LongTextWithoutAStop_SaysEveryWord()
    {
        var text = string.Join(' ', Enumerable.Repeat("wonderful mornings arrive", 400));
        var folder = (KokoroVoiceFolder)KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path));

        var runs = folder.TokenizerOf("af_heart").Tokenize(text);

        Assert.Multiple(() =>
        {
            Assert.That(runs.Max(run => run.Ids.Length), Is.LessThanOrEqualTo(512));
            Assert.That(string.Concat(runs.Select(run => run.Phonemes)), Is.EqualTo(folder.TokenizerOf("af_heart").Phonemes(text)));
            Assert.That(runs[^1].Heard[^1].Character + runs[^1].Heard[^1].Characters, Is.EqualTo(text.Length));
            Assert.That(runs.SelectMany(run => run.Heard).Count(), Is.EqualTo(1200));
        });
    }

    [TestCase("af_heart+bf_emma", "af_heart(0.5)+bf_emma(0.5)", "en", "US")]
    [TestCase("af_heart(2)+bf_emma(1)", "af_heart(0.6667)+bf_emma(0.3333)", "en", "US")]
    [TestCase("bf_emma+bf_emma", "bf_emma", "en", "GB")]
    [TestCase("bf_emma(0)+af_heart", "af_heart", "en", "US")]
    public void Speaker_OfABlend_HasOneSpelling(string asked, string name, string language, string region)
    {
        var speaker = KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path)).Speaker(asked)!;

        Assert.That((speaker.SpeakerName, speaker.Voice.Name, speaker.Voice.Language, speaker.Voice.Region), Is.EqualTo((name, "kokoro#" + name, language, region)));
    }

    [TestCase("af_heart+")]
    [TestCase("nobody")]
    [TestCase("af_heart(-1)+bf_emma")]
    [TestCase("af_heart(x)")]
    [TestCase("../af_heart")]
    [TestCase("")]
    public void Speaker_ThatIsNone_IsNotThere(string asked) =>
        Assert.That(KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path)).Speaker(asked), Is.Null);

    [Test]
    public void Read_JapaneseAndMandarinSpeakers_AreNamedAsNotOffered()
    {
        var path = KokoroFolder.Copy("onnx-community", _directory.Path);
        File.Copy(Path.Combine(path, "voices", "af_heart.bin"), Path.Combine(path, "voices", "jf_alpha.bin"));

        var voice = KokoroFolder.Read(path).Voice;

        Assert.Multiple(() =>
        {
            Assert.That(voice.Speakers, Is.EqualTo(new[] { "af_heart", "bf_emma" }));
            Assert.That(voice.SpeakerDetails.Select(s => (s.Name, s.Language, s.Region)), Is.EqualTo(new[] { ("af_heart", "en", "US"), ("bf_emma", "en", "GB") }));
            Assert.That(voice.Notes, Has.One.Contains("jf_alpha").And.One.Contains("Japanese"));
        });
    }

    [TestCase("fp32", "model.onnx")]
    [TestCase("q8", "model_quantized.onnx")]
    public void Read_OfSeveralModels_TakesThePrecisionAskedFor(string precision, string file) =>
        Assert.That(Path.GetFileName(KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path), precision).ModelPath), Is.EqualTo(file));

    [Test]
    public void Read_WithoutThePrecisionAskedFor_SaysWhichIsMissing() => Assert.That(
        () => KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path), "fp16"),
        Throws.TypeOf<VoiceException>().With.Message.Contains("model_fp16.onnx"));
}
