using System.Text;
using System.Text.Json.Nodes;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Configurations of Piper's voices as they are met: what is taken, and what is one line under problems.</summary>
[NonParallelizable]
public sealed class PiperFolderTests
{
    private const string Half = "\\ud83d", Mark = "HALF";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase("""{"phoneme_type":"PhonemeType.ESPEAK","language":null,"dataset":null}""", "en")]
    [TestCase("""{"phoneme_type":null}""", "en")]
    [TestCase("""{"phoneme_type":"PhonemeType.TEXT","language":{"code":"fi_FI"}}""", "fi")]
    [TestCase("""{"phoneme_type":"TEXT","language":{"code":"fi_FI"}}""", "fi")]
    [TestCase("""{"inference":null,"num_speakers":null,"num_symbols":null,"speaker_id_map":null,"phoneme_map":null,"vowel_clusters":null}""", "en")]
    [TestCase("""{"inference":{"noise_scale":0.3,"noise_w":null}}""", "en")]
    [TestCase("""{"espeak":null,"language":{"code":"sv_SE"}}""", "sv")]
    [TestCase("""{"espeak":{"voice":null},"language":{"code":"pt_BR"}}""", "pt")]
    [TestCase("""{"language":null,"espeak":{"voice":"gmw/en-US"}}""", "en")]
    [TestCase("""{"lang_code":"sv","espeak":null}""", "sv")]
    [TestCase("""{"num_speakers":0}""", "en")]
    [TestCase("""{"vowel_clusters":[["a","ɪ"],"oʊ"]}""", "en")]
    [TestCase("""{"vowel_clusters":{}}""", "en")]
    [TestCase("""{"default_speaker_id":0,"hop_length":256,"add_blank":true,"piper_version":null}""", "en")]
    public void Voices_OfEveryConfigurationThatIsMet_AreTaken(string changes, string language)
    {
        Espeak.Require();
        Install("a-voice", changes);

        var catalog = Catalog();

        Assert.That(catalog.Problems, Is.Empty);
        Assert.That(catalog.Find("a-voice")!.Language, Is.EqualTo(language));
    }

    [TestCase("""{"phoneme_type":"pinyin"}""", "the type pinyin")]
    [TestCase("""{"phoneme_type":"PhonemeType.HEBREW"}""", "the type hebrew")]
    [TestCase("""{"phoneme_type":"japanese"}""", "the type japanese")]
    [TestCase("""{"phoneme_type":"thai"}""", "the type thai")]
    [TestCase("""{"phoneme_type":"custom"}""", "the type custom")]
    [TestCase("""{"phoneme_type":"text","language":null}""", "language.code", Description = "espeak.voice is a placeholder there")]
    [TestCase("""{"phoneme_type":"text","phoneme_id_map":{}}""", "no id for ^")]
    [TestCase("""{"phoneme_type":"text","phoneme_id_map":{"^":[],"$":[2],"_":[0]}}""", "no id for ^")]
    [TestCase("""{"phoneme_type":"text","phoneme_id_map":{"a":[-1]}}""", "an id")]
    [TestCase("""{"phoneme_type":"text","phoneme_id_map":{"a":"x"}}""", "an id")]
    [TestCase("""{"phoneme_type":"text","audio":{"sample_rate":"fast"}}""", "sample_rate")]
    [TestCase("""{"phoneme_type":"text","num_speakers":1e300}""", "num_speakers")]
    [TestCase("""{"phoneme_type":"text","num_speakers":-1}""", "num_speakers")]
    [TestCase("""{"phoneme_type":"text","num_speakers":2,"speaker_id_map":{"a":2}}""", "num_speakers is 2")]
    [TestCase("""{"phoneme_type":"text","num_speakers":2,"speaker_id_map":{"a":0},"default_speaker_id":2}""", "default_speaker_id")]
    [TestCase("""{"phoneme_type":"text","inference":{"noise_w":1e400}}""", "noise_w")]
    [TestCase("""{"phoneme_type":"text","language":"fi"}""", "language")]
    [TestCase("""{"phoneme_type":"text","vowel_clusters":5}""", "vowel_clusters")]
    [TestCase("""{"phoneme_type":"\ud83d"}""", "surrogate")]
    [TestCase("""{"phoneme_type":"text","phoneme_id_map":{"\ud83d":[1]}}""", "surrogate")]
    [TestCase("""{"\ud83d":1}""", "surrogate")]
    [TestCase("""[]""", "not a JSON object")]
    public void Voices_ThatCannotBeSpoken_AreOneLineEach(string changes, string reason)
    {
        Install("voice", changes);

        var catalog = Catalog();

        Assert.That(catalog.Problems.Single(), Has.Property("Folder").EqualTo("voice").And.Property("Reason").Contains(reason).And.Property("Reason").Not.Contains("\n"));
        Assert.That(catalog.Voices.Select(v => v.Name), Is.EqualTo(new[] { SpeechTestBed.VoiceName, SpeechTestBed.MaleVoiceName }));
    }

    [TestCase("""{"phoneme_type":"text","language":null}""", "sv_SE-letters-low", "sv")]
    [TestCase("""{"phoneme_type":"text","language":null}""", "fi-letters", "fi")]
    public void Voices_OfLettersWithoutALanguage_HaveThatOfTheirName(string changes, string name, string language)
    {
        Install(name, changes);

        Assert.That(Catalog().Find(name)?.Language, Is.EqualTo(language));
    }

    [TestCase("""{"phoneme_id_map":{"_":0,"^":"1","$":[2],"a":["3",4]}}""", new long[] { 1, 0, 3, 4, 0, 2 })]
    public void Tokenize_IdsOfEveryShape_AreTaken(string changes, long[] ids)
    {
        Install("voice", changes, """{"phoneme_type":"text","language":{"code":"fi"}}""");

        Assert.That(((PiperVoiceFolder)Catalog().FindInstalled("voice")!).Tokenize("a").Ids, Is.EqualTo(ids));
    }

    [Test]
    public void Scales_OfEitherName_AreTheConfigurations()
    {
        Install("voice", """{"phoneme_type":"text","inference":{"noise_scale":0.1,"length_scale":1.2,"noise_scale_w":0.3},"audio":{"sample_rate":22500}}""");

        var voice = (PiperVoiceFolder)Catalog().FindInstalled("voice")!;

        Assert.That(voice.Scales, Is.EqualTo(new VoiceScales(0.1f, 1.2f, 0.3f)));
        Assert.That(voice.Voice.SampleRate, Is.EqualTo(22050), "22500 is a known slip");
    }

    [Test]
    public void Normalizer_OfAVoiceOfLetters_WritesNumbersOut()
    {
        Install("voice", """{"phoneme_type":"text"}""");

        Assert.That(Catalog().FindInstalled("voice")!.ReadsDigits, Is.False);
    }

    // A name that is a number is never an id; a speaker has one name.
    [TestCase("""{"03":0,"06":1,"10":2,"01":3}""", 4, "03,06,10,01", "03=03,10=10,3=,0=,2=,-1=")]
    [TestCase("""{"1":0,"2":1}""", 3, "1,2", "1=1,2=2,0=,3=")]
    [TestCase("""{"11":3}""", 12, "11", "11=11,3=,0=")]
    [TestCase("""{"aino":0,"eino":1}""", 3, "aino,eino,2", "aino=aino,0=aino,00=aino,1=eino,2=2,3=,-1=,maija=")]
    [TestCase("""{}""", 2, "0,1", "0=0,1=1,2=,+1=")]
    [TestCase("""{"a":0,"b":0}""", 2, "a,1", "a=a,b=a,0=a,1=1")]
    public void Speakers_AskedForByNameOrNumber_HaveOneNameEach(string map, int count, string names, string asked)
    {
        Install("voice", $$"""{"phoneme_type":"text","num_speakers":{{count}},"speaker_id_map":{{map}}}""", withSpeaker: true);
        var catalog = Catalog();

        Assert.That(catalog.Problems, Is.Empty);
        Assert.That(string.Join(',', catalog.Find("voice")!.Speakers), Is.EqualTo(names));
        Assert.Multiple(() =>
        {
            foreach (var (ask, name) in asked.Split(',').Select(a => a.Split('=')).Select(a => (a[0], a[1])))
            {
                Assert.That(catalog.Find($"voice#{ask}")?.Name, Is.EqualTo(name.Length > 0 ? $"voice#{name}" : null), ask);
            }
        });
        Assert.That(catalog.ExplainMissing("voice#nobody"), Does.Contain("no such speaker").And.Contain(names.Replace(",", ", ", StringComparison.Ordinal)));
    }

    [Test]
    public void Speaker_ThatIsTheDefault_SpeaksUnlessOneIsNamed()
    {
        Install("voice", """{"phoneme_type":"text","num_speakers":3,"speaker_id_map":{"a":0,"b":1,"c":2},"default_speaker_id":1}""", withSpeaker: true);
        var catalog = Catalog();

        Assert.That((catalog.FindInstalled("voice")!.SpeakerId, catalog.FindInstalled("voice#c")!.SpeakerId), Is.EqualTo(((long?)1, (long?)2)));
    }

    [Test]
    public void Find_ANameOutsideAscii_TakesBothForms()
    {
        const string Composed = "pt_PT-tugão-medium";
        var decomposed = Composed.Normalize(NormalizationForm.FormD);
        Install(decomposed, """{"phoneme_type":"text"}""");
        var catalog = new VoiceCatalog(
            new TtsOptions { VoicesDirectory = _directory.Path, DefaultVoice = Composed }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));

        Assert.That(
            new[] { catalog.Find(Composed)?.Name, catalog.Find(decomposed)?.Name, catalog.DefaultVoice.Name, catalog.Find("\uD800")?.Name },
            Is.EqualTo(new[] { Composed, Composed, Composed, null }));
    }

    [Test]
    public void Remove_ANameOutsideAscii_TakesBothForms()
    {
        const string Composed = "pt_PT-tugão-medium";
        Install(Composed.Normalize(NormalizationForm.FormD), """{"phoneme_type":"text"}""");
        using var http = HubConnection.CreateClient();
        var installer = new VoiceInstaller(_directory.Path, new HubConnection(http, TimeProvider.System, new HubSettings(HubSettings.Public, null, "")), KnownVoiceFamilies.Create(new TtsOptions()));

        Assert.That(installer.Installed(), Is.EqualTo(new[] { Composed }));
        Assert.That(new[] { "..", "", ".", "pt_PT-tuga", Composed, Composed }.Select(installer.Remove), Is.EqualTo(new[] { false, false, false, false, true, false }));
        Assert.That(Directory.EnumerateDirectories(_directory.Path), Is.Empty);
    }

    private VoiceCatalog Catalog() => new(new TtsOptions { VoicesDirectory = _directory.Path }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));

    private void Install(string name, string changes, string? first = null, bool withSpeaker = false)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, name)).FullName;
        var model = Path.Combine(folder, "voice.onnx");
        OnnxModelFile.WritePiper(model, withSpeaker);
        var config = JsonNode.Parse(File.ReadAllText(Repository.File("tests/Fixtures/piper/en_US-joe-medium.onnx.json")))!.AsObject();
        foreach (var change in new[] { first, changes }.OfType<string>().Where(c => c.StartsWith('{')).SelectMany(c => JsonNode.Parse(c.Replace(Half, Mark, StringComparison.Ordinal))!.AsObject().ToList()))
        {
            config[change.Key] = change.Value?.DeepClone();
        }

        // No writer of JSON writes half of a surrogate pair.
        var text = changes.StartsWith('{') ? config.ToJsonString().Replace(Mark, Half, StringComparison.Ordinal) : changes;
        File.WriteAllText(model + ".json", text);
    }
}
