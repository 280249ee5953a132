using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>An identity provider on loopback: OpenIddict with the client credentials flow, without a database.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "dictation";
    private const string Secret = "secret";

    // Parameters of the tests' own token requests.
    private const string AudienceParameter = "test_audience";
    private const string LifetimeParameter = "test_lifetime";

    private readonly WebApplication app;
    private readonly HttpClient http = new();
    private readonly RSA rsa = RSA.Create(2048);

    private TokenIssuer(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(options =>
        {
            // Degraded mode: no stores of applications and tokens.
            options.EnableDegradedMode().AllowClientCredentialsFlow().SetTokenEndpointUris("connect/token");
            options.AddEphemeralEncryptionKey().AddSigningKey(Key).DisableAccessTokenEncryption();
            options.RegisterScopes("read", "write", "admin", "metrics", "other");
            options.UseAspNetCore().DisableTransportSecurityRequirement();
            options.AddEventHandler<ValidateTokenRequestContext>(b => b.UseInlineHandler(context =>
            {
                if (context.ClientSecret != Secret)
                {
                    context.Reject(OpenIddictConstants.Errors.InvalidClient);
                }

                return ValueTask.CompletedTask;
            }));
            options.AddEventHandler<HandleTokenRequestContext>(b => b.UseInlineHandler(context =>
            {
                context.SignIn(SignIn(context.Request));
                return ValueTask.CompletedTask;
            }));
        });
        app = builder.Build();
        app.Urls.Add(url);
        app.UseAuthentication();
    }

    public string Authority => app.Urls.Single();

    /// <summary>What the service under test needs to accept tokens of this issuer.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["Auth:Jwt:Authority"] = Authority,
        ["Auth:Jwt:Audience"] = Audience,
        ["Auth:Jwt:RequireHttps"] = "false",
    };

    private RsaSecurityKey Key => new(rsa) { KeyId = "test" };

    /// <param name="url">Port 0 takes any free port.</param>
    public static async Task<TokenIssuer> StartAsync(string url = "http://127.0.0.1:0")
    {
        var issuer = new TokenIssuer(url);
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>Asks for a token as a client does.</summary>
    public async Task<string> GetTokenAsync(string scopes, string client = "website", string audience = Audience, TimeSpan? lifetime = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = GrantTypes.ClientCredentials,
            ["client_id"] = client,
            ["client_secret"] = Secret,
            ["scope"] = scopes,
            [AudienceParameter] = audience,
            [LifetimeParameter] = $"{(lifetime ?? TimeSpan.FromMinutes(5)).TotalSeconds:F0}",
        });
        using var response = await http.PostAsync($"{Authority}/connect/token", form);
        var answer = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        return answer["access_token"]?.GetValue<string>() ?? throw new InvalidOperationException($"{response.StatusCode}: {answer}");
    }

    /// <summary>Signs a token with the issuer's own key that the issuer itself would not make.</summary>
    public string Sign(Dictionary<string, object> claims, string? issuer = null, TimeSpan? age = null)
    {
        var issuedAt = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? $"{Authority}/",
            Audience = Audience,
            IssuedAt = issuedAt,
            NotBefore = issuedAt,
            Expires = issuedAt + TimeSpan.FromMinutes(5),
            Claims = claims,
            SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.RsaSha256),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        http.Dispose();
        rsa.Dispose();
    }

    private static ClaimsPrincipal SignIn(OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity("issuer");
        identity.SetClaim(Claims.Subject, request.ClientId);
        identity.SetScopes(request.GetScopes());
        identity.SetAudiences((string?)request[AudienceParameter] ?? "");
        identity.SetAccessTokenLifetime(TimeSpan.FromSeconds((long?)request[LifetimeParameter] ?? 0));
        return new ClaimsPrincipal(identity);
    }
}
