using System.Diagnostics;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Links out of a voice's folder, in every layout.</summary>
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "Links need rights there.")]
public sealed class HostileLinksTests
{
    private static readonly string[] Layouts =
        [LayoutFolder.Source("optimum-vits-tiny-quiet"), LayoutFolder.Source("transformersjs-vits-tiny"), LayoutFolder.Source("sherpa-mms-tiny"), Piper];

    private TemporaryDirectory _directory = null!;

    private static IEnumerable<TestCaseData> Files => Layouts.SelectMany(layout => Directory.EnumerateFileSystemEntries(layout, "*", LayoutFolder.Published)
        .Select(file => new TestCaseData(layout, Path.GetRelativePath(layout, file)).SetArgDisplayNames(Path.GetFileName(layout), Path.GetRelativePath(layout, file))));

    private static string Piper => Path.Combine(SpeechTestBed.PiperDirectory, "fi_FI-aino-piper");

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCaseSource(nameof(Files))]
    public void Read_FileOrFolderThatIsALinkOut_SaysSo(string layout, string file)
    {
        var folder = LayoutFolder.Copy(layout, _directory.Path, "voice");
        var path = Path.Combine(folder, file);
        Directory.Move(path, Path.Combine(_directory.Path, "elsewhere"));
        File.CreateSymbolicLink(path, Path.Combine(_directory.Path, "elsewhere"));

        RefusedVoice.Refused(folder, $"{Path.GetFileName(file)} is a link out of its folder");
    }

    [TestCase("/", Description = "the whole machine")]
    [TestCase("..")]
    [TestCase("../voice-2")]
    [TestCase("onnx/../../voice-2/model.onnx")]
    [TestCase("/nowhere")]
    [TestCase("deep/er/link/model.onnx")]
    public void Read_LinkOut_SaysSo(string target)
    {
        var folder = LayoutFolder.Copy(Layouts[0], _directory.Path, "voice");
        LayoutFolder.Copy(Layouts[0], _directory.Path, "voice-2");
        Directory.CreateDirectory(Path.Combine(folder, "deep", "er"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "deep", "er", "link"), Path.Combine(_directory.Path, "voice-2"));
        File.CreateSymbolicLink(Path.Combine(folder, "any"), target);

        RefusedVoice.Refused(folder, "any is a link out of its folder");
    }

    [Test]
    public void Read_LinksInACircle_IsOneSentence()
    {
        var folder = LayoutFolder.Copy(Layouts[0], _directory.Path, "voice");
        File.CreateSymbolicLink(Path.Combine(folder, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(folder, "b"), "a");

        RefusedVoice.Refused(folder, "");
    }

    [Test]
    public void Read_LinkWithinTheFolder_IsFollowed()
    {
        var folder = LayoutFolder.Copy(Layouts[1], _directory.Path, "voice");
        File.Move(Path.Combine(folder, "onnx", "model.onnx"), Path.Combine(folder, "weights"));
        File.CreateSymbolicLink(Path.Combine(folder, "onnx", "model.onnx"), Path.Combine("..", "weights"));

        Assert.That(InstalledVoice.Read(folder).ModelPath, Does.EndWith("model.onnx"));
    }

    /// <summary>A pipe that nobody writes to would be waited for without end.</summary>
    [Test]
    [CancelAfter(20_000)]
    public void Read_FileThatIsAPipe_SaysSo([Values("model.onnx", "config.json", "vocab.json", "tokenizer_config.json")] string file)
    {
        var folder = LayoutFolder.Copy(Layouts[0], _directory.Path, "voice");
        File.Delete(Path.Combine(folder, file));
        using var made = Process.Start("mkfifo", [Path.Combine(folder, file)])!;
        made.WaitForExit();

        RefusedVoice.Refused(folder, $"{file} is empty");
    }

    [Test]
    public void Voices_BesideFoldersWithLinks_AreServed()
    {
        var folder = LayoutFolder.Copy(Layouts[1], _directory.Path, "hostile");
        Directory.Delete(Path.Combine(folder, "onnx"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(folder, "onnx"), "/");
        Directory.CreateDirectory(Path.Combine(_directory.Path, "bare"));
        Directory.CreateSymbolicLink(Path.Combine(_directory.Path, "bare", "onnx"), Path.Combine(Layouts[1], "onnx"));
        LayoutFolder.Copy(Layouts[0], _directory.Path, "good");

        var catalog = new VoiceCatalog(new TtsOptions { VoicesDirectory = _directory.Path }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));

        Assert.That(catalog.Problems.Select(p => (p.Folder, p.Reason)), Is.EqualTo(new[]
        {
            ("bare", "onnx is a link out of its folder. Copy the file itself."), ("hostile", "onnx is a link out of its folder. Copy the file itself."),
        }));
        Assert.That(catalog.Find("good"), Is.Not.Null);
    }
}
