using System.Text;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Hub;

/// <summary>Voices from a hub on this machine: which files come, from where, and how they are checked.</summary>
public sealed class HubInstallTests
{
    private const string Other = "2222222222222222222222222222222222222222";

    private static readonly string[] Needed = ["README.md", "config.json", "model.safetensors", "special_tokens_map.json", "tokenizer_config.json", "vocab.json"];

    private HubTestBed _bed = null!;

    [SetUp]
    public void SetUp() => _bed = new HubTestBed();

    [TearDown]
    public void TearDown() => _bed.Dispose();

    [TestCase(HubTestBed.Mms)]
    [TestCase("mms-tts-fin")]
    public async Task Install_OfAnMmsVoice_FetchesTheFilesThatAreNeededAndChecksThem(string text)
    {
        var (pinned, problem) = await _bed.InstallAsync(text);

        Assert.Multiple(() =>
        {
            Assert.That(problem, Is.Null);
            Assert.That(pinned, Is.Empty, "the hub publishes checksums of all files");
            Assert.That(_bed.FilesOf("mms-tts-fin"), Is.EqualTo(Needed));
            Assert.That(File.ReadAllBytes(_bed.Installed("mms-tts-fin/model.safetensors")), Is.EqualTo(_bed.Repository.Files["model.safetensors"]));
            Assert.That(_bed.Read("mms-tts-fin").Voice.Language, Is.EqualTo("fi"));
            Assert.That(_bed.Installer.Verify("mms-tts-fin", null).Checked, Is.EqualTo(Needed.Length));
            Assert.That(Directory.EnumerateFileSystemEntries(_bed.Voices).Select(Path.GetFileName), Is.EquivalentTo(new[] { "mms-tts-fin", VoiceInstaller.PinsFile }));
            Assert.That(File.ReadAllText(_bed.Installed(VoiceInstaller.PinsFile)), Does.Contain(_bed.Repository.Main).And.Contain(HubTestBed.Mms));
        });
    }

    [Test]
    public async Task Install_OfSeveralShards_FetchesEach()
    {
        _bed.Server.Add("a/sharded", HubTestBed.Fixture("mms/models/tiny-sharded"));

        Assert.That((await _bed.InstallAsync("a/sharded", "fi-sharded")).Problem, Is.Null);
        Assert.That(_bed.FilesOf("fi-sharded").Count(f => f.EndsWith(".safetensors", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [TestCase("layouts/optimum-vits-tiny", "model.onnx")]
    [TestCase("layouts/transformersjs-vits-tiny", "onnx/model.onnx")]
    [TestCase("layouts/sherpa-mms-tiny", "model.onnx")]
    [TestCase("layouts/sherpa-characters", "model.onnx")]
    public async Task Install_OfAnExport_FetchesItsNetworkAndNoOther(string fixture, string model)
    {
        _bed.Server.Add("b/mms-tts-fin-export", HubTestBed.Fixture(fixture));

        Assert.That((await _bed.InstallAsync("b/mms-tts-fin-export")).Problem, Is.Null);
        Assert.That(_bed.FilesOf("mms-tts-fin-export").Where(f => f.EndsWith(".onnx", StringComparison.Ordinal)), Is.EqualTo(new[] { model }));
    }

    [Test]
    public async Task Install_OfAnExportWithItsWholeTokenizerAlone_Works()
    {
        var repository = _bed.Server.Add("b/mms-tts-fin-export", HubTestBed.Fixture("layouts/transformersjs-vits-tiny"));
        foreach (var file in (string[])["vocab.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"])
        {
            repository.Files.Remove(file);
        }

        Assert.That((await _bed.InstallAsync("b/mms-tts-fin-export")).Problem, Is.Null);
    }

    [TestCase("main", "1")]
    [TestCase(Other, "2")]
    public async Task Install_AtARevision_FetchesThatCommit(string revision, string expected)
    {
        _bed.Repository.Commit(Other, ("README.md", "2"u8.ToArray()));
        _bed.Repository.Main = "1111111111111111111111111111111111111111";
        _bed.Repository.Set("README.md", "1");

        await _bed.InstallAsync($"{HubTestBed.Mms}@{revision}");

        Assert.That(File.ReadAllText(_bed.Installed("mms-tts-fin/README.md")), Is.EqualTo(expected));
    }

    [Test]
    public async Task Install_AtAnotherCommit_SaysSo()
    {
        await _bed.InstallAsync(HubTestBed.Mms);
        var before = _bed.Installer.ChangeOf(await _bed.Source.FindAsync(HubTestBed.Mms, null, default));
        _bed.Repository.Commit(Other, ("README.md", "new"u8.ToArray()));

        var package = await _bed.Source.FindAsync(HubTestBed.Mms, null, default);

        Assert.That(before, Is.Null);
        Assert.That(_bed.Installer.ChangeOf(package), Does.Contain("last installed from facebook/mms-tts-fin at 1111111").And.Contain(Other));
        await _bed.InstallAsync(HubTestBed.Mms);
        Assert.That(File.ReadAllText(_bed.Installed("mms-tts-fin/README.md")), Is.EqualTo("new"));
        Assert.That(_bed.Installer.Verify("mms-tts-fin", null).Problems, Is.Empty);
    }

    [Test]
    public async Task Install_WithAToken_SendsItToTheHubAlone()
    {
        using var bed = new HubTestBed(HubServer.Token);
        bed.Server.Renamed["old/name"] = HubTestBed.Mms;

        await bed.InstallAsync("old/name");

        Assert.That(bed.Server.Requests.Where(r => r.Host == "hub").Select(r => r.Authorization), Is.All.EqualTo($"Bearer {HubServer.Token}"), "redirects within the hub included");
        Assert.That(bed.Server.Requests.Where(r => r.Host == "content").Select(r => r.Authorization), Is.Not.Empty.And.All.Null);
    }

    [Test]
    public async Task Read_ThroughAMirror_SendsItNoToken()
    {
        using var http = HubConnection.CreateClient();
        var connection = new HubConnection(http, _bed.Clock, new HubSettings(HubSettings.Public, HubServer.Token, ""), _bed.Server.Endpoint);

        await new HubClient(connection).ReadRevisionAsync(HubTestBed.Mms, "main", default);

        Assert.That(_bed.Server.Requests.Select(r => r.Authorization), Is.Not.Empty.And.All.Null);
    }

    [TestCase(null, "https://hub.example/hf/rhasspy/piper-voices/resolve/x")]
    [TestCase("https://mirror.example/a", "https://mirror.example/a/rhasspy/piper-voices/resolve/x")]
    public void Locate_OfAnAddressOnTheHub_IsAtTheEndpointOrTheMirror(string? mirror, string expected)
    {
        using var http = HubConnection.CreateClient();
        var connection = new HubConnection(http, _bed.Clock, new HubSettings(new Uri("https://hub.example/hf/"), null, ""), mirror is null ? null : new Uri(mirror));

        Assert.That(connection.Locate(new Uri("https://huggingface.co/rhasspy/piper-voices/resolve/x")).AbsoluteUri, Is.EqualTo(expected));
        Assert.That(connection.Locate(new Uri("https://elsewhere.example/x")).AbsoluteUri, Is.EqualTo(mirror is null ? "https://elsewhere.example/x" : $"{mirror}/x"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Install_ThatIsCut_GoesOnWhereItStopped(bool tags)
    {
        (_bed.Server.CutAfter, _bed.Server.CutTimes, _bed.Server.Tags) = (300_000, 2, tags);

        Assert.That((await _bed.InstallAsync(HubTestBed.Mms)).Problem, Is.Null);

        var asked = _bed.Server.Requests.Where(r => r.Host == "content").ToList();
        Assert.That(asked.Select(r => r.Range is > 0), Is.EqualTo(new[] { false, true, true }));
        Assert.That(asked.Skip(1).Select(r => r.IfRange is not null), Is.All.EqualTo(tags));
        Assert.That(File.ReadAllBytes(_bed.Installed("mms-tts-fin/model.safetensors")), Is.EqualTo(_bed.Repository.Files["model.safetensors"]));
    }

    [Test]
    public async Task Install_OfAPartThatIsLongerThanTheFile_BeginsAgain()
    {
        var part = Path.Combine(_bed.Voices, ".mms-tts-fin.partial", "mms-tts-fin", "model.safetensors.part");
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        await File.WriteAllBytesAsync(part, new byte[_bed.Repository.Files["model.safetensors"].Length]);

        Assert.That((await _bed.InstallAsync(HubTestBed.Mms)).Problem, Is.Null);
    }

    [Test]
    public async Task Install_ThatStalls_IsAskedForAgain()
    {
        _bed.Server.StallTimes = 1;
        var install = _bed.InstallAsync(HubTestBed.Mms);
        await Eventually.HoldsAsync(() => _bed.Server.CountOf("content") == 1, "the network was asked for");

        // Once alone: a limit that runs out before the next request arrives counts as another try.
        await Eventually.HoldsAsync(_bed.Clock.Stall, "a read waited");
        await Eventually.HoldsAsync(() => _bed.Server.CountOf("content") > 1, "it was asked for again");

        Assert.That((await install).Problem, Is.Null);
    }

    [Test]
    public async Task Install_FromAHubThatIsSlowAndBusy_WaitsForIt()
    {
        (_bed.Server.Trickle, _bed.Server.BusyTimes) = (50_000, 2);

        Assert.That((await _bed.InstallAsync(HubTestBed.Mms)).Problem, Is.Null);
        Assert.That(_bed.Clock.Waited, Is.EqualTo(new[] { 1.0, 2 }));
    }

    [Test]
    public void Install_OfWhatChangedWhileItCame_IsRefused()
    {
        (_bed.Server.CutAfter, _bed.Server.CutTimes) = (300_000, 1);
        _bed.Server.Changed = content => [.. content.Reverse()];

        Assert.That(() => _bed.InstallAsync(HubTestBed.Mms), Throws.TypeOf<VoiceException>().With.Message.Contains("does not have the checksum that the hub states"));
        Assert.That(_bed.Installer.Installed(), Is.Empty);
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public async Task Install_OfASpoiltFile_IsTriedTwice(int times, bool works)
    {
        _bed.Server.SpoilTimes = times;

        if (works)
        {
            Assert.That((await _bed.InstallAsync(HubTestBed.Mms)).Problem, Is.Null);
        }
        else
        {
            Assert.That(() => _bed.InstallAsync(HubTestBed.Mms), Throws.TypeOf<VoiceException>().With.Message.Contains("checksum"));
        }
    }

    [Test]
    public void Install_WhereTheHubStatesAnotherChecksumOnTheWay_IsRefusedBeforeTheFileComes()
    {
        _bed.Repository.StatedSha256["model.safetensors"] = new string('a', 64);

        Assert.That(() => _bed.InstallAsync(HubTestBed.Mms), Throws.TypeOf<VoiceException>().With.Message.Contains("another checksum"));
    }

    [Test]
    public async Task Install_OfASmallFileThatIsNotTheOneTheHubLists_IsRefused()
    {
        var package = await _bed.Source.FindAsync(HubTestBed.Mms, null, default);
        _bed.Repository.Files["vocab.json"] = [.. _bed.Repository.Files["vocab.json"].Reverse()];

        Assert.That(async () => await _bed.Installer.InstallAsync(package, (_, _, _) => { }, default), Throws.TypeOf<VoiceException>().With.Message.Contains("vocab.json does not have the checksum"));
        Assert.That(_bed.AskedForNetwork, Is.False);
    }

    [TestCase("pt_PT-tugão-medium", NormalizationForm.FormC)]
    [TestCase("pt_PT-tugão-medium", NormalizationForm.FormD)]
    [TestCase("fi_FI-harri-medium", NormalizationForm.FormC)]
    public async Task Install_OfOneOfPipersVoices_FetchesThatOneAlone(string voice, NormalizationForm form)
    {
        PiperRepository.Add(_bed.Server, voice, "en_US-other-low");

        var (_, problem) = await _bed.InstallAsync($"{PiperRepository.Name}:{voice.Normalize(form)}");

        Assert.That(problem, Is.Null);
        Assert.That(_bed.Installer.Installed(), Is.EqualTo(new[] { voice }));
        Assert.That(_bed.FilesOf(voice), Is.EquivalentTo(new[] { "MODEL_CARD", $"{voice}.onnx", $"{voice}.onnx.json" }));
        Assert.That(_bed.Server.Requests.Select(r => r.Path), Has.None.Contains("en_US-other-low"));
    }

    [Test]
    public async Task Install_OfOneOfPipersVoices_HasTheLicenceOfItsCard()
    {
        PiperRepository.Add(_bed.Server, "xx_XX-any-low");

        var package = await _bed.Source.FindAsync($"{PiperRepository.Name}:xx_XX-any-low", null, default);

        Assert.That(package.Licence.IsKnown, Is.False, "the repository's licence is that of its own pages");
        Assert.That((await _bed.Installer.PrepareAsync(package, (_, _, _) => { }, default)).Name, Is.EqualTo("cc-by-nc-sa-4.0"));
        Assert.That(_bed.AskedForNetwork, Is.False);
    }

    [Test]
    public async Task Install_OfAPiperVoiceAtTheRoot_NeedsNoName()
    {
        var repository = PiperRepository.Add(_bed.Server, "fi_FI-mine-low");
        var files = repository.Files.Where(f => f.Key.Contains("fi_FI-mine-low", StringComparison.Ordinal)).ToDictionary(f => Path.GetFileName(f.Key), f => f.Value);
        _bed.Server.Repositories["me/fi_FI-mine"] = new HubServerRepository(files) { Licence = "mit" };

        Assert.That((await _bed.InstallAsync("me/fi_FI-mine")).Problem, Is.Null);
        Assert.That((await _bed.Source.FindAsync("me/fi_FI-mine", null, default)).Licence.IsFree, Is.True);
        Assert.That(_bed.Installer.Installed(), Is.EqualTo(new[] { "fi_FI-mine" }));
    }

    [Test]
    public async Task Install_WithAName_GivesItToTheVoice()
    {
        await _bed.InstallAsync(HubTestBed.Mms, "fi-mine");

        Assert.That(_bed.Installer.Installed(), Is.EqualTo(new[] { "fi-mine" }));
        Assert.That(() => _bed.InstallAsync(HubTestBed.Mms, "../out"), Throws.TypeOf<VoiceException>().With.Message.Contains("--name"));
    }

    [Test]
    public async Task Verify_OfAVoiceFromTheHub_ComparesEveryFileWithItsInstall()
    {
        await _bed.InstallAsync(HubTestBed.Mms);
        await File.AppendAllTextAsync(_bed.Installed("mms-tts-fin/vocab.json"), " ");
        File.Delete(_bed.Installed("mms-tts-fin/README.md"));

        Assert.That(_bed.Installer.Verify("mms-tts-fin", null).Problems, Is.EquivalentTo(new[]
        {
            "mms-tts-fin: vocab.json is not the file that was published or first installed. Install the voice again.",
            "mms-tts-fin: README.md is missing. Install the voice again.",
        }));
    }
}
