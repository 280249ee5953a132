using System.Net;
using Dictation.WebApi.Auth;
using Dictation.WebApi.FunctionalTests.OpenApi;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>How much clients may ask for, and what browsers are told.</summary>
public sealed class LimitsTests
{
    [Test]
    public async Task Requests_BeyondTheRate_Are429WithTheTime_ForThatKeyAlone()
    {
        var (one, two) = (ApiKeys.New("one", "read"), ApiKeys.New("two", "read"));
        await using var server = new DictationServer(new() { ["Limits:RequestsPerMinute"] = "3", ["API_KEYS"] = $"{one.Setting},{two.Setting}" });
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await AskAsync(server, one.Key)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        using var refused = await AskAsync(server, one.Key);
        Assert.Multiple(async () =>
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromSeconds(20)));
            Assert.That(await MisfitsAsync(refused, "ListTasks"), Is.Empty);
            Assert.That((await AskAsync(server, two.Key)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await server.Http.GetAsync("/health/ready")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "probes are not counted");
        });
    }

    [Test]
    public async Task Requests_BeyondThoseUnderWay_Are503_UntilOneEnds()
    {
        using var blocking = new BlockingSynthesizer();
        await using var server = new DictationServer(new() { ["Limits:ConcurrentRequests"] = "2" }, blocking.Decorate);
        var id = (await server.SubmitAsync("Odottava teksti.")).Text("conversion_id");
        var streams = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => server.Http.GetAsync($"/api/v1/tts/{id}/events", HttpCompletionOption.ResponseHeadersRead)));

        using var refused = await AskAsync(server, null);
        Assert.That((refused.StatusCode, refused.Headers.RetryAfter!.Delta), Is.EqualTo((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1))));
        Assert.That(await MisfitsAsync(refused, "ListTasks"), Is.Empty);
        Assert.That((await server.Http.GetAsync("/health/live")).StatusCode, Is.EqualTo(HttpStatusCode.OK));

        streams[0].Dispose();
        await Eventually.HoldsAsync(async () => (await AskAsync(server, null)).StatusCode == HttpStatusCode.OK, "there is room again");
        streams[1].Dispose();
        blocking.Release();
    }

    [Test]
    public async Task OtherOrigins_AreNotLetIn_UnlessConfigured()
    {
        await using var server = new DictationServer();
        using var answer = await server.Http.SendAsync(FromOrigin(HttpMethod.Get, "https://learn.example.org"));
        using var preflight = await server.Http.SendAsync(FromOrigin(HttpMethod.Options, "https://learn.example.org"));
        Assert.That(answer.Headers.Concat(preflight.Headers).Select(h => h.Key), Has.None.StartsWith("Access-Control"));
    }

    [Test]
    public async Task ConfiguredOrigins_AreLetIn_ByPreflightWithoutAKey_AndNoOthers()
    {
        var (key, setting) = ApiKeys.New("page", "read");
        await using var server = new DictationServer(new() { ["CORS_ORIGINS"] = "https://learn.example.org, http://localhost:5173", ["API_KEYS"] = setting });
        using var preflight = await server.Http.SendAsync(FromOrigin(HttpMethod.Options, "http://localhost:5173"));
        var request = FromOrigin(HttpMethod.Get, "https://learn.example.org");
        request.Headers.Add("X-API-Key", key);
        using var answer = await server.Http.SendAsync(request);
        using var refused = await server.Http.SendAsync(FromOrigin(HttpMethod.Get, "https://learn.example.org"));
        using var other = await server.Http.SendAsync(FromOrigin(HttpMethod.Get, "https://evil.example.org"));
        Assert.Multiple(() =>
        {
            Assert.That((preflight.StatusCode, Allowed(preflight), preflight.Headers.GetValues("Access-Control-Allow-Headers").Single()), Is.EqualTo((HttpStatusCode.NoContent, "http://localhost:5173", "x-api-key")));
            Assert.That((answer.StatusCode, Allowed(answer)), Is.EqualTo((HttpStatusCode.OK, "https://learn.example.org")));
            Assert.That(answer.Headers.GetValues("Access-Control-Expose-Headers").Single(), Does.Contain("X-Total-Count"));
            Assert.That((refused.StatusCode, Allowed(refused)), Is.EqualTo((HttpStatusCode.Unauthorized, "https://learn.example.org")), "so that the page can read why");
            Assert.That(Allowed(other), Is.Null);
        });
    }

    [TestCase("API_KEYS", "nonsense", "entry 1")]
    [TestCase("CORS_ORIGINS", "learn.example.org", "CORS_ORIGINS")]
    [TestCase("CORS_ORIGINS", "https://learn.example.org/path", "CORS_ORIGINS")]
    [TestCase("Limits__RequestsPerMinute", "-1", "RequestsPerMinute")]
    [TestCase("Limits__ConcurrentRequests", "0", "ConcurrentRequests")]
    public async Task WrongSettings_StopTheStart_WithASentence(string name, string value, string sentence)
    {
        using var directory = new TemporaryDirectory();
        var (code, output) = await ServerProcess.RunToEndAsync(directory.Path, new() { [name] = value });
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("Dictation cannot start. ").And.Contains(sentence).And.Not.Contains("   at "));
    }

    [Test]
    public async Task EveryAnswer_TellsBrowsersToTakeItForWhatItIs()
    {
        await using var server = new DictationServer();
        var id = (await server.SubmitAsync("Hei.")).Text("conversion_id");
        await server.EndedAsync(id);
        foreach (var path in new[] { "/api/v1/tts", $"/api/v1/tts/{id}/download", $"/api/v1/tts/{id}/events", "/api/v1/tts/unknown", "/nowhere", "/api/v1/tts?limit=0", "/health", "/openapi/v1.json", "/docs/index.html" })
        {
            using var answer = await server.Http.GetAsync(path);
            Assert.Multiple(() =>
            {
                Assert.That(answer.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"), path);
                Assert.That(answer.Headers.GetValues("Referrer-Policy").Single(), Is.EqualTo("no-referrer"), path);
                Assert.That(answer.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("frame-ancestors 'none'").And.StartsWith(path.StartsWith("/docs", StringComparison.Ordinal) ? "default-src 'self'" : "default-src 'none'"), path);
                Assert.That(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"), Is.False, path);
            });
        }
    }

    [Test]
    public async Task Audio_WithKeys_IsKeptByNoSharedCache()
    {
        var (key, setting) = ApiKeys.New("all", "read+write");
        await using var server = new DictationServer(new() { ["API_KEYS"] = setting });
        server.Http.DefaultRequestHeaders.Add("X-API-Key", key);
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Hei."));
        foreach (var path in new[] { $"/api/v1/items/{item.Number("id")}/audio", $"/api/v1/tts/{item.Text("conversion_id")}/download" })
        {
            using var audio = await server.Http.GetAsync(path);
            Assert.That((audio.StatusCode, audio.Headers.CacheControl!.Private, audio.Headers.CacheControl.Public), Is.EqualTo((HttpStatusCode.OK, true, false)), path);
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(DictationServer server, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tts");
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await server.Http.SendAsync(request);
    }

    private static async Task<IEnumerable<string>> MisfitsAsync(HttpResponseMessage response, string operation) => ApiDocument.Golden.Operation(operation)
        .Misfits((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType, response.Headers.Select(h => h.Key), await response.Content.ReadAsStringAsync()).ToList();

    private static HttpRequestMessage FromOrigin(HttpMethod method, string origin)
    {
        var request = new HttpRequestMessage(method, "/api/v1/tts") { Headers = { { "Origin", origin } } };
        if (method == HttpMethod.Options)
        {
            request.Headers.Add("Access-Control-Request-Method", "GET");
            request.Headers.Add("Access-Control-Request-Headers", "x-api-key");
        }

        return request;
    }

    private static string? Allowed(HttpResponseMessage response) => response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
}
