using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The command <c>voices</c> as an operator types it.</summary>
public sealed class VoicesCommandTests
{
    private TemporaryDirectory data = null!;

    [SetUp]
    public void SetUp() => data = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => data.Dispose();

    [Test]
    public async Task List_TellsWhatCanBeInstalledAndWhatIs()
    {
        Directory.CreateDirectory(Path.Combine(data.Path, "voices", "fi_FI-harri-medium"));
        await File.WriteAllTextAsync(Path.Combine(data.Path, "voices", "fi_FI-harri-medium", "x.onnx"), "");

        var (exitCode, output, error) = await RunAsync(["list", "--language", "fi", "--json"]);

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(JsonNode.Parse(output)!.AsArray().Select(v => (v!.Text("id"), v!["installed"]!.GetValue<bool>())), Is.EqualTo(new[] { ("fi_FI-harri-low", false), ("fi_FI-harri-medium", true) }));
    }

    [TestCase("install", 2, "Usage:")]
    [TestCase("list --what", 2, "Usage:")]
    [TestCase("install no-such-voice", 1, "The catalogue has no voice no-such-voice")]
    [TestCase("install mms-tts-deu", 2, "--accept-licence")]
    [TestCase("remove nothing", 1, "nothing is not installed")]
    [TestCase("verify nothing", 1, "nothing is not installed")]
    public async Task Command_ThatCannotBeDone_SaysWhyWithAnExitCode(string arguments, int expected, string reason)
    {
        var (exitCode, output, error) = await RunAsync(arguments.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(exitCode, Is.EqualTo(expected), error);
            Assert.That(error, Does.Contain(reason).And.Not.Contains("   at "));
            Assert.That(output, Is.Empty);
        });
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> arguments) => ChildProgram.RunAsync(
        "dotnet",
        [typeof(Program).Assembly.Location, "voices", .. arguments],
        environment: new()
        {
            ["DATA_DIR"] = data.Path,

            // Where nobody listens: the first port is never given out. The proxy of this machine is not asked for it.
            ["VOICES_MIRROR"] = "http://127.0.0.1:1",
            ["NO_PROXY"] = "*",
        });
}
