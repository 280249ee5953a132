using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>How the document and its page are served.</summary>
public sealed partial class OpenApiEndpointsTests
{
    private const string Document = "/openapi/v1.json";
    private DictationServer server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new DictationServer();

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task Document_AsServed_IsJsonThatIsAskedAboutEachTime()
    {
        using var response = await server.Http.GetAsync(Document);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(response.Headers.CacheControl!.ToString(), Is.EqualTo("no-cache"));
            Assert.That(response.Headers.ETag, Has.Property("IsWeak").False);
        });
    }

    [Test]
    public async Task Document_ThatTheClientHas_Answers304()
    {
        using var first = await server.Http.GetAsync(Document);
        using var same = await AskAsync(first.Headers.ETag!);
        using var other = await AskAsync(new EntityTagHeaderValue("\"other\""));
        Assert.That(same.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(same.Headers.ETag, Is.EqualTo(first.Headers.ETag));
        Assert.That(await same.Content.ReadAsByteArrayAsync(), Is.Empty);
        Assert.That(other.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Document_OfWhichOnlyTheHeadIsAsked_TellsItsLengthAndETag()
    {
        using var whole = await server.Http.GetAsync(Document);
        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, Document));
        Assert.That(head.Headers.ETag, Is.EqualTo(whole.Headers.ETag));
        Assert.That(head.Content.Headers.ContentLength, Is.EqualTo((await whole.Content.ReadAsByteArrayAsync()).LongLength).And.GreaterThan(0));
    }

    [TestCase("", "/")]
    [TestCase("https://speech.example.org", "/")]
    [TestCase("https://example.org/speech/", "/speech")]
    public async Task Document_BehindAProxy_BeginsPathsWhereItsClientsDo(string baseUrl, string root)
    {
        await using var behind = new DictationServer(new() { ["BASE_URL"] = baseUrl });
        Assert.That((await behind.GetAsync(Document))["servers"]!.AsArray().Select(s => s!.Text("url")), Is.EqualTo((string[])[root]));
    }

    [TestCase("/docs", Document)]
    [TestCase("/help/api", "/document.json")]
    [TestCase("/v1", "/v1/document.json")]
    public async Task Page_WhereverItIs_NamesTheDocumentAndItsOwnFilesRelatively(string path, string document)
    {
        await using var configured = new DictationServer(new() { ["OpenApi:UiPath"] = path, ["OpenApi:DocumentPath"] = document });
        using var response = await configured.Http.GetAsync(path);
        var page = response.RequestMessage!.RequestUri!;
        var html = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(page.AbsolutePath, Is.EqualTo($"{path}/index.html"));
        Assert.That(html, Does.Contain("<title>Dictation API</title>").And.Not.Contain("://"));

        var files = Reference().Matches(html).Select(m => m.Groups["address"].Value).ToList();
        Assert.That(files, Does.Contain("./swagger-ui-bundle.js").And.Contain("./swagger-ui.css"));
        foreach (var file in files)
        {
            Assert.That(file, Does.Not.Contain(":").And.Not.StartsWith("/"));
            using var asset = await configured.Http.GetAsync(new Uri(page, file));
            Assert.That(asset.StatusCode, Is.EqualTo(HttpStatusCode.OK), file);
        }

        var named = DocumentsAddress().Match(html).Groups["address"].Value;
        Assert.That(named, Does.StartWith("../"));
        Assert.That(new Uri(page, named).AbsolutePath, Is.EqualTo(document));
        Assert.That((await configured.GetAsync(document)).Text("openapi"), Does.StartWith("3."));
    }

    [Test]
    public async Task Page_AfterASettingChanged_IsNotTakenFromACache()
    {
        using var response = await server.Http.GetAsync("/docs/index.html");
        Assert.That(response.Headers.CacheControl!.NoCache, Is.True);
        Assert.That(response.Headers.ETag, Is.Not.Null);
    }

    [TestCase(Document)]
    [TestCase("/docs")]
    [TestCase("/docs/index.html")]
    [TestCase("/docs/swagger-ui-bundle.js")]
    public async Task BothPaths_SwitchedOff_AreUnknown(string path)
    {
        await using var off = new DictationServer(new() { ["OpenApi:Enabled"] = "false" });
        var error = await off.GetAsync(path, 404);
        Assert.That(error.Text("code"), Is.EqualTo("route_not_found"));
        Assert.That(error.Text("detail"), Is.EqualTo("Check the path; the README lists the endpoints."));
    }

    [Test]
    public async Task UnknownPath_WhereThePageIsServed_IsToldOfIt()
    {
        await using var configured = new DictationServer(new() { ["DOCS_URL"] = "/help" });
        Assert.That((await configured.GetAsync("/docs", 404)).Text("detail"), Is.EqualTo("Check the path; /help lists the endpoints."));
    }

    [TestCase("OpenApi__DocumentPath", "openapi.json", "OpenApi:DocumentPath must begin with '/'")]
    [TestCase("OpenApi__UiPath", "", "OpenApi:UiPath must begin with '/'")]
    [TestCase("OpenApi__UiPath", "/docs/", "OpenApi:UiPath must begin with '/'")]
    [TestCase("OpenApi__UiPath", "/{anything}", "OpenApi:UiPath must begin with '/'")]
    [TestCase("OpenApi__UiPath", "/OpenApi/v1.json", "OpenApi:DocumentPath and OpenApi:UiPath must differ.")]
    [TestCase("OpenApi__Enabled", "perhaps", "OpenApi:Enabled")]
    public async Task Start_WithAWrongSetting_EndsWithASentenceThatNamesIt(string name, string value, string sentence)
    {
        using var directory = new TemporaryDirectory();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(directory.Path, new() { [name] = value });
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("Dictation cannot start.").And.Contain(sentence).And.Not.Contain("   at "));
    }

    private async Task<HttpResponseMessage> AskAsync(EntityTagHeaderValue have)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Document);
        request.Headers.IfNoneMatch.Add(have);
        return await server.Http.SendAsync(request);
    }

    [GeneratedRegex("(href|src)=\"(?<address>[^\"]*)\"")]
    private static partial Regex Reference();

    [GeneratedRegex("urls = \\[\\{\"url\":\"(?<address>[^\"]*)\"")]
    private static partial Regex DocumentsAddress();
}
