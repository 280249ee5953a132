using Dictation.Application;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

public class VoiceCatalogTests
{
    private TemporaryDirectory _directory = null!;
    private RecordingLogger<VoiceCatalog> _logger = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _logger = new RecordingLogger<VoiceCatalog>();
    }

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Voices_BuiltIn_AreDescribedAsTheirFilesSay()
    {
        var catalog = Open(null);

        Assert.Multiple(() =>
        {
            Assert.That(
                catalog.Voices.Select(v => (v.Name, v.Language, v.Region, v.SampleRate, v.Licence)),
                Is.EqualTo(new[] { ("fi_FI-aino-tiny", "fi", "FI", 16000, "LGPL-2.0-or-later"), ("fi_FI-eino-tiny", "fi", "FI", 16000, "LGPL-2.0-or-later") }));
            Assert.That(catalog.Voices.Select(v => v.Source), Is.All.Contain("SuoPuhe"));
            Assert.That(catalog.Voices.Select(v => v.ModelHash), Is.Unique);
            Assert.That(catalog.Voices.Select(v => v.Notes.Single()), Is.All.Contain("runs whole"));
            Assert.That(catalog.DefaultVoice.Name, Is.EqualTo("fi_FI-aino-tiny"));
        });
    }

    [TestCase("fi")]
    [TestCase("fi-FI")]
    [TestCase("fi_FI")]
    [TestCase("FIN")]
    public void FindByLanguage_WaysToSayFinnish_FindsTheBuiltIn(string language) =>
        Assert.That(Open(null).FindByLanguage(language)?.Name, Is.EqualTo("fi_FI-aino-tiny"));

    [Test]
    public void Find_UnknownNameOrLanguage_IsNull()
    {
        var catalog = Open(null);

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Find("FI_fi-aino-tiny"), Is.Null);
            Assert.That(catalog.FindByLanguage("sv"), Is.Null);
        });
    }

    [Test]
    public void Voices_MmsExportWithOnlyWhatItMustHave_TakesItsDefaults()
    {
        Add("mms-tts-swe", vocab: """{"a":0," ":1}""", modelFolder: "onnx");

        var catalog = Open(_directory.Path);

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Problems, Is.Empty);
            Assert.That(catalog.Voices.Select(voice => voice.Name), Is.EqualTo(new[] { "fi_FI-aino-tiny", "fi_FI-eino-tiny", "mms-tts-swe" }));
            Assert.That(catalog.FindByLanguage("sv-SE"), Is.EqualTo(catalog.Find("mms-tts-swe")).And.Property("SampleRate").EqualTo(16000));
            Assert.That(Folder(catalog, "mms-tts-swe").MaxCharacters, Is.Null);
            Assert.That(Folder(catalog, "mms-tts-swe").Tokenizer.Tokenize("A").Ids, Is.EqualTo(new long[] { 0, 0, 0 }), "blanks by default");
            Assert.That(catalog.DefaultVoice.Name, Is.EqualTo("fi_FI-aino-tiny"));
        });
    }

    [Test]
    public void Voices_MmsExportWithItsSettings_TakesThem()
    {
        Add(
            "finnish",
            vocab: """{"a":0}""",
            tokenizer: """
                {
                  "add_blank": true, "is_uroman": false, "language": "fin", "model_max_length": 1000000000000000019884624838656,
                  "normalize": true, "pad_token": "a", "phonemize": false
                }
                """,
            config: """
                {
                  "model_type": "vits", "sampling_rate": 22050, "max_input_ids": 401,
                  "license": "CC-BY-NC-4.0", "_name_or_path": "facebook/mms-tts-fin"
                }
                """);

        var catalog = Open(_directory.Path);

        var voice = catalog.Find("finnish")!;
        Assert.Multiple(() =>
        {
            Assert.That((voice.Language, voice.Region, voice.SampleRate, voice.Licence, voice.Source), Is.EqualTo(("fi", (string?)null, 22050, "CC-BY-NC-4.0", "facebook/mms-tts-fin")));
            Assert.That(Folder(catalog, "finnish").MaxCharacters, Is.EqualTo(200));
            Assert.That(catalog.FindByLanguage("fi"), Is.EqualTo(catalog.DefaultVoice), "the default goes before the first by name");
        });
    }

    [TestCase(null, null, "vocab.json")]
    [TestCase("", null, "vocab.json")]
    [TestCase("{}", null, "vocab.json")]
    [TestCase("""{"a":"b"}""", null, "vocab.json")]
    [TestCase("""{"a":0}""", "[]", "tokenizer_config.json")]
    [TestCase("""{"a":0}""", """{"add_blank":"yes"}""", "add_blank")]
    [TestCase("""{"a":0}""", """{"is_uroman":true}""", "uroman")]
    [TestCase("""{"a":0}""", """{"phonemize":true}""", "phonemes")]
    [TestCase("""{"a":0}""", "{}", "language", "unnamed")]
    [TestCase("""{"a":0}""", "{}", "sampling_rate", "sv", """{"sampling_rate":1}""")]
    public void Voices_BrokenFolder_IsSkippedWithOneWarningThatSaysWhy(
        string? vocab, string? tokenizer, string reason, string name = "sv-broken", string? config = null)
    {
        Add(name, vocab, tokenizer, config);

        var catalog = Open(_directory.Path);

        var problem = catalog.Problems.Single();
        Assert.Multiple(() =>
        {
            Assert.That(problem.Folder, Is.EqualTo(name));
            Assert.That(problem.Reason, Does.Contain(reason).And.Not.Contains(_directory.Path));
            Assert.That(_logger.Entries.Single(), Is.EqualTo((LogLevel.Warning, $"Skipped the voice folder {name}: {problem.Reason}")));
            Assert.That(catalog.Voices.Select(voice => voice.Name), Is.EqualTo(new[] { SpeechTestBed.VoiceName, SpeechTestBed.MaleVoiceName }));
        });
    }

    [Test]
    public void Voices_NoModelOrTakenNameOrMissingFolder_IsAProblemEach()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "not-a-voice"));
        Directory.CreateDirectory(Path.Combine(_directory.Path, "sv-empty"));
        File.WriteAllText(Path.Combine(_directory.Path, "sv-empty", "vocab.json"), "{}");
        Add("fi_FI-aino-tiny", """{"a":0}""");

        Assert.Multiple(() =>
        {
            Assert.That(Open(_directory.Path).Problems.Select(p => p.Folder), Is.EqualTo(new[] { "fi_FI-aino-tiny", "sv-empty" }));
            Assert.That(Open(Path.Combine(_directory.Path, "gone")).Problems, Has.Count.EqualTo(1));
        });
    }

    [Test]
    public void Constructor_NoVoiceAtAll_Throws() =>
        Assert.That(() => new VoiceCatalog(new TtsOptions(), TimeProvider.System, _logger, KnownVoiceFamilies.Create(new TtsOptions()), _directory.Path), Throws.TypeOf<StartupException>());

    [Test]
    public void Constructor_DefaultVoiceMissing_ThrowsAndListsThoseFound() =>
        Assert.That(
            () => new VoiceCatalog(new TtsOptions { DefaultVoice = "gone" }, TimeProvider.System, _logger, KnownVoiceFamilies.Create(new TtsOptions())),
            Throws.TypeOf<StartupException>().With.Message.Contains("gone").And.Message.Contains("fi_FI-aino-tiny"));

    [TestCase("fin", "fi")]
    [TestCase("ENG", "en")]
    [TestCase("swe", "sv")]
    [TestCase("deu", "de")]
    [TestCase("est", "et")]
    [TestCase("swh", "sw")]
    [TestCase("azj-script_latin", "az")]
    [TestCase("zh-Hans-CN", "zh")]
    [TestCase("sms", "sms")]
    [TestCase("nb-NO", "no")]
    [TestCase("nn", "no")]
    [TestCase("nob", "no")]
    [TestCase("iw", "he")]
    [TestCase("in-ID", "id")]
    [TestCase("tl", "fil")]
    [TestCase("tgl", "fil")]
    [TestCase("mo", "ro")]
    public void Primary_AnyTag_IsTheShortestCode(string tag, string expected) => Assert.That(LanguageCode.Primary(tag), Is.EqualTo(expected));

    [TestCase("en-GB", "GB")]
    [TestCase("en_gb", "GB")]
    [TestCase("zh-Hant-TW", "TW")]
    [TestCase("es-419", "419")]
    [TestCase("en", null)]
    [TestCase("en-US-x-gb", "US")]
    [TestCase("fi-u-nu-latn", null)]
    public void Region_OfATag_IsItsRegion(string tag, string? expected) => Assert.That(LanguageCode.Region(tag), Is.EqualTo(expected));

    [TestCase("en-GB", "en_GB-b")]
    [TestCase("en-US", "en_US-c", Description = "the default before the first by name")]
    [TestCase("en-AU", "en_US-c")]
    [TestCase("en", "en_US-c")]
    public void FindByLanguage_OfARegion_PrefersItsVoice(string language, string expected)
    {
        foreach (var name in (string[])["en_GB-b", "en_US-a", "en_US-c"])
        {
            Add(name, """{"a":0}""", config: """{"language":"en"}""");
        }

        var catalog = new VoiceCatalog(new TtsOptions { VoicesDirectory = _directory.Path, DefaultVoice = "en_US-c" }, TimeProvider.System, _logger, KnownVoiceFamilies.Create(new TtsOptions()));

        Assert.That(catalog.FindByLanguage(language)?.Name, Is.EqualTo(expected));
    }

    private static VitsVoiceFolder Folder(VoiceCatalog catalog, string name) => (VitsVoiceFolder)catalog.FindInstalled(name)!;

    private VoiceCatalog Open(string? voices) => new(new TtsOptions { VoicesDirectory = voices ?? "" }, TimeProvider.System, _logger, KnownVoiceFamilies.Create(new TtsOptions()));

    private void Add(string name, string? vocab, string? tokenizer = null, string? config = null, string modelFolder = "")
    {
        var folder = Path.Combine(_directory.Path, name);
        Directory.CreateDirectory(Path.Combine(folder, modelFolder));
        OnnxModelFile.Write(Path.Combine(folder, modelFolder, "model.onnx"), [("Sin", 1)]);
        foreach ((var file, var content) in new[] { ("vocab.json", vocab), ("tokenizer_config.json", tokenizer), ("config.json", config) })
        {
            if (content is not null)
            {
                File.WriteAllText(Path.Combine(folder, file), content);
            }
        }
    }
}
