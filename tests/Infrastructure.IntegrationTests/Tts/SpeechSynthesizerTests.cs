using System.Security.Cryptography;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

[NonParallelizable]
public class SpeechSynthesizerTests
{
    private const string Text = "Hyvää huomenta, tänään on kaunis päivä! Tuletko mukaan? Lähdemme heti.";

    private SpeechTestBed _speech = null!;

    [OneTimeSetUp]
    public void SetUp() => _speech = new SpeechTestBed();

    [OneTimeTearDown]
    public void TearDown() => _speech.Dispose();

    [Test]
    public void Speak_Text_ReturnsWhatTheFileHolds()
    {
        (var wav, var result) = _speech.Speak(Text);

        Assert.That(result, Is.EqualTo(new SynthesisResult(
            (int)wav.UInt32(24),
            wav.Pcm.Length / 16000.0,
            result.Segments,
            "cpu",
            VoiceEngine.Neural,
            result.Timings,
            Convert.ToHexStringLower(SHA256.HashData(wav.Bytes)),
            result.Notes)));
        Assert.That(result.Segments, Is.InRange(1, 4));
        Assert.That(result.Duration, Is.InRange(3, 8));
    }

    [Test]
    public void Speak_SameRequest_GivesTheSameBytes()
    {
        using var other = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1 });

        var first = _speech.Speak(Text).Wav.Bytes;

        Assert.Multiple(() =>
        {
            Assert.That(_speech.Speak(Text).Wav.Bytes, Is.EqualTo(first));
            Assert.That(other.Speak(Text).Wav.Bytes, Is.EqualTo(first), "another session with one thread");
        });
    }

    [TestCase("HUUTO! KAAAAAA! AAAAAAAA! Äääääääää!")]
    [TestCase("a")]
    [TestCase("p.")]
    [TestCase("Šššš, žžž; xxx: qqq - www")]
    [TestCase("... Hei? ... !!! ... Hei. — \n\n — Hei,")]
    public void Speak_OddText_NeitherClipsNorFallsSilent(string text)
    {
        var pcm = _speech.Speak(text).Wav.Pcm;

        Assert.That(pcm.Max(sample => Math.Abs((int)sample)), Is.InRange(300, 32766));
    }

    [TestCase(0.5)]
    [TestCase(0.75)]
    [TestCase(1.5)]
    [TestCase(2)]
    public void Speak_Rate_DividesTheDuration(double rate)
    {
        var normal = _speech.Speak(Text).Result.Duration;

        Assert.That(_speech.Speak(Text, rate).Result.Duration * rate / normal, Is.EqualTo(1).Within(0.1));
    }

    [TestCase("?!...")]
    [TestCase(".")]
    [TestCase("😀 - 😀")]
    [TestCase("   \n ")]
    public void Speak_NoLetters_IsAShortSilence(string text)
    {
        var (wav, result) = _speech.Speak(text);

        Assert.Multiple(() =>
        {
            Assert.That(wav.Pcm, Is.All.Zero);
            Assert.That(result.Duration, Is.InRange(0.2, 1));
            Assert.That(result.Timings.Words, Is.Empty);
        });
    }

    [TestCase("日本語")]
    public void Speak_NoLetterOfTheVoice_Throws(string text) => Assert.That(
        () => _speech.Speak(text), Throws.TypeOf<NothingSpeakableException>().With.Message.Contains("Send at least one word"));

    [Test]
    public void Speak_UnspeakableSegmentAmongOthers_IsAPauseAndNoMore()
    {
        var with = _speech.Speak("Hei.\n!!!\nHei.").Result.Duration;

        Assert.That(with, Is.EqualTo(_speech.Speak("Hei.\nHei.").Result.Duration).Within(0.01));
    }

    [Test]
    public void Speak_UnknownVoice_Throws()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => _speech.Speak(Text, voice: "gone"), Throws.TypeOf<VoiceException>().With.Message.StartsWith("There is no such voice. The voices are: "));
            Assert.That(() => _speech.Synthesizer.Preload("gone"), Throws.TypeOf<VoiceException>());
        });
    }

    [Test]
    public void Speak_VoiceWithBrokenModel_ThrowsAndOthersStillSpeak()
    {
        using var directory = new TemporaryDirectory();
        var folder = Path.Combine(directory.Path, "sv-broken");
        Directory.CreateDirectory(folder);
        OnnxModelFile.Write(Path.Combine(folder, "model.onnx"), [("NoSuchOperator", 1)]);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), """{"a":1}""");
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = directory.Path });

        Assert.Multiple(() =>
        {
            Assert.That(() => speech.Speak("a", voice: "sv-broken"), Throws.TypeOf<VoiceException>().With.Message.Contains("could not be loaded"));
            Assert.That(speech.Speak("a").Result.Segments, Is.EqualTo(1));
        });
    }

    [Test]
    public void Speak_CancelledAfterTheFirstSegment_StopsBeforeTheSecond()
    {
        using var stream = new MemoryStream();
        using var cancellation = new CancellationTokenSource();
        var heard = new List<double>();

        Assert.That(
            () => _speech.Synthesizer.Speak(
                SpeechTestBed.Request(LongText(700)),
                stream,
                progress =>
                {
                    heard.Add(progress.Fraction);
                    cancellation.Cancel();
                },
                cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(heard, Has.Count.EqualTo(1));
    }

    [Test]
    public void Speak_ALongText_ReportsRisingProgressAndAPlausibleDuration()
    {
        const int Characters = 3000;
        (var result, var progress, _) = SpeakToFile(LongText(Characters));

        Assert.Multiple(() =>
        {
            Assert.That(progress, Is.Ordered.Ascending.And.Unique);
            Assert.That(progress[0], Is.GreaterThan(0).And.LessThan(0.15));
            Assert.That(progress[^1], Is.EqualTo(1));
            Assert.That(progress, Has.Count.GreaterThan(10));
            // Finnish is read at 10 to 18 characters per second.
            Assert.That(result.Duration, Is.InRange(Characters / 18.0, Characters / 10.0));
        });
    }

    [Test]
    public void Speak_FiveTimesTheText_HoldsNoMoreMemory()
    {
        SpeakToFile(LongText(500));

        (var shorter, _, var shorterPeak) = SpeakToFile(LongText(700));
        (var longer, _, var longerPeak) = SpeakToFile(LongText(3500));
        (_, _, var heldPeak) = SpeakTo(new MemoryStream(), LongText(700));

        var audioBytes = shorter.Duration * 2 * shorter.SampleRate;
        var grownAudioBytes = (longer.Duration - shorter.Duration) * 2 * longer.SampleRate;
        TestContext.Out.WriteLine(
            $"Live bytes at most {shorterPeak:N0} and {longerPeak:N0}, audio grew by {grownAudioBytes:N0}; with the audio held {heldPeak:N0}");
        Assert.Multiple(() =>
        {
            Assert.That(longerPeak, Is.LessThan(1.25 * shorterPeak));
            Assert.That(longerPeak - shorterPeak, Is.LessThan(0.05 * grownAudioBytes));
            Assert.That(heldPeak - shorterPeak, Is.GreaterThan(0.5 * audioBytes), "the measure sees audio that is held");
        });
    }

    private static string LongText(int characters)
    {
        string[] sentences =
        [
            "Aamulla satoi lunta, ja koko piha peittyi valkoiseen vaippaan.", "Kuka ehtii ensimmäisenä ulos?", "Lapset juoksivat pulkkamäkeen!",
            "Iltapäivällä pakkanen kiristyi niin, että järven jää paukkui ja kuusten oksat narisivat.", "Sitten syötiin puuroa.",
        ];
        return string.Join(' ', Enumerable.Range(0, characters / 20).Select(i => sentences[i % sentences.Length]))[..characters];
    }

    private (SynthesisResult Result, List<double> Progress, long PeakLiveBytes) SpeakToFile(string text)
    {
        using var directory = new TemporaryDirectory();
        return SpeakTo(new FileStream(Path.Combine(directory.Path, "a.wav"), FileMode.CreateNew, FileAccess.ReadWrite), text);
    }

    private (SynthesisResult Result, List<double> Progress, long PeakLiveBytes) SpeakTo(Stream stream, string text)
    {
        using (stream)
        {
            var progress = new List<double>();
            long peak = 0;
            var result = _speech.Synthesizer.Speak(
                SpeechTestBed.Request(text),
                stream,
                spoken =>
                {
                    progress.Add(spoken.Fraction);
                    peak = Math.Max(peak, LiveBytes());
                },
                CancellationToken.None);
            return (result, progress, peak);
        }
    }

    /// <summary>What a full collection leaves. The total that the collector keeps beside it is 0 at times.</summary>
    private static long LiveBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        var info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return info.HeapSizeBytes - info.FragmentedBytes;
    }
}
