using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Hub;

/// <summary>What the hub does not give, and what this service cannot use: a sentence that says why, and nothing large is asked for.</summary>
public sealed class HubRefusalTests
{
    private HubTestBed _bed = null!;

    [SetUp]
    public void SetUp() => _bed = new HubTestBed();

    [TearDown]
    public void TearDown() => _bed.Dispose();

    [TestCase("a/none", "a/none does not exist, is private or is gated")]
    [TestCase("a/private", "a/private does not exist, is private or is gated")]
    [TestCase("a/gated", "accept the conditions on https://huggingface.co/a/gated, and set HF_TOKEN")]
    [TestCase("facebook/mms-tts-fin@v9", "facebook/mms-tts-fin has no revision v9")]
    [TestCase("facebook/mms-tts-fin@3333333333333333333333333333333333333333", "has no revision 3333333")]
    public void Install_OfWhatTheHubDoesNotGive_SaysWhy(string text, string reason) => AssertRefused(_bed, text, reason);

    [TestCase("a/none", "has no repository a/none")]
    [TestCase("a/gated", "accept the conditions on https://huggingface.co/a/gated")]
    public void Install_WithARightToken_SaysWhy(string text, string reason)
    {
        using var bed = new HubTestBed(HubServer.Token);
        AssertRefused(bed, text, reason);
    }

    [Test]
    public async Task Install_OfAGatedRepositoryWhoseConditionsWereAccepted_Works()
    {
        using var bed = new HubTestBed(HubServer.Token);
        bed.Server.Repositories["a/gated"] = new HubServerRepository(bed.Repository.Files) { IsGated = true, IsAccepted = true, IsPrivate = true };

        Assert.That((await bed.InstallAsync("a/gated", "mms-tts-fin")).Problem, Is.Null);
    }

    [Test]
    public void Install_WithAWrongToken_SaysThatThePublicRepositoryMayBeThereAllTheSame()
    {
        using var bed = new HubTestBed("hf_wrong");
        AssertRefused(bed, HubTestBed.Mms, "the token is wrong or expired");
    }

    [Test]
    public void Install_OfAFileThatIsNotThere_SaysSo()
    {
        var package = _bed.Source.FindAsync(HubTestBed.Mms, null, default);
        Assert.That(
            async () =>
            {
                var found = await package;
                _bed.Repository.Files.Remove("model.safetensors");
                await _bed.Installer.InstallAsync(found, (_, _, _) => { }, default);
            },
            Throws.TypeOf<VoiceException>().With.Message.Contains("model.safetensors is not there"));
    }

    [TestCase("tokenizer_config.json", """{"is_uroman":true,"language":"kor"}""", "uroman")]
    [TestCase("tokenizer_config.json", """{"phonemize":true,"language":"eng"}""", "must be turned into phonemes")]
    [TestCase("vocab.json", "[]", "vocab.json is not a JSON object")]
    [TestCase("config.json", """{"model_type":"bert"}""", "config.json says that its network is a bert")]
    [TestCase("config.json", """{"model_type":"vits","hidden_size":-1}""", "hidden_size")]
    public void Install_OfAVoiceThatCannotBeSpoken_IsRefusedBeforeItsNetworkIsAskedFor(string file, string content, string reason)
    {
        _bed.Repository.Set(file, content);

        AssertRefused(_bed, HubTestBed.Mms, reason);
    }

    [TestCase("pinyin")]
    [TestCase("PhonemeType.HEBREW")]
    [TestCase("japanese")]
    [TestCase("thai")]
    public void Install_OfAPiperVoiceWithPhonemesOfAnotherKind_IsRefusedBeforeItsNetworkIsAskedFor(string type)
    {
        var repository = PiperRepository.Add(_bed.Server, "zh_CN-any-low");
        var config = repository.Files.Keys.Single(f => f.EndsWith(".onnx.json", StringComparison.Ordinal));
        repository.Set(config, PiperRepository.Configuration.Replace("\"text\"", $"\"{type}\"", StringComparison.Ordinal));

        AssertRefused(_bed, $"{PiperRepository.Name}:zh_CN-any-low", $"the type {type.Split('.')[^1].ToLowerInvariant()}; this service knows espeak and text");
    }

    [TestCase("README.md", "is in no layout that this service reads")]
    [TestCase("README.md pytorch_model.bin config.json", "only in pytorch_model.bin")]
    [TestCase("model.safetensors", "is in no layout")]
    [TestCase("a.onnx b.onnx", "is in no layout")]
    [TestCase("model.onnx tokens.txt lexicon.txt", "reads words by lexicon.txt")]
    [TestCase("my~voice.onnx my~voice.onnx.json", "my~voice.onnx has a name that is not taken here")]
    [TestCase("//evil.example/a.onnx //evil.example/a.onnx.json", "has a name that is not taken here")]
    [TestCase("../a.onnx ../a.onnx.json", "has a name that is not taken here")]
    [TestCase("a.onnx a.onnx.json b.onnx b.onnx.json", "holds several voices. Name one behind a colon: a, b.")]
    public void Install_OfARepositoryInNoKnownLayout_SaysWhatIsMissing(string files, string reason)
    {
        _bed.Server.Repositories["a/other"] = new HubServerRepository(files.Split(' ').ToDictionary(f => f, _ => "{}"u8.ToArray()));

        AssertRefused(_bed, "a/other", reason);
    }

    [Test]
    public void Install_OfACoquiVoiceWithPhonemes_NamesWhatMakesThem()
    {
        var files = new Dictionary<string, byte[]> { ["config.json"] = """{"model":"vits","use_phonemes":true,"phonemizer":"gruut"}"""u8.ToArray(), ["model.onnx"] = [1] };
        _bed.Server.Repositories["a/coqui"] = new HubServerRepository(files);

        AssertRefused(_bed, "a/coqui", "phonemes by its phonemizer gruut");
    }

    [TestCase("""["use_phonemes"]""")]
    [TestCase("""{"use_phonemes":false}""")]
    [TestCase("""{"use_phonemes":""")]
    public void Install_OfAConfigurationOfAnotherKind_IsInNoLayout(string config)
    {
        _bed.Server.Repositories["a/other"] = new HubServerRepository(new() { ["config.json"] = System.Text.Encoding.UTF8.GetBytes(config) });

        AssertRefused(_bed, "a/other", "is in no layout");
    }

    [TestCase("rhasspy/piper-voices", "Name one behind a colon, such as rhasspy/piper-voices:fi_FI-harri-medium")]
    [TestCase("rhasspy/piper-voices:fi_FI-none-low", "lists no voice fi_FI-none-low")]
    [TestCase("facebook/mms-tts-fin:aino", "has no voice aino")]
    [TestCase("a/b/c", "is no repository on the hub")]
    [TestCase("a/b@../../x", "is no repository on the hub")]
    [TestCase("no-such-voice", "The catalogue has no voice no-such-voice")]
    [TestCase("./no-such-folder", "There is no folder ./no-such-folder")]
    public void Install_OfWhatIsNotThere_SaysSo(string text, string reason)
    {
        PiperRepository.Add(_bed.Server, "fi_FI-harri-medium");

        AssertRefused(_bed, text, reason);
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("not JSON")]
    [TestCase("""{"sha":"main","siblings":[]}""")]
    [TestCase("""{"sha":"1111111111111111111111111111111111111111","siblings":[{"rfilename":7}]}""")]
    public void Revision_ThatIsNotTheHubs_IsRefused(string json) =>
        Assert.That(() => HubRevision.Parse("a/b", System.Text.Encoding.UTF8.GetBytes(json)), Throws.TypeOf<VoiceException>().With.Message.Contains("HF_ENDPOINT"));

    private static void AssertRefused(HubTestBed bed, string text, string reason)
    {
        bed.Server.Repositories.TryAdd("a/private", new HubServerRepository([]) { IsPrivate = true });
        bed.Server.Repositories.TryAdd("a/gated", new HubServerRepository(bed.Repository.Files) { IsGated = true });

        Assert.That(() => bed.InstallAsync(text), Throws.TypeOf<VoiceException>().With.Message.Contains(reason).And.Message.Not.Contains("\n"));
        Assert.That(bed.AskedForNetwork, Is.False, "nothing large is asked for");
        Assert.That(bed.Installer.Installed(), Is.Empty);
    }
}
