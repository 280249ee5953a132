using System.Security.Cryptography;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Voices from a server on this machine that cuts off, spoils, slows and changes what it sends.</summary>
public class VoiceInstallerTests
{
    private TemporaryDirectory _directory = null!;
    private FileServer _server = null!;
    private HttpClient _http = null!;
    private VoiceInstaller _installer = null!;
    private HastyClock _clock = null!;
    private byte[] _model = null!;

    [SetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _server = new FileServer();
        _http = HubConnection.CreateClient();
        _clock = new HastyClock();
        _installer = new VoiceInstaller(_directory.Path, Connection(null), KnownVoiceFamilies.Create(new TtsOptions()));
        var model = Path.Combine(_directory.Path, "made.onnx");
        OnnxModelFile.Write(model, [("Sin", 1)], padding: 300_000);
        _model = File.ReadAllBytes(model);
        File.Delete(model);
        _server.Files["/v/onnx/model.onnx"] = _model;
        _server.Files["/v/vocab.json"] = "{\"a\":1}"u8.ToArray();
    }

    [TearDown]
    public void TearDown()
    {
        _server.Dispose();
        _http.Dispose();
        _directory.Dispose();
    }

    [Test]
    public async Task Install_OfAVoice_PutsItInPlaceWholeAndTellsItsProgress()
    {
        var seen = new List<(string File, long Bytes, long? Total)>();

        var (pinned, problem) = await _installer.InstallAsync(Voice(), (file, bytes, total) => seen.Add((file, bytes, total)), default);

        Assert.Multiple(() =>
        {
            Assert.That(problem, Is.Null);
            Assert.That(pinned, Is.Empty);
            Assert.That(_installer.Installed(), Is.EqualTo(new[] { "sv-test" }));
            Assert.That(File.ReadAllBytes(Installed("onnx/model.onnx")), Is.EqualTo(_model));
            Assert.That(Directory.EnumerateFileSystemEntries(_directory.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "sv-test" }));
            Assert.That(seen.Where(s => s.File == "onnx/model.onnx").Select(s => s.Bytes), Is.Ordered.And.Unique);
            Assert.That(seen.Last(s => s.File == "onnx/model.onnx"), Is.EqualTo(("onnx/model.onnx", (long)_model.Length, (long?)_model.Length)));
            Assert.That(_installer.Verify("sv-test", Voice()), Is.EqualTo((Array.Empty<string>(), 2)).Using<(IReadOnlyList<string>, int), (string[], int)>((a, b) => a.Item1.SequenceEqual(b.Item1) && a.Item2 == b.Item2));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Install_FromAServerThatCutsOff_GoesOnWhereItStopped(bool ranges)
    {
        _server.CutAfter = 70_000;
        _server.Ranges = ranges;
        _server.CutTimes = ranges ? 100 : 3;

        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);

        Assert.That(File.ReadAllBytes(Installed("onnx/model.onnx")), Is.EqualTo(_model));
        Assert.That(_server.Requests.Count(r => r.Range is not null), Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task Install_AfterOneThatWasInterrupted_GoesOnWhereItStopped()
    {
        using var interrupted = new CancellationTokenSource();
        Assert.That(
            async () => await _installer.InstallAsync(
                Voice(),
                (_, bytes, _) =>
                {
                    if (bytes > 100_000)
                    {
                        interrupted.Cancel();
                    }
                },
                interrupted.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_installer.Installed(), Is.Empty, "half a voice is none");

        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);

        Assert.That(_server.Requests.Last(r => r.Path.EndsWith("model.onnx", StringComparison.Ordinal)).Range, Is.GreaterThan(100_000));
        Assert.That(File.ReadAllBytes(Installed("onnx/model.onnx")), Is.EqualTo(_model));
    }

    [Test]
    public async Task Install_OfAFileThatChangedMeanwhile_BeginsAnew()
    {
        _server.CutAfter = 70_000;
        _server.CutTimes = 1;
        var other = _model.Reverse().ToArray();
        _server.Changed = () => _server.Files["/v/onnx/model.onnx"] = other;

        await _installer.InstallAsync(Voice() with { Files = [new("onnx/model.onnx", null, null), new("vocab.json", null, null)] }, (_, _, _) => { }, default);

        Assert.That(File.ReadAllBytes(Installed("onnx/model.onnx")), Is.EqualTo(other), "no mixture of both");
    }

    [Test]
    public async Task Install_OfWhatWasSpoiltOnce_FetchesItAgain()
    {
        _server.SpoilTimes = 1;

        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);

        Assert.That(File.ReadAllBytes(Installed("onnx/model.onnx")), Is.EqualTo(_model));
    }

    [Test]
    public void Install_OfWhatIsAlwaysSpoilt_FailsAndKeepsWhatWasThere()
    {
        _server.SpoilTimes = 100;

        Assert.That(Install, Throws.TypeOf<VoiceException>().With.Message.Contains("does not have the checksum").And.Message.Contains("mirror"));
        Assert.That(_installer.Installed(), Is.Empty);
    }

    [Test]
    public async Task Install_WithoutAPublishedChecksum_PinsWhatCameFirst()
    {
        var unknown = Voice() with { Files = [new("onnx/model.onnx", 5, null), new("vocab.json", null, null)] };
        var (pinned, _) = await _installer.InstallAsync(unknown, (_, _, _) => { }, default);
        Assert.That(pinned, Is.EqualTo(new[] { "onnx/model.onnx", "vocab.json" }));
        Assert.That(_installer.Verify("sv-test", unknown).Checked, Is.EqualTo(2));

        Assert.That(_installer.Remove("sv-test"), Is.True);
        _server.Files["/v/onnx/model.onnx"] = _model.Reverse().ToArray();
        Assert.That(
            async () => await _installer.InstallAsync(unknown, (_, _, _) => { }, default),
            Throws.TypeOf<VoiceException>().With.Message.Contains("first installed").And.Message.Contains(VoiceInstaller.PinsFile));

        _server.Files["/v/onnx/model.onnx"] = _model;
        Assert.That((await _installer.InstallAsync(unknown, (_, _, _) => { }, default)).Pinned, Is.Empty, "pinned already");
    }

    [Test]
    public async Task Install_WithAnMd5Alone_HoldsTheFileAgainstItAndPinsItsSha256()
    {
        var md5 = Convert.ToHexStringLower(MD5.HashData(_model));
        var weak = Voice() with { Files = [new("onnx/model.onnx", null, null, md5), new("vocab.json", null, null)] };
        Assert.That((await _installer.InstallAsync(weak, (_, _, _) => { }, default)).Pinned, Does.Contain("onnx/model.onnx"));

        _installer.Remove("sv-test");
        File.Delete(Path.Combine(_directory.Path, VoiceInstaller.PinsFile));
        _server.SpoilTimes = 100;
        Assert.That(async () => await _installer.InstallAsync(weak, (_, _, _) => { }, default), Throws.TypeOf<VoiceException>().With.Message.Contains("does not have the checksum"));
    }

    [TestCase(404, "is not there")]
    [TestCase(403, "answers 403")]
    public void Install_OfWhatTheServerDoesNotGive_SaysSo(int status, string reason)
    {
        _server.Status = status;

        Assert.That(Install, Throws.TypeOf<VoiceException>().With.Message.Contains(reason));
    }

    [Test]
    public void Install_FromAServerThatStaysBusy_IsGivenUp()
    {
        _server.Status = 503;

        Assert.That(Install, Throws.TypeOf<VoiceException>().With.Message.Contains("answers 503"));
        Assert.That(_server.Requests, Has.Count.EqualTo(5));
        Assert.That(_clock.Waited, Is.EqualTo(new[] { 1.0, 2, 4, 8 }), "seconds between the tries");
    }

    [Test]
    public void Install_OfMoreThanWasStated_IsRefused()
    {
        _server.Files["/v/onnx/model.onnx"] = [.. _model, 1];

        Assert.That(Install, Throws.TypeOf<VoiceException>().With.Message.Contains($"{_model.Length} were expected"));
    }

    [Test]
    public async Task Install_FromAServerThatTrickles_WaitsAsLongAsBytesCome()
    {
        _server.Trickle = 20_000;

        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);

        Assert.That(File.ReadAllBytes(Installed("onnx/model.onnx")), Is.EqualTo(_model));
    }

    [Test]
    public async Task Install_WithAMirror_AsksTheMirrorAlone()
    {
        foreach (var (path, content) in _server.Files.ToList())
        {
            _server.Files["/mirror" + path] = content;
        }

        var installer = new VoiceInstaller(_directory.Path, Connection(new Uri(_server.Address, "/mirror")), KnownVoiceFamilies.Create(new TtsOptions()));

        await installer.InstallAsync(Voice() with { Base = new Uri("http://upstream.invalid/v/") }, (_, _, _) => { }, default);

        Assert.That(_server.Requests.Select(r => r.Path), Is.All.StartsWith("/mirror/v/"));
    }

    [Test]
    public async Task Install_OfAVoiceThatIsThere_ReplacesIt()
    {
        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);
        File.WriteAllText(Installed("vocab.json"), "{\"b\":2}");
        Assert.That(_installer.Verify("sv-test", Voice()).Problems.Single(), Does.Contain("vocab.json is not the file"));

        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);

        Assert.That(_installer.Verify("sv-test", Voice()).Problems, Is.Empty);
        Assert.That(Directory.EnumerateDirectories(_directory.Path).Select(Path.GetFileName), Is.EqualTo(new[] { "sv-test" }));
    }

    [Test]
    public async Task Install_OfAVoiceThatTheServiceCannotUse_SaysWhy()
    {
        _server.Files["/v/onnx/model.onnx"] = "no model"u8.ToArray();

        var (_, problem) = await _installer.InstallAsync(Voice() with { Files = [new("onnx/model.onnx", null, null), new("vocab.json", null, null)] }, (_, _, _) => { }, default);

        Assert.That(problem, Does.Contain("model.onnx"));
    }

    [Test]
    public void Install_OfAVoiceWhoseSmallFilesTellThatItCannotBeUsed_IsRefusedBeforeItsNetworkIsAskedFor()
    {
        _server.Files["/v/vocab.json"] = "[]"u8.ToArray();

        Assert.That(
            async () => await _installer.InstallAsync(Voice() with { Files = [new("onnx/model.onnx", null, null), new("vocab.json", null, null)] }, (_, _, _) => { }, default),
            Throws.TypeOf<VoiceException>().With.Message.Contains("vocab.json"));
        Assert.That(_server.Requests.Select(r => r.Path), Has.None.EndsWith(".onnx"));
        Assert.That(_installer.Installed(), Is.Empty);
    }

    [Test]
    public async Task Verify_OfAMissingFile_NamesIt()
    {
        await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);
        File.Delete(Installed("onnx/model.onnx"));

        Assert.That(_installer.Verify("sv-test", Voice()).Problems, Has.Some.Contains("onnx/model.onnx is missing"));
        Assert.That(_installer.Verify("nothing", null).Problems.Single(), Does.Contain("not installed"));
    }

    [TestCase("nothing")]
    [TestCase("..")]
    [TestCase("../elsewhere")]
    [TestCase(".sv-test.partial")]
    public void Remove_OfWhatIsNoVoice_RemovesNothing(string id)
    {
        File.WriteAllText(Path.Combine(_directory.Path, "kept"), "");

        Assert.That(_installer.Remove(id), Is.False);
        Assert.That(Directory.EnumerateFiles(_directory.Path), Has.Exactly(1).Items);
    }

    private HubConnection Connection(Uri? mirror) => new(_http, _clock, new HubSettings(HubSettings.Public, "hf_secret", _directory.Path), mirror);

    private VoicePackage Voice() => new(
        "sv-test", Licence.From("CC0-1.0"), "here", new Uri(_server.Address, "/v/"),
        [new("onnx/model.onnx", _model.Length, Convert.ToHexStringLower(SHA256.HashData(_model))), new("vocab.json", 7, Convert.ToHexStringLower(SHA256.HashData("{\"a\":1}"u8)))]);

    private async Task Install() => await _installer.InstallAsync(Voice(), (_, _, _) => { }, default);

    private string Installed(string file) => Path.Combine(_directory.Path, "sv-test", file);
}
