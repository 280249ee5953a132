using System.Net;
using Dictation.WebApi.Auth;
using Dictation.WebApi.FunctionalTests.OpenApi;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>How much clients may ask for, and what browsers are told.</summary>
public sealed class LimitsTests
{
    private const string Live = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Convert = "POST /api/v1/tts/convert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

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
    public async Task Connections_BeyondTheLimit_AreClosed_UntilOneEnds()
    {
        await using var server = new DictationServer(new() { ["Limits:Connections"] = "2" });
        var address = server.Http.BaseAddress!;
        var first = await RawConnection.OpenAsync(address);
        using var second = await RawConnection.OpenAsync(address);
        foreach (var open in new[] { first, second })
        {
            Assert.That((await SayAsync(open, Live))?.Status, Is.EqualTo(200));
        }

        using var third = await RawConnection.OpenAsync(address);
        Assert.That(await third.ReadToEndAsync(Patience), Is.Empty);
        Assert.That((await SayAsync(second, Live))?.Status, Is.EqualTo(200), "those that are in are still served");

        first.Dispose();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var another = await RawConnection.OpenAsync(address);
                return (await SayAsync(another, Live))?.Status == 200;
            },
            "there is room again");
    }

    /// <summary>The server refuses these before the service sees a request; its answers have no body.</summary>
    [TestCase(8 * 1024, 0, 0, 414, TestName = "Request_WhoseLineIsTooLong_Is414")]
    [TestCase(0, 110, 0, 431, TestName = "Request_WithTooManyHeaders_Is431")]
    [TestCase(0, 1, 32 * 1024, 431, TestName = "Request_WhoseHeadersAreTooLong_Is431")]
    public async Task Request_BeyondTheServersLimits_IsRefused(int query, int headers, int value, int status)
    {
        await using var server = new DictationServer();
        using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
        await connection.SendAsync($"GET /api/v1/items?q={new string('a', query)} HTTP/1.1\r\nHost: x\r\n{string.Concat(Enumerable.Range(0, headers).Select(i => $"X-{i}: {new string('b', value)}\r\n"))}\r\n");
        var answers = await connection.ReadToEndAsync(Patience);
        Assert.That(answers.Select(a => (a.Status, a.Body)), Is.EqualTo(new[] { (status, "") }));
        await server.GetAsync("/health/live");
    }

    [Test]
    public async Task Request_JustWithinTheServersLimits_IsAnswered()
    {
        await using var server = new DictationServer();
        using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
        var lines = string.Concat(Enumerable.Range(0, 98).Select(i => $"X-{i}: {new string('b', 300)}\r\n"));
        var answer = await SayAsync(connection, $"GET /api/v1/tts?x={new string('a', 8000)} HTTP/1.1\r\nHost: x\r\n{lines}\r\n");
        Assert.That(answer?.Status, Is.EqualTo(200));
    }

    [TestCase("Content-Length: 65537\r\n\r\n", TestName = "Body_DeclaredTooLarge_Is413_BeforeItIsSent")]
    [TestCase("Transfer-Encoding: chunked\r\n\r\n", TestName = "Body_TooLargeInChunks_Is413")]
    public async Task Body_BeyondTheLimit_Is413(string framing)
    {
        await using var server = new DictationServer(new() { ["Server:MaxBodyBytes"] = "65536" });
        using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
        var chunks = framing.StartsWith("Transfer", StringComparison.Ordinal) ? string.Concat(Enumerable.Repeat($"1000\r\n{new string(' ', 0x1000)}\r\n", 17)) : "";
        var answer = await SayAsync(connection, $"{Convert}{framing}{chunks}");
        Assert.That(answer?.Status, Is.EqualTo(413));
        Assert.That(ApiDocument.Golden.Operation("ConvertText").Misfits(413, "application/problem+json", answer!.Headers.Keys, answer.Body), Is.Empty);
    }

    [Test]
    public async Task WhatDoesNotComeInTime_Is408_AndAnIdleConnectionIsClosed()
    {
        await using var server = new DictationServer(new() { ["Limits:HeaderSeconds"] = "1", ["Limits:GraceSeconds"] = "2", ["Limits:IdleSeconds"] = "1" });
        var (headers, body, idle) = (SayToEndAsync(Live[..^2]), SayToEndAsync($"{Convert}Content-Length: 15\r\n\r\n"), SayToEndAsync(Live));
        Assert.That((await headers).Select(a => (a.Status, a.Body)), Is.EqualTo(new[] { (408, "") }));
        Assert.That((await idle).Select(a => a.Status), Is.EqualTo(new[] { 200 }));
        var late = (await body).Single();
        Assert.That(late.Status, Is.EqualTo(408));
        Assert.That(ApiDocument.Golden.Operation("ConvertText").Misfits(408, "application/problem+json", late.Headers.Keys, late.Body), Is.Empty);

        async Task<IReadOnlyList<RawAnswer>> SayToEndAsync(string part)
        {
            using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
            await connection.SendAsync(part);
            return await connection.ReadToEndAsync(Patience);
        }
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
    [TestCase("Limits__Connections", "0", "Connections")]
    [TestCase("Limits__HeaderSeconds", "0", "HeaderSeconds")]
    [TestCase("Limits__GraceSeconds", "1", "GraceSeconds")]
    [TestCase("Limits__BytesPerSecond", "0", "BytesPerSecond")]
    [TestCase("Limits__IdleSeconds", "-1", "IdleSeconds")]
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

    /// <returns>Null when the server closes the connection instead of answering.</returns>
    private static async Task<RawAnswer?> SayAsync(RawConnection connection, string request)
    {
        try
        {
            await connection.SendAsync(request);
            return await connection.ReadAsync();
        }
        catch (IOException)
        {
            return null;
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
