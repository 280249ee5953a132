using System.Security.Cryptography;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Hub;

/// <summary>Voices that are on this machine already, in the hub's own cache or in a folder.</summary>
[Platform(Exclude = "Win", Reason = "Links need a privilege there.")]
public sealed class HubCacheTests
{
    private HubTestBed _bed = null!;

    private string Snapshot => Path.Combine(_bed.Cache, "models--facebook--mms-tts-fin", "snapshots", _bed.Repository.Main);

    [SetUp]
    public void SetUp() => _bed = new HubTestBed();

    [TearDown]
    public void TearDown() => _bed.Dispose();

    [Test]
    public async Task Install_OfWhatIsInTheCache_CopiesItAndFollowsItsLinks()
    {
        FillCache();

        Assert.That((await _bed.InstallAsync(HubTestBed.Mms)).Problem, Is.Null);
        Assert.That(_bed.Server.Requests.Select(r => r.Path), Has.All.StartsWith("/api/models/"), "the hub is asked for the checksums alone");
        Assert.That(_bed.FilesOf("mms-tts-fin").Select(f => new FileInfo(_bed.Installed($"mms-tts-fin/{f}")).LinkTarget), Is.All.Null);
    }

    [Test]
    public async Task Install_OfWhatIsSpoiltInTheCache_DownloadsIt()
    {
        FillCache();
        await File.WriteAllTextAsync(Blob("model.safetensors"), "spoilt");
        File.Delete(Path.Combine(Snapshot, "vocab.json"));

        Assert.That((await _bed.InstallAsync(HubTestBed.Mms)).Problem, Is.Null);
        Assert.That(_bed.Server.CountOf("content"), Is.EqualTo(1));
        Assert.That(File.ReadAllBytes(_bed.Installed("mms-tts-fin/model.safetensors")), Is.EqualTo(_bed.Repository.Files["model.safetensors"]));
    }

    [TestCase("vocab.json", false)]
    [TestCase("vocab.json", true)]
    [TestCase("model.safetensors", true)]
    public void Install_OfALinkOutOfTheCache_IsRefused(string file, bool isByPath)
    {
        FillCache();
        var outside = Path.Combine(_bed.Elsewhere, "outside");
        File.WriteAllBytes(outside, _bed.Repository.Files[file]);
        File.Delete(Path.Combine(Snapshot, file));
        File.CreateSymbolicLink(Path.Combine(Snapshot, file), outside);

        Assert.That(() => _bed.InstallAsync(isByPath ? Snapshot : HubTestBed.Mms), Throws.TypeOf<VoiceException>().With.Message.Contains("is a link out of the hub's cache"));
        Assert.That(_bed.Installer.Installed(), Is.Empty);
    }

    [Test]
    public void Install_OfAFolderLinkedOutOfTheCache_IsRefused()
    {
        FillCache();
        Directory.Move(Path.Combine(_bed.Cache, "models--facebook--mms-tts-fin", "blobs"), Path.Combine(_bed.Elsewhere, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(_bed.Cache, "models--facebook--mms-tts-fin", "blobs"), Path.Combine(_bed.Elsewhere, "outside"));

        Assert.That(() => _bed.InstallAsync(HubTestBed.Mms), Throws.TypeOf<VoiceException>().With.Message.Contains("is a link out of the hub's cache"));
    }

    [Test]
    public async Task Install_OfASnapshotByItsPath_HasItsRepositorysNameAndAsksNobody()
    {
        FillCache();

        Assert.That((await _bed.InstallAsync(Snapshot)).Problem, Is.Null);
        Assert.That(_bed.Installer.Installed(), Is.EqualTo(new[] { "mms-tts-fin" }));
        Assert.That(_bed.Server.Requests, Is.Empty);
        Assert.That(_bed.Installer.ChangeOf(await _bed.Source.FindAsync(HubTestBed.Mms, null, default)), Is.Null, "it is the same commit");
    }

    [Test]
    public async Task Install_OfAFolder_CopiesWhatItsLinksLeadToAndReplacesItLater()
    {
        FillCache();
        var folder = Path.Combine(_bed.Elsewhere, "fi-mine");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.EnumerateFiles(Snapshot))
        {
            File.CreateSymbolicLink(Path.Combine(folder, Path.GetFileName(file)), file);
        }

        await _bed.InstallAsync(folder);
        File.Delete(Path.Combine(folder, "README.md"));
        await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), "---\nlicense: mit\n---\n");
        var (pinned, problem) = await _bed.InstallAsync(folder);

        Assert.That(problem, Is.Null);
        Assert.That(pinned, Is.Empty);
        Assert.That((await _bed.Source.FindAsync(folder, null, default)).Licence.Name, Is.EqualTo("mit"));
        Assert.That(_bed.Read("fi-mine").Voice.Licence, Is.EqualTo("mit"));
        Assert.That(_bed.Installer.Verify("fi-mine", null).Problems, Is.Empty);
    }

    [TestCase("models--a--b/snapshots/1", "a/b", "1")]
    [TestCase("models--a--b--c/snapshots/1/fi/fi_FI/harri/", "a/b--c", "1")]
    [TestCase("models--a--b/blobs/1", null, null)]
    [TestCase("datasets--a--b/snapshots/1", null, null)]
    public void At_OfAFolderInTheCache_KnowsItsRepositoryAndCommit(string folder, string? repository, string? commit)
    {
        var files = LocalFiles.At(Path.Combine(_bed.Cache, folder));

        Assert.That((files.Repository, files.Commit), Is.EqualTo((repository, commit)));
    }

    [Test]
    public async Task Install_OfAVoiceWithinASnapshot_HasTheNameOfItsNetwork()
    {
        var repository = PiperRepository.Add(_bed.Server, "fi_FI-harri-medium");
        var snapshot = Path.Combine(_bed.Cache, "models--rhasspy--piper-voices", "snapshots", repository.Main);
        foreach (var (name, content) in repository.Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(snapshot, name))!);
            await File.WriteAllBytesAsync(Path.Combine(snapshot, name), content);
        }

        Assert.That((await _bed.InstallAsync(Path.Combine(snapshot, "fi", "fi_FI", "fi_FI-harri-medium"))).Problem, Is.Null);
        Assert.That((await _bed.InstallAsync("rhasspy/piper-voices:fi_FI-harri-medium")).Problem, Is.Null);
        Assert.That(_bed.Installer.Installed(), Is.EqualTo(new[] { "fi_FI-harri-medium" }));
        Assert.That(_bed.AskedForNetwork, Is.False, "both were copied");
    }

    [Test]
    public void Find_OfLinksThatGoInCircles_FindsNothing()
    {
        var (one, other) = (Path.Combine(_bed.Elsewhere, "one"), Path.Combine(_bed.Elsewhere, "other"));
        File.CreateSymbolicLink(one, other);
        File.CreateSymbolicLink(other, one);

        Assert.That(LocalFiles.At(_bed.Elsewhere).Find("one"), Is.Null);
    }

    private string Blob(string file) => Path.Combine(_bed.Cache, "models--facebook--mms-tts-fin", "blobs", Convert.ToHexStringLower(SHA256.HashData(_bed.Repository.Files[file])));

    /// <summary>As the hub's own tools leave it.</summary>
    private void FillCache()
    {
        Directory.CreateDirectory(Snapshot);
        Directory.CreateDirectory(Path.GetDirectoryName(Blob("vocab.json"))!);
        foreach (var (name, content) in _bed.Repository.Files)
        {
            File.WriteAllBytes(Blob(name), content);
            File.CreateSymbolicLink(Path.Combine(Snapshot, name), Path.Combine("..", "..", "blobs", Path.GetFileName(Blob(name))));
        }
    }
}
