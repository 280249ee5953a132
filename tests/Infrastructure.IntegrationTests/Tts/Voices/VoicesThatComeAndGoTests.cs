using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

public class VoicesThatComeAndGoTests
{
    private TemporaryDirectory _directory = null!;
    private RecordingLogger<VoiceCatalog> _logger = null!;
    private TestClock _clock = null!;
    private VoiceCatalog _catalog = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _logger = new RecordingLogger<VoiceCatalog>();
        _clock = new TestClock();
        _catalog = new VoiceCatalog(new TtsOptions { VoicesDirectory = _directory.Path }, _clock, _logger, KnownVoiceFamilies.Create(new TtsOptions()));
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Find_AVoiceThatWasJustPutThere_FindsIt()
    {
        Assert.That(_catalog.Find("sv-new"), Is.Null);

        Put("sv-new");

        Assert.That(_catalog.Find("sv-new"), Is.Not.Null);
        Assert.That(_catalog.FindByLanguage("sv")?.Name, Is.EqualTo("sv-new"));
    }

    /// <summary>A folder that is read again shows by a voice in it that was changed: the catalogue has it then.</summary>
    [TestCase("sv-none")]
    [TestCase("../sv-new")]
    [TestCase("sv-broken")]
    [TestCase("sv-none#1")]
    [TestCase("")]
    [TestCase("#")]
    public void Find_AnUnknownVoice_DoesNotReadTheDirectoryAgain(string name)
    {
        Put("sv-broken");
        File.Delete(Path.Combine(_directory.Path, "sv-broken", "vocab.json"));
        Assert.That(_catalog.Find("sv-broken"), Is.Null);
        Put("sv-new");

        for (var i = 0; i < 3; i++)
        {
            Assert.That(_catalog.Find(name), Is.Null);
        }

        Assert.That(_catalog.Voices.Select(v => v.Name), Is.EqualTo(new[] { SpeechTestBed.VoiceName, SpeechTestBed.MaleVoiceName }), "nothing was read");
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(_catalog.Voices.Select(v => v.Name), Does.Contain("sv-new"));
    }

    [TestCase("""{"":1}""")]
    [TestCase("""{"\ud83d":1}""")]
    [TestCase("""{"a":1e400}""")]
    [TestCase("[")]
    [TestCase("")]
    public void Problems_OfAVocabularyOfAnyKind_AreOneLine(string vocabulary)
    {
        Put("sv-a");
        Put("sv-b");
        File.WriteAllText(Path.Combine(_directory.Path, "sv-a", "vocab.json"), vocabulary);
        _catalog.Refresh();

        Assert.That(_catalog.Problems.Where(p => p.Reason.Contains('\n', StringComparison.Ordinal)), Is.Empty);
        Assert.That(_catalog.Find("sv-b"), Is.Not.Null);
    }

    [Test]
    public void Voices_AfterARefresh_AreWhatIsThere()
    {
        Put("sv-new");
        _catalog.Refresh();
        Assert.That(_catalog.Voices.Select(v => v.Name), Is.EqualTo(new[] { SpeechTestBed.VoiceName, SpeechTestBed.MaleVoiceName, "sv-new" }));

        Directory.Delete(Path.Combine(_directory.Path, "sv-new"), recursive: true);
        _catalog.Refresh();
        Assert.That(_catalog.Voices.Select(v => v.Name), Is.EqualTo(new[] { SpeechTestBed.VoiceName, SpeechTestBed.MaleVoiceName }));
    }

    [Test]
    public void Voices_AfterAWhile_AreLookedAtAgainWithoutBeingAsked()
    {
        Put("sv-new");
        Assert.That(_catalog.Voices, Has.Count.EqualTo(2));

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(_catalog.Voices, Has.Count.EqualTo(3));
    }

    [Test]
    public void Find_AModelThatWasReplaced_HasAnotherHash()
    {
        Put("sv-new");
        var before = _catalog.Find("sv-new")!.ModelHash;

        Put("sv-new", "Cos");
        _catalog.Refresh();

        Assert.That(_catalog.Find("sv-new")!.ModelHash, Is.Not.EqualTo(before));
    }

    [Test]
    public void Problems_OfABrokenVoice_AreLoggedOnceAndGoWhenItIsMended()
    {
        Put("sv-new");
        File.Delete(Path.Combine(_directory.Path, "sv-new", "vocab.json"));
        _catalog.Refresh();
        _catalog.Refresh();
        Assert.That(_catalog.Problems.Single().Folder, Is.EqualTo("sv-new"));
        Assert.That(_logger.Entries.Where(e => e.Level == LogLevel.Warning), Has.Exactly(1).Items);

        Put("sv-new");
        _catalog.Refresh();

        Assert.That(_catalog.Problems, Is.Empty);
        Assert.That(_catalog.Find("sv-new"), Is.Not.Null);
    }

    [Test]
    public void Voices_InAFolderThatIsBeingFilled_AreNotLookedAt()
    {
        Put(".sv-new.partial");
        _catalog.Refresh();

        Assert.That((_catalog.Voices.Count, _catalog.Problems.Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Loaded_Voices_StayUnderTheBudgetAndTheLongestUnusedGoesFirst()
    {
        foreach (var name in (string[])["sv-a", "sv-b", "sv-c"])
        {
            Put(name, padding: 4_000_000);
        }

        _catalog.Refresh();
        var options = new TtsOptions { Device = OnnxDevice.Cpu, VoiceMemoryMegabytes = 20 };
        var logger = new RecordingLogger<LoadedVoices>();
        using var loaded = new LoadedVoices(new OnnxDevices(options, NullLogger<OnnxDevice>.Instance), options, _clock, logger);
        foreach (var name in (string[])["sv-a", "sv-b", "sv-a"])
        {
            using var lease = loaded.Use(_catalog.FindInstalled(name)!);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        using (loaded.Use(_catalog.FindInstalled("sv-a")!))
        {
            using var c = loaded.Use(_catalog.FindInstalled("sv-c")!);
            Assert.That(LetGo(), Is.EqualTo(new[] { "sv-b" }), "8 MB each, 20 in all; a was used after b");
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        await loaded.Prepare(_catalog.FindInstalled("sv-b")!);
        Assert.That(LetGo(), Has.Count.EqualTo(2));

        List<string> LetGo() => [.. logger.Entries.Where(e => e.Message.StartsWith("Let go", StringComparison.Ordinal)).Select(e => e.Message.Split(' ')[5].TrimEnd(','))];
    }

    [Test]
    public void Loaded_AVoiceInUse_IsKeptWhateverTheBudget()
    {
        Put("sv-a", padding: 20_000_000);
        Put("sv-b", padding: 20_000_000);
        var options = new TtsOptions { Device = OnnxDevice.Cpu, VoiceMemoryMegabytes = 16 };
        using var loaded = new LoadedVoices(new OnnxDevices(options, NullLogger<OnnxDevice>.Instance), options, _clock, NullLogger<LoadedVoices>.Instance);

        using var a = loaded.Use(_catalog.FindInstalled("sv-a")!);
        using var b = loaded.Use(_catalog.FindInstalled("sv-b")!);

        Assert.That(SpeechTestBed.Samples(a.Model, "aaa"), Is.Not.Empty);
    }

    [Test]
    public void Loaded_AVoiceThatFailed_IsTriedAgain()
    {
        Put("sv-a", "NoSuchOperator");
        var options = new TtsOptions { Device = OnnxDevice.Cpu };
        using var loaded = new LoadedVoices(new OnnxDevices(options, NullLogger<OnnxDevice>.Instance), options, _clock, NullLogger<LoadedVoices>.Instance);
        var broken = _catalog.FindInstalled("sv-a")!;
        Assert.That(() => loaded.Use(broken), Throws.TypeOf<VoiceException>());

        OnnxModelFile.Write(broken.ModelPath, [("Sin", 1)]);

        using var lease = loaded.Use(broken);
        Assert.That(lease.Model.Device, Is.EqualTo("cpu"));
    }

    [Test]
    public void Espeak_AsTheFallback_SpeaksWhatNoVoiceDoes()
    {
        Espeak.Require();
        using var speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, EspeakFallback = true });

        Assert.Multiple(() =>
        {
            Assert.That(_catalog.FindByLanguage("sv"), Is.Null, "it is off unless it is turned on");
            Assert.That(speech.Catalog.FindByLanguage("fi")!.Engine, Is.EqualTo(Domain.Tts.VoiceEngine.Neural));
            Assert.That(speech.Catalog.FindByLanguage("sv")!.Name, Is.EqualTo("espeak-sv"));
            Assert.That(speech.Catalog.Voices.Select(v => v.Language).Distinct().Count(), Is.GreaterThan(100));
        });
        foreach (var (voice, text) in new[] { ("espeak-sv", "Hej på dig!"), ("espeak-en", "Good morning, it is 3.14."), ("espeak-ja", "こんにちは"), ("espeak-ar", "مرحبا") })
        {
            var (wav, result) = speech.Speak(text, voice: voice);
            Assert.That(result.Engine, Is.EqualTo(Domain.Tts.VoiceEngine.EspeakNg));
            Assert.That(result.Duration, Is.InRange(0.3, 6), voice);
            Assert.That(wav.Pcm.Max(s => Math.Abs((int)s)), Is.GreaterThan(3000), voice);
        }
    }

    private void Put(string name, string op = "Sin", int padding = 0)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, name)).FullName;
        OnnxModelFile.Write(Path.Combine(folder, "model.onnx"), [(op, 1)], padding: padding);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), """{"a":1}""");
    }
}
