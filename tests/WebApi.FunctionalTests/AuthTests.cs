using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dictation.WebApi.Auth;
using Dictation.WebApi.FunctionalTests.OpenApi;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Who may do what.</summary>
public sealed class AuthTests
{
    private const string Open = "open";

    /// <summary>What every endpoint needs, written down by hand: one that is missing here fails, as does one that needs something else.</summary>
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["GET /"] = Open,
        ["GET /health"] = Open,
        ["GET /health/ready"] = Open,
        ["GET /health/live"] = Open,
        ["GET /openapi/v1.json"] = Open,
        ["HEAD /openapi/v1.json"] = Open,
        ["GET /metadata"] = "read",
        ["GET /metrics"] = "metrics",
        ["POST /api/v1/tts/convert"] = "write",
        ["POST /api/v1/tts/convert-multiple"] = "write",
        ["POST /api/v1/tts/normalize"] = "read",
        ["GET /api/v1/tts"] = "read",
        ["GET /api/v1/tts/{conversion_id}"] = "read",
        ["DELETE /api/v1/tts/{conversion_id}"] = "admin",
        ["POST /v1/audio/speech"] = "write",
        ["GET /api/v1/tts/{conversion_id}/timings"] = "read",
        ["GET /api/v1/tts/{conversion_id}/download"] = "read",
        ["HEAD /api/v1/tts/{conversion_id}/download"] = "read",
        ["GET /api/v1/tts/{conversion_id}/events"] = "read",
        ["POST /api/v1/tts/{conversion_id}/retry"] = "write",
        ["GET /api/v1/tts/statistics"] = "admin",
        ["POST /api/v1/tts/cleanup"] = "admin",
        ["GET /api/v1/tts/voices"] = "read",
        ["GET /api/v1/tts/supported-languages"] = "read",
        ["GET /api/v1/items"] = "read",
        ["POST /api/v1/items"] = "write",
        ["POST /api/v1/items/bulk"] = "write",
        ["GET /api/v1/items/{id}"] = "read",
        ["PATCH /api/v1/items/{id}"] = "write",
        ["DELETE /api/v1/items/{id}"] = "admin",
        ["PATCH /api/v1/items/{id}/tags"] = "write",
        ["PATCH /api/v1/items/{id}/difficulty"] = "write",
        ["GET /api/v1/items/{id}/audio"] = "read",
        ["HEAD /api/v1/items/{id}/audio"] = "read",
        ["POST /api/v1/items/{id}/audio/refresh"] = "write",
        ["GET /api/v1/items/{id}/tts-status"] = "read",
        ["GET /api/v1/items/{id}/attempts"] = "read",
        ["POST /api/v1/items/{id}/attempts"] = "write",
        ["GET /api/v1/attempts"] = "read",
        ["POST /api/v1/attempts"] = "write",
        ["GET /api/v1/attempts/{id}"] = "read",
        ["GET /api/v1/stats/summary"] = "read",
        ["GET /api/v1/stats/practice-log"] = "read",
        ["GET /api/v1/stats/items/{id}"] = "read",
        ["GET /api/v1/stats/progress"] = "read",
        ["GET /api/v1/stats/tts"] = "admin",
        ["GET /api/v1/tags"] = "read",
        ["POST /api/v1/tags"] = "write",
        ["DELETE /api/v1/tags/{id}"] = "admin",
        ["GET /api/v1/lexicons/{language}"] = "admin",
        ["PUT /api/v1/lexicons/{language}"] = "admin",
        ["DELETE /api/v1/lexicons/{language}"] = "admin",
    };

    private static readonly Dictionary<string, (string Key, string Setting)> Keys = new[] { "read", "write", "admin", "metrics", "read+write+admin" }
        .ToDictionary(s => s, s => ApiKeys.New($"{s.Replace('+', '-')}-key", s));

    private readonly SteppedClock clock = new();
    private DictationServer server = null!;

    private static string Setting => string.Join(", ", Keys.Values.Select(k => k.Setting));

    [OneTimeSetUp]
    public void StartServer() => server = new DictationServer(new() { ["API_KEYS"] = Setting }, s => s.Replace(ServiceDescriptor.Singleton(new FailedKeyThrottle(clock))));

    [SetUp]
    public void ForgetFailures() => clock.Step += TimeSpan.FromMinutes(2);

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public void EveryEndpoint_OfTheRoutingTable_IsInTheTable() => Assert.That(Routes(server), Is.EquivalentTo(Needed.Keys));

    [Test]
    public async Task EveryEndpoint_WithEachKey_IsOpenToThoseWithItsScopeAlone()
    {
        var wrong = new List<string>();
        foreach (var (endpoint, needed) in Needed)
        {
            foreach (var (scopes, (key, _)) in Keys)
            {
                var expected = needed == Open || scopes.Split('+').Contains(needed);
                var (status, code) = await CallAsync(endpoint, ("X-API-Key", key));
                if (expected == status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (!expected && code is not (null or "scope_missing")))
                {
                    wrong.Add($"{endpoint} with {scopes}: {status} {code}");
                }
            }

            clock.Step += TimeSpan.FromMinutes(2);
            foreach (var (header, value, expected) in new[] { ((string?)null, "", "key_missing"), ("X-API-Key", "dk_wrong", "key_unknown"), ("Authorization", "Bearer dk_wrong", "key_unknown"), ("Authorization", "Basic dGVzdA==", "key_missing") })
            {
                var (status, code) = await CallAsync(endpoint, header is null ? null : (header, value));
                if ((status == HttpStatusCode.Unauthorized) != (needed != Open) || (needed != Open && code is not null && code != expected))
                {
                    wrong.Add($"{endpoint} with {header} {value}: {status} {code}");
                }
            }
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCase(null, HttpStatusCode.Unauthorized, "key_missing")]
    [TestCase("read", HttpStatusCode.Forbidden, "scope_missing")]
    [TestCase("write", HttpStatusCode.MethodNotAllowed, "method_not_allowed")]
    public async Task Endpoint_WithoutAPolicyOfItsOwn_FollowsTheRuleOfMethods(string? scopes, HttpStatusCode status, string code) =>
        Assert.That(await CallAsync("PUT /api/v1/tts", scopes is null ? null : ("X-API-Key", Keys[scopes].Key)), Is.EqualTo((status, code)));

    [TestCase("GET /nowhere", HttpStatusCode.NotFound)]
    [TestCase("GET /health/live", HttpStatusCode.OK)]
    [TestCase("GET /docs/index.html", HttpStatusCode.OK)]
    public async Task WrongKeys_WhereNoneIsNeeded_AreNotLookedAt(string endpoint, HttpStatusCode status)
    {
        for (var i = 0; i <= FailedKeyThrottle.MaxPerMinute; i++)
        {
            Assert.That((await CallAsync(endpoint, ("X-API-Key", "dk_wrong"))).Status, Is.EqualTo(status));
        }

        Assert.That((await CallAsync("GET /api/v1/tts", ("X-API-Key", Keys["read"].Key))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Keys_AreTakenFromEitherHeader_AndSeveralAreGoodAtOnce()
    {
        foreach (var (key, _) in new[] { Keys["read"], Keys["read+write+admin"] })
        {
            Assert.That((await CallAsync("GET /api/v1/tts", ("X-API-Key", key))).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync("GET /api/v1/tts", ("Authorization", $"bearer {key}"))).Status, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task WrongKeys_AfterSomeInAMinute_ShutTheDoorForTheAddress_AlsoToTheRightOne()
    {
        for (var i = 0; i < FailedKeyThrottle.MaxPerMinute; i++)
        {
            Assert.That((await CallAsync("GET /api/v1/tts", ("X-API-Key", $"dk_guess_{i}"))).Code, Is.EqualTo("key_unknown"));
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tts") { Headers = { { "X-API-Key", Keys["read"].Key } } };
        using var shut = await server.Http.SendAsync(request);
        Assert.That((shut.StatusCode, shut.Headers.RetryAfter!.Delta), Is.EqualTo((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1))));
        Assert.That((await CallAsync("GET /health/ready", null)).Status, Is.EqualTo(HttpStatusCode.OK), "probes go on");

        clock.Step += TimeSpan.FromMinutes(1);
        Assert.That((await CallAsync("GET /api/v1/tts", ("X-API-Key", Keys["read"].Key))).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Refusals_AreDocumentedErrors_AndNothingOfAKeyIsLogged()
    {
        using var missing = await server.Http.GetAsync("/api/v1/items");
        using var lacking = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/stats/tts") { Headers = { { "X-API-Key", Keys["read"].Key } } });
        await CallAsync("GET /api/v1/items", ("X-API-Key", "dk_a_wrong_and_secret_key"));
        Assert.Multiple(async () =>
        {
            foreach (var (response, id) in new[] { (missing, "ListItems"), (lacking, "GetTtsStats") })
            {
                Assert.That(ApiDocument.Golden.Operation(id).Misfits((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType, [], await response.Content.ReadAsStringAsync()), Is.Empty);
            }

            Assert.That(missing.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Bearer"));
            Assert.That(string.Join("\n", server.Log.Lines), Does.Contain("wrong API key").And.Not.Contains("dk_"));
        });
    }

    [Test]
    public async Task WithoutKeys_OnLoopback_EverybodyMayDoEverything()
    {
        await using var without = new DictationServer();
        Assert.That((await without.GetAsync("/api/v1/tts/statistics")).Number("total_tasks"), Is.Zero);
    }

    [TestCase("", "no API key is set")]
    [TestCase("just-a-key", "entry 1 is not 'name:scopes:hash'")]
    [TestCase("a:read:secret", "entry 1 is not 'name:scopes:hash'")]
    [TestCase("a:root:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "entry 1 is not 'name:scopes:hash'")]
    [TestCase("a:read:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef,a:write:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "two keys are called 'a'")]
    public async Task Start_WhereOthersCanReachIt_WithoutGoodKeys_IsRefused(string keys, string sentence)
    {
        using var directory = new TemporaryDirectory();
        var (code, output) = await ServerProcess.RunToEndAsync(directory.Path, new() { ["HOST"] = "0.0.0.0", ["API_KEYS"] = keys });
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("Dictation cannot start. ").And.Contains(sentence).And.Not.Contains("secret").And.Not.Contains("   at "));
    }

    [TestCase("localhost", false, false, true)]
    [TestCase("127.0.0.1", false, false, true)]
    [TestCase("127.8.8.8", false, false, true)]
    [TestCase("::1", false, false, true)]
    [TestCase("[::1]", false, false, true)]
    [TestCase("0.0.0.0", false, false, false)]
    [TestCase("::", false, false, false)]
    [TestCase("*", false, false, false)]
    [TestCase("192.168.0.7", false, false, false)]
    [TestCase("speech.example.org", false, false, false)]
    [TestCase("localhost.example.org", false, false, false)]
    [TestCase("0.0.0.0", true, false, true)]
    [TestCase("0.0.0.0", false, true, true)]
    public void Door_IsOpenWithoutKeys_OnlyToThisMachine_OrWhenToldSo(string host, bool withKeys, bool told, bool starts)
    {
        var options = new AuthOptions { AllowAnonymousFromAnywhere = told };
        Assert.That(() => options.EnsureLoopbackOrKeys(host, ApiKeys.Parse(withKeys ? Setting : "")), starts ? Throws.Nothing : Throws.TypeOf<Application.StartupException>());
    }

    [Test]
    public async Task KeysNew_OfTheProgram_PrintsAKeyAndTheSettingThatTakesIt()
    {
        var (code, output, _) = await ChildProgram.RunAsync("dotnet", [typeof(Program).Assembly.Location, "keys", "new", "website", "read+write"]);
        var (key, setting) = output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var first, var second] ? (first, second) : throw new AssertionException(output);
        var found = ApiKeys.Parse(setting).Find(key);
        Assert.That((code, found?.Name, found?.Scopes), Is.EqualTo((0, "website", Scopes.Read | Scopes.Write)));
        Assert.That(setting, Does.Not.Contain(key["dk_".Length..]));

        (code, output, var error) = await ChildProgram.RunAsync("dotnet", [typeof(Program).Assembly.Location, "keys", "new", "bad name", "read"]);
        Assert.That((code, output), Is.EqualTo((2, "")));
        Assert.That(error, Does.Contain("a name has up to 64 letters"));
    }

    [Test]
    public void Keys_AreNeverTheSame_AndFindNobodyElse()
    {
        var many = Enumerable.Range(0, 50).Select(i => ApiKeys.New($"k{i}", "read")).ToList();
        var keys = ApiKeys.Parse(string.Join(',', many.Select(m => m.Setting)));
        Assert.That(many.Select(m => keys.Find(m.Key)!.Name), Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"k{i}")));
        Assert.That(keys.Find("") ?? keys.Find("dk_") ?? keys.Find(many[0].Key.ToUpperInvariant()), Is.Null);
    }

    private static IEnumerable<string> Routes(DictationServer server) => server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
            .Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/').Replace(":long", "", StringComparison.Ordinal)}"));

    /// <summary>Asks an endpoint for something that is not there, or wrongly: what counts is whether it gets past the door.</summary>
    private async Task<(HttpStatusCode Status, string? Code)> CallAsync(string endpoint, (string Name, string Value)? header)
    {
        var (method, path) = endpoint.Split(' ') is [var m, var p] ? (m, p) : throw new ArgumentException(endpoint);
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", "999999", StringComparison.Ordinal).Replace("{conversion_id}", "unknown", StringComparison.Ordinal));
        request.Content = method is "POST" or "PATCH" ? JsonContent.Create(new { dry_run = true }) : null;
        if (header is { } given)
        {
            request.Headers.TryAddWithoutValidation(given.Name, given.Value);
        }

        using var response = await server.Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, (int)response.StatusCode < 400 || body.Length == 0 ? null : JsonNode.Parse(body)!["code"]?.GetValue<string>());
    }

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Step;
    }
}
