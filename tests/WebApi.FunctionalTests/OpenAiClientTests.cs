using System.Text.Json.Nodes;
using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>OpenAI's own client from npm, as it is, speaks with this service.</summary>
public sealed class OpenAiClientTests
{
    private const string Text = "Hyvää huomenta! Tänään on kaunis päivä.";

    private DictationServer server = null!;

    [OneTimeSetUp]
    public void Start() => server = new DictationServer();

    [OneTimeTearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [Test]
    public async Task Client_AsItIs_GetsAudioThatIsUnderstood([Values("wav", "pcm", "flac", "mp3", "opus", "aac")] string format, [Values("audio", "sse")] string streamFormat)
    {
        AudioTools.Require();
        using var directory = new TemporaryDirectory();
        var file = System.IO.Path.Combine(directory.Path, "speech");
        var (exitCode, output, error) = await NodeTools.RunAsync(["openai-speech.mjs", $"{server.Http.BaseAddress}v1", format, streamFormat, Text, file]);

        Assert.That(exitCode, Is.Zero, error);
        TestContext.Out.WriteLine(output);
        Assert.That(JsonNode.Parse(output)!["done"]!.GetValue<bool>(), Is.EqualTo(streamFormat == "sse"));
        using var transcriber = new SpeechTranscriber();
        Assert.That(transcriber.ErrorRate([Text], [await AudioTools.DecodeAsync(file, format)]), Is.LessThanOrEqualTo(0.08));
    }

    [Test]
    public async Task Client_AskingForWhatThereIsNot_IsToldInWords()
    {
        var (exitCode, _, error) = await NodeTools.RunAsync(["openai-speech.mjs", $"{server.Http.BaseAddress}v1", "nonsense", "audio", Text, "/dev/null"]);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(error, Does.Contain("422").And.Contains("response_format"));
    }
}
