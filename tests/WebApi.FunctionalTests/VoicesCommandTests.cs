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
        Assert.That(JsonNode.Parse(output)!.AsArray().Select(v => (v!.Text("id"), v!["installed"]!.GetValue<bool>())), Is.EqualTo(new[] { ("fi_FI-harri-low", false), ("fi_FI-harri-medium", true), ("mms-tts-fin", false) }));
    }

    [TestCase("fin", "mms-tts-fin", "Finnish")]
    [TestCase("abi", "mms-tts-abi", "Abidji")]
    public async Task List_ByEitherFormOfALanguagesCode_ShowsItsName(string code, string id, string name)
    {
        var (exitCode, output, error) = await RunAsync(["list", "--language", code]);

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(output.Split('\n'), Has.Some.Contains(id).And.Contains(name).And.Contains("cc-by-nc-4.0"));
    }

    [TestCase("install", 2, "Usage:")]
    [TestCase("list --what", 2, "Usage:")]
    [TestCase("install no-such-voice", 1, "The catalogue has no voice no-such-voice")]
    [TestCase("install mms-tts-deu", 2, "add --accept-licence cc-by-nc-4.0")]
    [TestCase("install mms-tts-deu --accept-licence mit", 2, "add --accept-licence cc-by-nc-4.0")]
    [TestCase("install mms-tts-deu --accept-licence", 2, "Usage:")]
    [TestCase("install mms-tts-deu mms-tts-fin --name x", 2, "--name is for one voice alone")]
    [TestCase("install a/b/c", 1, "a/b/c is no repository on the hub")]
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

    [Test]
    public async Task Install_FromTheHub_AsksForTheLicenceByItsName()
    {
        using var hub = new HubServer();
        hub.Add("facebook/mms-tts-fin", Repository.File("tests/Fixtures/mms/models/tiny"));

        var refused = await RunAsync(["install", "facebook/mms-tts-fin"], hub);
        Assert.That(refused.ExitCode, Is.EqualTo(2), refused.Error);
        Assert.That(refused.Error, Does.Contain("licence cc-by-nc-4.0").And.Contain("--accept-licence cc-by-nc-4.0"));
        Assert.That(hub.CountOf("content"), Is.Zero);

        var (exitCode, output, error) = await RunAsync(["install", "facebook/mms-tts-fin", "--accept-licence", "mit", "--accept-licence", "CC-BY-NC-4.0"], hub);
        Assert.That((exitCode, output.Trim()), Is.EqualTo((0, "mms-tts-fin")), error);
        Assert.That(hub.Requests.Where(r => r.Host == "hub").Select(r => r.Authorization), Is.All.EqualTo($"Bearer {HubServer.Token}"));
        Assert.That((await RunAsync(["verify"], hub)).Output, Does.Contain("mms-tts-fin: 5 files"));
    }

    [Test]
    public async Task Install_OfWhatTheServiceCannotUse_FailsInOneLine()
    {
        using var hub = new HubServer();
        var repository = hub.Add("a/romanised", Repository.File("tests/Fixtures/mms/models/tiny"), licence: "mit");
        repository.Set("tokenizer_config.json", """{"is_uroman":true,"language":"kor"}""");

        var (exitCode, output, error) = await RunAsync(["install", "a/romanised"], hub);

        Assert.That((exitCode, output), Is.EqualTo((1, "")), error);
        Assert.That(error.Trim().Split('\n')[^1], Does.StartWith("romanised cannot be used and was not installed.").And.Contain("uroman"));
        Assert.That(hub.CountOf("content"), Is.Zero);
    }

    [Test]
    public async Task Install_WhoseResultTheServiceCannotUse_Fails()
    {
        using var hub = new HubServer();
        var repository = hub.Add("a/cut", Repository.File("tests/Fixtures/mms/models/tiny"), licence: "mit");
        repository.Files["model.safetensors"] = repository.Files["model.safetensors"][..^100];

        var (exitCode, _, error) = await RunAsync(["install", "a/cut"], hub);

        Assert.That(exitCode, Is.EqualTo(1), error);
        Assert.That(error, Does.Contain("cut is installed but cannot be used yet."));
    }

    [Test]
    public async Task Install_OfAFolder_CopiesIt()
    {
        var (exitCode, output, error) = await RunAsync(["install", Repository.File("tests/Fixtures/layouts/optimum-vits-tiny"), "--name", "fi-tiny", "--accept-licence", "unknown"]);

        Assert.That((exitCode, output.Trim()), Is.EqualTo((0, "fi-tiny")), error);
        Assert.That(File.Exists(Path.Combine(data.Path, "voices", "fi-tiny", "model.onnx")), Is.True);
    }

    /// <summary>Every command of the page on voices, in its order, against a server that behaves as the hub does.</summary>
    [Test]
    public async Task Commands_OfThePageOnVoices_Work()
    {
        const string Start = "dotnet run --project src/WebApi -- voices ";
        using var hub = new HubServer();
        hub.Add("facebook/mms-tts-fin", Repository.File("tests/Fixtures/mms/models/tiny"));
        PiperRepository.Add(hub, "fi_FI-harri-medium").Set("fi/fi_FI/fi_FI-harri-medium/MODEL_CARD", "# A card that states no licence\n");
        var commands = (await File.ReadAllLinesAsync(Repository.File("docs/voices.md")))
            .Where(line => line.StartsWith(Start, StringComparison.Ordinal))
            .Select(line => line[Start.Length..].Replace("./my-voice", Repository.File("tests/Fixtures/layouts/optimum-vits-tiny"), StringComparison.Ordinal))
            .ToList();

        foreach (var command in commands)
        {
            var (exitCode, _, error) = await RunAsync(command.Split(' '), hub);
            Assert.That(exitCode, Is.Zero, $"{command}\n{error}");
        }

        Assert.That(commands, Has.Count.GreaterThan(5));
        Assert.That(Directory.GetDirectories(Path.Combine(data.Path, "voices")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "mms-tts-fin", "fi_FI-mine" }));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> arguments, HubServer? hub = null) => ChildProgram.RunAsync(
        "dotnet",
        [typeof(Program).Assembly.Location, "voices", .. arguments],
        environment: new()
        {
            ["DATA_DIR"] = data.Path,
            ["HF_HOME"] = Path.Combine(data.Path, "huggingface"),
            ["HF_TOKEN"] = HubServer.Token,

            // Where nobody listens: the first port is never given out. The proxy of this machine is not asked for it.
            ["HF_ENDPOINT"] = hub?.Endpoint.AbsoluteUri ?? "http://127.0.0.1:1",
            ["VOICES_MIRROR"] = hub is null ? "http://127.0.0.1:1" : "",
            ["NO_PROXY"] = "*",
        });
}
