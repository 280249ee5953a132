using System.Text;
using Moq;

namespace Dictation.Client.UnitTests;

/// <summary>Speaking and waiting against a mock of the interface, as users of the SDK test their own code.</summary>
public sealed class SpeechExtensionsTests
{
    private readonly Mock<IDictationClient> client = new(MockBehavior.Strict);
    private readonly List<double> told = [];
    private IProgress<double> progress = null!;

    [SetUp]
    public void ListenToProgress()
    {
        var listener = new Mock<IProgress<double>>();
        listener.Setup(l => l.Report(It.IsAny<double>())).Callback(told.Add);
        progress = listener.Object;
        told.Clear();
        client.Reset();
    }

    [Test]
    public async Task Wait_WithoutProgress_OnlyAsksForTheTask_UntilItIsDone()
    {
        client.SetupSequence(c => c.GetTaskAsync("a", 30, default)).ReturnsAsync(Task(TtsTaskStatus.Queued)).ReturnsAsync(Task(TtsTaskStatus.Completed)).ReturnsAsync(Task(TtsTaskStatus.Done));
        Assert.That((await client.Object.WaitUntilDoneAsync("a")).Status, Is.EqualTo(TtsTaskStatus.Done));
    }

    [Test]
    public async Task Wait_WithProgress_TellsWhatTheEventsTell()
    {
        Follow(Events(("queued", null), ("processing", null), ("processing", 0.25), ("processing", 0.75), ("completed", null), ("done", null)));
        client.Setup(c => c.GetTaskAsync("a", 30, default)).ReturnsAsync(Task(TtsTaskStatus.Done));
        await client.Object.WaitUntilDoneAsync("a", progress);
        Assert.That(told, Is.EqualTo((double[])[0, 0.25, 0.75, 1]));
    }

    [Test]
    public async Task Wait_WhenTheEventsBreakOff_AsksForTheTask_AndProgressNeverFalls()
    {
        Follow(new BrokenStream(Events(("queued", null), ("processing", 0.5), ("processing", 0.25))));
        client.SetupSequence(c => c.GetTaskAsync("a", 30, default)).ReturnsAsync(Task(TtsTaskStatus.Processing)).ReturnsAsync(Task(TtsTaskStatus.Done));
        await client.Object.WaitUntilDoneAsync("a", progress);
        Assert.That(told, Is.EqualTo((double[])[0, 0.5, 1]));
    }

    [Test]
    public void Wait_ForATaskThatFails_ThrowsWithTheTask()
    {
        var failed = Task(TtsTaskStatus.Failed);
        failed.ErrorMessage = "The voice is gone.";
        client.Setup(c => c.GetTaskAsync("a", 30, default)).ReturnsAsync(failed);
        var failure = Assert.ThrowsAsync<SpeechFailedException>(() => client.Object.WaitUntilDoneAsync("a"))!;
        Assert.That((failure.Task, failure.Message), Is.EqualTo((failed, "The conversion a failed: The voice is gone.")));
    }

    [Test]
    public async Task Speak_IsSubmitWaitAndDownload()
    {
        var audio = File(new MemoryStream([1, 2, 3]));
        client.Setup(c => c.ConvertTextAsync(It.Is<ConvertText>(r => r.Text == "Hei."), default)).ReturnsAsync(new ConvertTextResponse { ConversionId = "a" });
        client.Setup(c => c.GetTaskAsync("a", 30, default)).ReturnsAsync(Task(TtsTaskStatus.Done));
        client.Setup(c => c.DownloadAudioAsync("a", null, null, default)).ReturnsAsync(audio);
        Assert.That(await client.Object.SpeakAsync("Hei."), Is.SameAs(audio));
    }

    [Test]
    public async Task Save_ReplacesTheFile()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a.wav");
        await System.IO.File.WriteAllTextAsync(path, "old");
        using var file = File(new MemoryStream([1, 2, 3]));
        await file.SaveAsync(path);
        Assert.That(await System.IO.File.ReadAllBytesAsync(path), Is.EqualTo((byte[])[1, 2, 3]));
        Assert.That(Directory.GetFiles(directory.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Save_WhenTheStreamBreaks_LeavesWhatWasThere_AndNothingElse()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "a.wav");
        await System.IO.File.WriteAllTextAsync(path, "old");
        using var file = File(new BrokenStream(new MemoryStream([1, 2, 3])));
        Assert.That(() => file.SaveAsync(path), Throws.InstanceOf<IOException>());
        Assert.That((await System.IO.File.ReadAllTextAsync(path), Directory.GetFiles(directory.Path).Length), Is.EqualTo(("old", 1)));
    }

    private static TtsTask Task(TtsTaskStatus status) => new() { ConversionId = "a", Status = status };

    private static FileResponse File(Stream stream) => new(200, new Dictionary<string, IEnumerable<string>>(), stream, null, null);

    private static MemoryStream Events(params (string Status, double? Progress)[] steps) => new(Encoding.UTF8.GetBytes(string.Concat(steps.Select(s =>
        $$"""
        event: {{(s.Progress is null ? s.Status : "progress")}}
        data: {"conversion_id":"a","status":"{{s.Status}}","at":"2026-11-23T00:00:00Z","progress":{{(s.Progress is { } p ? p.ToString(System.Globalization.CultureInfo.InvariantCulture) : "null")}},"error_message":null}


        """.ReplaceLineEndings("\n")))));

    private void Follow(Stream events) => client.Setup(c => c.FollowTaskAsync("a", default)).ReturnsAsync(File(events));

    /// <summary>Ends with an error, as a connection does that is cut.</summary>
    private sealed class BrokenStream(Stream whole) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => whole.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("The connection was cut.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
