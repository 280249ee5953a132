using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Synthesis;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>Folders as Hugging Face publishes them, through the catalogue to the sound.</summary>
public sealed class HuggingFaceVoiceTests
{
    private static readonly string[] Models =
    [
        "tiny", "tiny-bf16", "tiny-current", "tiny-deterministic", "tiny-deterministic-current", "tiny-f16", "tiny-finetuned", "tiny-sharded",
        "tiny-speakers", "tiny-speakers-current",
    ];

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Voices_EveryModel_IsOfferedWithItsSettings()
    {
        foreach (var model in Models)
        {
            MmsFolder.Copy(model, _directory.Path);
        }

        var catalog = Open();

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Problems, Is.Empty);
            Assert.That(Models, Is.SubsetOf(catalog.Voices.Select(v => v.Name)));
            Assert.That(catalog.Find("tiny")!.Language, Is.EqualTo("fi"));
            Assert.That(catalog.Find("tiny-deterministic")!.SampleRate, Is.EqualTo(22050));
            Assert.That(Folder(catalog, "tiny-deterministic").Scales, Is.EqualTo(new VoiceScales(0.5f, 0.8f, 0.8f)));
            Assert.That(catalog.Find("tiny-speakers")!.Speakers, Is.EqualTo(new[] { "0", "1", "2", "3" }));
            Assert.That(catalog.FindInstalled("tiny-speakers#3")?.SpeakerId, Is.EqualTo(3));
            Assert.That(catalog.FindInstalled("tiny-speakers#4"), Is.Null);
            Assert.That(catalog.FindInstalled("tiny#0"), Is.Null);
            Assert.That(Models.Select(m => catalog.Find(m)!.ModelHash).Distinct().Count(), Is.EqualTo(Models.Length));
        });
    }

    [TestCaseSource(nameof(Models))]
    public void Speak_Twice_GivesTheSameBytesAndExactTimes(string model)
    {
        var folder = InstalledVoice.Read(MmsFolder.Copy(model, _directory.Path));
        using var voice = folder.Load(SpeechTestBed.Loading(new TtsOptions()));
        var first = SpeechTestBed.Samples(voice, "Hyvää huomenta!");
        var second = new List<float>();

        var spoken = voice.Speak(Request("Hyvää huomenta!"), (piece, _) => second.AddRange(piece), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(second, Is.EqualTo(first));
            Assert.That(spoken.Times!.Select(t => t.Character), Is.EqualTo(Enumerable.Range(0, 14)));
            Assert.That(spoken.Times![^1].End, Is.EqualTo(first.Length));
            Assert.That(spoken.Unspoken.Select(d => d.Symbol), Is.EqualTo(new[] { "!" }));
        });
    }

    [Test]
    public void Load_SecondTime_UsesTheGraphsThatAreKept()
    {
        var path = MmsFolder.Copy("tiny", _directory.Path);
        var logger = new RecordingLogger<VitsGraphStore>();
        var loading = SpeechTestBed.Loading(new TtsOptions()) with { Logger = logger, Graphs = new VitsGraphStore(Path.GetTempPath(), logger) };
        using var first = InstalledVoice.Read(path).Load(loading);
        var written = logger.Entries.Count;

        using var second = InstalledVoice.Read(path).Load(loading);

        var kept = Directory.EnumerateDirectories(Path.Combine(path, VitsGraphStore.Folder)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(logger.Entries.Select(e => e.Message).Take(4), Is.EqualTo(new[]
            {
                "Writes the graphs of the voice tiny, once", "Wrote the text part of the voice tiny", "Wrote the flow part of the voice tiny",
                "Wrote the generator part of the voice tiny",
            }));
            Assert.That(logger.Entries, Has.Count.EqualTo(written));
            Assert.That(kept, Has.Count.EqualTo(1));
            Assert.That(SpeechTestBed.Samples(second, "hei"), Is.EqualTo(SpeechTestBed.Samples(first, "hei")));
        });
    }

    [TestCase("config.json", "\"noise_scale\": 0.667", "\"noise_scale\": 0.5")]
    [TestCase("vocab.json", "\"x\": 36", "\"x\": 35")]
    [TestCase("tokenizer_config.json", "\"add_blank\": true", "\"add_blank\": false")]
    public void Read_ChangedFile_HasAnotherHash(string file, string from, string to)
    {
        var path = MmsFolder.Copy("tiny", _directory.Path);
        var before = InstalledVoice.Read(path).Voice.ModelHash;

        MmsFolder.Edit(path, file, from, to);

        Assert.That(InstalledVoice.Read(path).Voice.ModelHash, Is.Not.EqualTo(before));
    }

    [Test]
    public void Speak_OwnSpeakingRate_IsThePaceOfRateOne()
    {
        var slow = MmsFolder.Copy("tiny-deterministic", _directory.Path, "slow");
        MmsFolder.Edit(slow, "config.json", "\"speaking_rate\": 1.25", "\"speaking_rate\": 0.625");
        var loading = SpeechTestBed.Loading(new TtsOptions());
        using var own = InstalledVoice.Read(MmsFolder.Copy("tiny-deterministic", _directory.Path)).Load(loading);
        using var half = InstalledVoice.Read(slow).Load(loading);

        Assert.That(SpeechTestBed.Samples(half, "huomenta"), Has.Length.EqualTo(SpeechTestBed.Samples(own, "huomenta", rate: 0.5).Length));
    }

    [Test]
    public void Speak_OtherSpeaker_SoundsOtherwise()
    {
        using var voice = InstalledVoice.Read(MmsFolder.Copy("tiny-speakers", _directory.Path)).Load(SpeechTestBed.Loading(new TtsOptions()));
        List<float>[] spoken = [[], [], []];
        long?[] speakers = [null, 0, 2];
        for (var i = 0; i < speakers.Length; i++)
        {
            voice.Speak(Request("hei") with { Speaker = speakers[i] }, (piece, _) => spoken[i].AddRange(piece), CancellationToken.None);
        }

        Assert.Multiple(() =>
        {
            Assert.That(spoken[0], Is.EqualTo(spoken[1]));
            Assert.That(spoken[0], Is.Not.EqualTo(spoken[2]));
        });
    }

    [Test]
    public void Read_ModelCardWithALicence_ShowsIt()
    {
        var path = MmsFolder.Copy("tiny", _directory.Path);
        File.WriteAllText(Path.Combine(path, "README.md"), "---\ntags: [mms]\nlicense: cc-by-nc-4.0\n---\n# license: none\n");

        Assert.That(InstalledVoice.Read(path).Voice.Licence, Is.EqualTo("cc-by-nc-4.0"));
    }

    private static SegmentRequest Request(string text) => new(text, 1, null, new Noise("test", 0));

    private static HuggingFaceVoiceFolder Folder(VoiceCatalog catalog, string name) => (HuggingFaceVoiceFolder)catalog.FindInstalled(name)!;

    private VoiceCatalog Open() => new(new TtsOptions { VoicesDirectory = _directory.Path }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));
}
