using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>The page of the document in a real browser, driven by tests/Node/swagger-ui.mjs.</summary>
public sealed class SwaggerUiTests
{
    private const string Text = "Hyvää yötä, tähdet syttyvät.";

    [Test]
    public async Task Page_InABrowserBehindAProxy_SpeaksATextAndDownloadsTheSpeech()
    {
        const string Prefix = "/speech";
        var chromium = Chromium();
        using var directory = new TemporaryDirectory();
        await using var server = new DictationServer(
            new() { ["BASE_URL"] = $"http://127.0.0.1{Prefix}" }, s => s.AddSingleton<IStartupFilter>(new PrefixProxy(Prefix)));
        var root = server.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);

        var (exitCode, output, error) = await NodeTools.RunAsync(
            ["swagger-ui.mjs", $"{root}{Prefix}/docs", Text, directory.Path], environment: new() { ["CHROMIUM"] = chromium });
        Assert.That(exitCode, Is.Zero, error);

        var seen = JsonNode.Parse(output)!;
        var (convert, task, audio) = (seen["convert"]!, seen["task"]!, seen["audio"]!);
        var id = convert["body"]!.Text("conversion_id");
        var speech = await File.ReadAllBytesAsync(Path.Combine(directory.Path, "speech.wav"));
        Assert.Multiple(() =>
        {
            foreach (var trouble in new[] { "console", "pageErrors", "failedRequests", "badAnswers" })
            {
                Assert.That(seen[trouble]!.AsArray().Select(t => t!.ToString()), Is.Empty, trouble);
            }

            Assert.That(seen["origins"]!.AsArray().Select(o => o!.ToString()), Is.EqualTo((string[])[root]), "all that it asks for comes from the service");
            Assert.That(seen["validatorUrl"], Is.Null);
            Assert.That(seen.Text("title"), Is.EqualTo("Dictation API"));
            Assert.That(seen.Number("operations"), Is.EqualTo(ApiDocument.Golden.Operations.Count));

            Assert.That(convert.Number("status"), Is.EqualTo(201));
            Assert.That(convert.Text("url"), Is.EqualTo($"{root}{Prefix}/api/v1/tts/convert"));
            Assert.That(convert["body"]!.Text("text"), Is.EqualTo(Text));

            Assert.That(task.Number("status"), Is.EqualTo(200));
            Assert.That(task.Text("url"), Is.EqualTo($"{root}{Prefix}/api/v1/tts/{id}?wait=30"));
            Assert.That(task["body"]!.Text("status"), Is.EqualTo("done"));

            Assert.That(audio.Number("status"), Is.EqualTo(200));
            Assert.That(audio.Text("fileName"), Does.EndWith(".wav"));
            Assert.That(speech[..4], Is.EqualTo("RIFF"u8.ToArray()));
            Assert.That(speech, Has.Length.EqualTo(task["body"]!.Number("file_size")));
            Assert.That(new[] { convert, task, audio }.Select(a => a.Text("duration")), Has.All.Match(@"^\d+ ms$"));
            Assert.That(new FileInfo(Path.Combine(directory.Path, "page.png")), Has.Length.GreaterThan(10_000));
        });
    }

    /// <summary>Where there is none, the test does not run, and says so; CI must have one.</summary>
    private static string Chromium()
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            const string Sentence = "Install Chromium (apt-get install chromium) or set CHROMIUM to its path.";
            if (Environment.GetEnvironmentVariable("CI_BROWSER") == "1")
            {
                Assert.Fail(Sentence);
            }

            Assert.Ignore(Sentence);
        }

        return path;
    }

    /// <summary>Does what a proxy does that serves this service under a prefix and others beside it.</summary>
    private sealed class PrefixProxy(string prefix) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, forward) =>
            {
                if (!context.Request.Path.StartsWithSegments(prefix, out var path))
                {
                    context.Response.StatusCode = StatusCodes.Status502BadGateway;
                    return;
                }

                context.Request.Path = path;
                await forward(context);
            });
            next(app);
        };
    }
}
