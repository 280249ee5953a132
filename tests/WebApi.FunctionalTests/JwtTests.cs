using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dictation.WebApi.Auth;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Tokens of an identity provider, beside keys and instead of them.</summary>
public sealed class JwtTests
{
    private static readonly (string Key, string Setting) Key = ApiKeys.New("reader", "read");

    /// <summary>An endpoint per scope.</summary>
    private static readonly Dictionary<string, string> Endpoints = new()
    {
        ["read"] = "GET /api/v1/tts",
        ["write"] = "POST /api/v1/tts/convert",
        ["admin"] = "GET /api/v1/tts/statistics",
        ["metrics"] = "GET /metrics",
    };

    private TokenIssuer issuer = null!;
    private DictationServer server = null!;

    [OneTimeSetUp]
    public async Task StartServers()
    {
        issuer = await TokenIssuer.StartAsync();
        server = new DictationServer(new(issuer.Settings) { ["API_KEYS"] = Key.Setting });
    }

    [OneTimeTearDown]
    public async Task StopServers()
    {
        await server.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [TestCase("read")]
    [TestCase("write")]
    [TestCase("admin")]
    [TestCase("metrics")]
    [TestCase("read write")]
    [TestCase("read write admin metrics")]
    [TestCase("other")]
    public async Task Token_WithScopes_OpensWhatTheyOpenAndNothingElse(string scopes)
    {
        var token = await issuer.GetTokenAsync(scopes);
        foreach (var (scope, endpoint) in Endpoints)
        {
            var answer = await CallAsync(server, endpoint, token);
            Assert.That(
                (answer.Status is HttpStatusCode.Forbidden, answer.Code),
                Is.EqualTo(scopes.Split(' ').Contains(scope) ? (false, answer.Status == HttpStatusCode.OK ? null : "validation_failed") : (true, "scope_missing")),
                endpoint);
        }
    }

    [Test]
    public async Task Token_WithoutTheScope_IsToldWhichOneAndWhatItHas()
    {
        var (_, _, body) = await CallAsync(server, Endpoints["admin"], await issuer.GetTokenAsync("write read"));
        Assert.That((body!.Text("error"), body!.Text("detail")), Is.EqualTo(("This token lacks the scope 'admin'.", "It has: read, write. Use one that has it, or ask the operator.")));
    }

    [Test]
    public async Task Tokens_ThatAreNotValid_Are401TokenInvalid()
    {
        var good = await issuer.GetTokenAsync("read");
        var parts = good.Split('.');
        await using var stranger = await TokenIssuer.StartAsync();
        Dictionary<string, object> claims = new() { ["sub"] = "website", ["scope"] = "read" };
        var wrong = new Dictionary<string, string>
        {
            ["another audience"] = await issuer.GetTokenAsync("read", audience: "another"),
            ["an issuer that is not configured"] = await stranger.GetTokenAsync("read"),
            ["another issuer's name under the right key"] = issuer.Sign(claims, issuer: stranger.Authority),
            ["the right issuer's name under another key"] = stranger.Sign(claims, issuer: $"{issuer.Authority}/"),
            ["expired"] = issuer.Sign(claims, age: TimeSpan.FromMinutes(10)),
            ["not valid yet"] = issuer.Sign(claims, age: TimeSpan.FromMinutes(-10)),
            ["a tampered signature"] = $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}",
            ["tampered claims"] = $"{parts[0]}.{Encode(Decode(parts[1]).Replace("\"read\"", "\"admin\"", StringComparison.Ordinal))}.{parts[2]}",
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["algorithm none"] = $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.",
            ["algorithm none with the old signature"] = $"{Encode("""{"alg":"none","typ":"at+jwt"}""")}.{parts[1]}.{parts[2]}",
            ["no JSON"] = "a.b.c",
            ["nothing but dots"] = "..",
        };
        Assert.That((await CallAsync(server, Endpoints["read"], good)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await CallAsync(server, Endpoints["read"], issuer.Sign(claims))).Status, Is.EqualTo(HttpStatusCode.OK), "the tests' own tokens are good otherwise");
        foreach (var (name, token) in wrong)
        {
            using var response = await SendAsync(server, Endpoints["read"], token);
            var body = await response.Content.ReadFromJsonAsync<JsonNode>();
            Assert.That(
                (response.StatusCode, body!.Text("code"), response.Headers.WwwAuthenticate.ToString(), response.Content.Headers.ContentType!.MediaType),
                Is.EqualTo((HttpStatusCode.Unauthorized, "token_invalid", "Bearer error=\"invalid_token\"", "application/problem+json")),
                name);
        }

        // A wrong token is no guess at a key: it shuts nobody out.
        Assert.That((await CallAsync(server, Endpoints["read"], good)).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(string.Join('\n', server.Log.Lines), Does.Not.Contain(parts[1]));
    }

    [Test]
    public async Task Token_ThatExpires_IsRefusedAfterItsLifetime()
    {
        var token = await issuer.GetTokenAsync("read", lifetime: TimeSpan.FromMinutes(-2));
        Assert.That((await CallAsync(server, Endpoints["read"], token)).Code, Is.EqualTo("token_invalid"));
    }

    [Test]
    public async Task KeyAndToken_SideBySide_OpenEach_AndTheKeyDecidesWhereBothAreSent()
    {
        var token = await issuer.GetTokenAsync("admin");
        Assert.Multiple(async () =>
        {
            Assert.That((await CallAsync(server, Endpoints["read"], Key.Key)).Status, Is.EqualTo(HttpStatusCode.OK), "a key as a bearer token");
            Assert.That((await CallAsync(server, Endpoints["admin"], token)).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync(server, Endpoints["read"], token, Key.Key)).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync(server, Endpoints["admin"], token, Key.Key)).Code, Is.EqualTo("scope_missing"));
            Assert.That((await CallAsync(server, Endpoints["admin"], token, "dk_wrong")).Code, Is.EqualTo("key_unknown"));
            Assert.That((await CallAsync(server, Endpoints["read"], "dk_wrong")).Code, Is.EqualTo("key_unknown"));
        });
    }

    [Test]
    public async Task Anonymous_WithoutKeysButWithAnIssuer_Is401_AndTokensWork()
    {
        await using var tokensOnly = new DictationServer(issuer.Settings);
        using var response = await SendAsync(tokensOnly, Endpoints["read"], bearer: null);
        var body = await response.Content.ReadFromJsonAsync<JsonNode>();
        Assert.Multiple(async () =>
        {
            Assert.That((response.StatusCode, body!.Text("code"), response.Headers.WwwAuthenticate.ToString()), Is.EqualTo((HttpStatusCode.Unauthorized, "key_missing", "Bearer")));
            Assert.That((body!.Text("error"), body!.Text("detail")), Is.EqualTo(("This needs an API key or a token.", "Send it as 'X-API-Key: <key>' or 'Authorization: Bearer <key or token>'.")));
            Assert.That((await CallAsync(tokensOnly, Endpoints["read"], await issuer.GetTokenAsync("read"))).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync(tokensOnly, Endpoints["read"], "dk_wrong")).Code, Is.EqualTo("key_unknown"));
            Assert.That((await CallAsync(tokensOnly, "GET /health/live", "a.b.c")).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync(tokensOnly, "GET /nowhere", null)).Code, Is.EqualTo("route_not_found"));
        });
    }

    [Test]
    public async Task Token_WithoutAnIssuer_IsAKeyThatIsNotKnown()
    {
        await using var keysOnly = new DictationServer(new() { ["API_KEYS"] = Key.Setting });
        Assert.That((await CallAsync(keysOnly, Endpoints["read"], await issuer.GetTokenAsync("read"))).Code, Is.EqualTo("key_unknown"));
    }

    [Test]
    public async Task ScopeClaim_OfAnotherName_MayBeSeveralClaims()
    {
        await using var other = new DictationServer(new(issuer.Settings) { ["Auth:Jwt:ScopeClaim"] = "scp" });
        var token = issuer.Sign(new() { ["sub"] = "website", ["scp"] = new[] { "read", "metrics" }, ["scope"] = "admin" });
        Assert.Multiple(async () =>
        {
            Assert.That((await CallAsync(other, Endpoints["read"], token)).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync(other, Endpoints["metrics"], token)).Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((await CallAsync(other, Endpoints["admin"], token)).Code, Is.EqualTo("scope_missing"));
        });
    }

    [Test]
    public async Task Requests_BeyondTheRate_AreRefusedPerSubject_AndNotTheKeyOfTheSameName()
    {
        await using var limited = new DictationServer(new(issuer.Settings) { ["API_KEYS"] = Key.Setting, ["Limits:RequestsPerMinute"] = "1" });
        var (one, two) = (await issuer.GetTokenAsync("read", client: "reader"), await issuer.GetTokenAsync("read", client: "other"));
        var statuses = new List<HttpStatusCode>();
        foreach (var bearer in new[] { one, one, two, Key.Key })
        {
            statuses.Add((await CallAsync(limited, Endpoints["read"], bearer)).Status);
        }

        Assert.That(statuses, Is.EqualTo(new[] { HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK }));
    }

    [Test]
    public async Task Issuer_ThatCannotBeReached_Is503_UntilItCan()
    {
        var gone = await TokenIssuer.StartAsync();
        var (settings, authority) = (gone.Settings, gone.Authority);
        await gone.DisposeAsync();
        await using var waiting = new DictationServer(new(settings) { ["API_KEYS"] = Key.Setting });
        using var refused = await SendAsync(waiting, Endpoints["read"], await issuer.GetTokenAsync("read"));
        Assert.Multiple(async () =>
        {
            Assert.That((refused.StatusCode, refused.Headers.RetryAfter!.Delta), Is.EqualTo((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5))));
            Assert.That((await refused.Content.ReadFromJsonAsync<JsonNode>())!.Text("code"), Is.EqualTo("token_issuer_unavailable"));
            Assert.That((await CallAsync(waiting, Endpoints["read"], Key.Key)).Status, Is.EqualTo(HttpStatusCode.OK), "keys need no issuer");
        });

        await using var back = await TokenIssuer.StartAsync(authority);
        var token = await back.GetTokenAsync("read");
        await Eventually.HoldsAsync(async () => (await CallAsync(waiting, Endpoints["read"], token)).Status == HttpStatusCode.OK, "tokens are checked again");
    }

    [TestCase("login.example.org", "dictation", "true", "scope", "Auth:Jwt:Authority must be an address")]
    [TestCase("ftp://login.example.org", "dictation", "true", "scope", "Auth:Jwt:Authority must be an address")]
    [TestCase("http://login.example.org", "dictation", "true", "scope", "Auth:Jwt:Authority must start with https://")]
    [TestCase("https://login.example.org", "", "true", "scope", "Auth:Jwt:Audience is missing")]
    [TestCase("", "dictation", "true", "scope", "Auth:Jwt:Authority is missing")]
    [TestCase("https://login.example.org", "dictation", "true", " ", "Auth:Jwt:ScopeClaim must name a claim")]
    [TestCase("https://login.example.org", "dictation", "perhaps", "scope", "Auth:Jwt:RequireHttps")]
    public async Task Start_WithWrongSettings_IsRefusedInASentence(string authority, string audience, string https, string scopeClaim, string sentence)
    {
        using var directory = new TemporaryDirectory();
        var (code, output) = await ServerProcess.RunToEndAsync(directory.Path, new()
        {
            ["Auth__Jwt__Authority"] = authority,
            ["Auth__Jwt__Audience"] = audience,
            ["Auth__Jwt__RequireHttps"] = https,
            ["Auth__Jwt__ScopeClaim"] = scopeClaim,
        });
        Assert.That(code, Is.EqualTo(1), output);
        Assert.That(output, Does.StartWith("Dictation cannot start. ").And.Contains(sentence).And.Not.Contains("   at "));
    }

    [Test]
    public void EnsureLoopbackOrKeys_WithAnIssuer_LetsOthersReachTheService()
    {
        var options = new AuthOptions { Jwt = new JwtOptions { Authority = "https://login.example.org", Audience = "dictation" } };
        Assert.That(() => options.EnsureLoopbackOrKeys("0.0.0.0", ApiKeys.Parse("")), Throws.Nothing);
    }

    private static string Decode(string part) => Encoding.UTF8.GetString(Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '=')));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static async Task<HttpResponseMessage> SendAsync(DictationServer server, string endpoint, string? bearer, string? key = null)
    {
        var (method, path) = endpoint.Split(' ') is [var m, var p] ? (m, p) : throw new ArgumentException(endpoint);
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "POST" ? JsonContent.Create(new { }) : null };
        if (bearer is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {bearer}");
        }

        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        return await server.Http.SendAsync(request);
    }

    private static async Task<(HttpStatusCode Status, string? Code, JsonNode? Body)> CallAsync(DictationServer server, string endpoint, string? bearer, string? key = null)
    {
        using var response = await SendAsync(server, endpoint, bearer, key);
        var body = response.IsSuccessStatusCode ? null : await response.Content.ReadFromJsonAsync<JsonNode>();
        return (response.StatusCode, body?["code"]?.GetValue<string>(), body);
    }
}
