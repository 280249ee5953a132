using Dictation.Infrastructure.Tts;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits;

/// <summary>A voice as Optimum exports it, whose published graph draws its own noise: another length on every run.</summary>
public sealed class PublishedVoiceTests
{
    private const string Voice = "optimum-vits-tiny", Text = "hyvää päivää. kissa istuu ikkunalla.";

    private TemporaryDirectory _voices = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _voices = new TemporaryDirectory();
        var folder = Directory.CreateDirectory(Path.Combine(_voices.Path, Voice)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(PublishedGraphTests.Graph(Voice))!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "config.json"), File.ReadAllText(Path.Combine(folder, "config.json")).Replace("\"model_type\"", "\"language\": \"fi\", \"model_type\"", StringComparison.Ordinal));
    }

    [OneTimeTearDown]
    public void TearDown() => _voices.Dispose();

    [Test]
    public void Speak_TheSameRequest_GivesTheSameBytes_AlsoAfterARestart()
    {
        using var bed = Open();
        var first = bed.Speak(Text, voice: Voice).Wav.Bytes;
        var others = new byte[4][];
        Parallel.For(0, others.Length, i => others[i] = bed.Speak(i % 2 == 0 ? Text : "aivan muuta", voice: Voice).Wav.Bytes);
        using var restarted = Open();

        Assert.Multiple(() =>
        {
            Assert.That(others[0], Is.EqualTo(first), "with company");
            Assert.That(others[2], Is.EqualTo(first), "with company");
            Assert.That(others[1], Is.Not.EqualTo(first));
            Assert.That(restarted.Speak(Text, voice: Voice).Wav.Bytes, Is.EqualTo(first), "after a restart");
        });
    }

    [Test]
    public void Speak_Words_HaveExactTimes()
    {
        using var bed = Open();

        var timings = bed.Speak(Text, voice: Voice).Result.Timings;

        Assert.Multiple(() =>
        {
            Assert.That(timings.Estimated, Is.False);
            Assert.That(timings.Words, Has.Count.EqualTo(5));
        });
    }

    [Test]
    public void Load_ASecondTime_UsesTheGraphsThatWereKept()
    {
        using (var bed = Open())
        {
            bed.Speak(Text, voice: Voice);
        }

        var kept = Directory.GetFiles(Path.Combine(_voices.Path, Voice, ".graphs"), "*", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        using var again = Open();
        again.Speak(Text, voice: Voice);

        Assert.That(kept.Keys.Select(Path.GetFileName), Is.EquivalentTo(new[] { "text.onnx", "flow.onnx", "generator.onnx", "plan.json" }));
        Assert.That(Directory.GetFiles(Path.Combine(_voices.Path, Voice, ".graphs"), "*", SearchOption.AllDirectories).ToDictionary(f => f, File.GetLastWriteTimeUtc), Is.EquivalentTo(kept));
    }

    private SpeechTestBed Open() => new(new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1, VoicesDirectory = _voices.Path });
}
