using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>Memory of the whole process, so nothing runs beside it.</summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class LoadingMemoryTests
{
    private const double MostTimesTheWeights = 1.5;

    [Test]
    public void Load_FullWidth_GrowsByAtMostOneAndAHalfTimesTheWeights()
    {
        using var directory = new TemporaryDirectory();
        FullWidthVoice.Write(Path.Combine(directory.Path, "mms-tts-fin"));
        var loading = SpeechTestBed.Loading(new TtsOptions());
        Warm();
        var weights = FullWidthVoice.Needed * sizeof(float);
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        var before = Status("VmRSS");
        ResetPeak();

        var folder = InstalledVoice.Read(Path.Combine(directory.Path, "mms-tts-fin"));
        var read = Status("VmHWM") - before;
        using (var voice = folder.Load(loading))
        {
            var written = Status("VmHWM") - before;
            var samples = SpeechTestBed.Samples(voice, "hei");
            TestContext.Out.WriteLine($"weights {weights >> 20} MB; peak when read {read >> 20}, loaded {written >> 20} ({(double)written / weights:F2} times); resident {(Status("VmRSS") - before) >> 20} MB");
            Assert.Multiple(() =>
            {
                Assert.That(written, Is.LessThan(MostTimesTheWeights * weights));
                Assert.That(samples, Is.Not.Empty);
            });
        }

        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        var again = Status("VmRSS");
        ResetPeak();
        using (folder.Load(loading))
        {
            var kept = Status("VmHWM") - again;
            TestContext.Out.WriteLine($"from kept graphs: peak {kept >> 20} MB ({(double)kept / weights:F2} times)");
            Assert.That(kept, Is.LessThan(MostTimesTheWeights * weights));
        }
    }

    /// <summary>Loads ONNX Runtime and the code itself, which are no part of a voice.</summary>
    private static void Warm()
    {
        using var directory = new TemporaryDirectory();
        var source = Repository.File("tests/Fixtures/mms/models/tiny");
        var folder = Directory.CreateDirectory(Path.Combine(directory.Path, "tiny")).FullName;
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        using var voice = InstalledVoice.Read(folder).Load(SpeechTestBed.Loading(new TtsOptions()));
        SpeechTestBed.Samples(voice, "hei");
    }

    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Status(string name) => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(name + ":", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
        System.Globalization.CultureInfo.InvariantCulture);
}
