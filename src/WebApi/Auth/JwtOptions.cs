using System.ComponentModel.DataAnnotations;

namespace Dictation.WebApi.Auth;

/// <summary>The section <c>Auth:Jwt</c>: whose tokens the service accepts.</summary>
public sealed class JwtOptions
{
    private const string Section = "Auth:Jwt";

    /// <summary>The issuer's address, which serves <c>.well-known/openid-configuration</c>; empty for no tokens.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The name of this service in the issuer's tokens.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim that holds the scopes, as one text separated by spaces or as several claims.</summary>
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>Whether the issuer must be reached by https.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>Whether tokens are accepted.</summary>
    public bool IsEnabled => Authority.Length > 0;

    internal IEnumerable<ValidationResult> Validate()
    {
        if (!IsEnabled)
        {
            if (Audience.Length > 0)
            {
                yield return Wrong(nameof(Authority), "is missing: set the issuer's address, or remove Auth:Jwt:Audience.");
            }

            yield break;
        }

        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            yield return Wrong(nameof(Authority), "must be an address such as https://login.example.org/realms/school.");
        }
        else if (RequireHttps && address.Scheme != Uri.UriSchemeHttps)
        {
            yield return Wrong(nameof(Authority), "must start with https://. Over http anybody on the way could replace the issuer's keys; set Auth:Jwt:RequireHttps to false to accept that.");
        }

        if (string.IsNullOrWhiteSpace(Audience))
        {
            yield return Wrong(nameof(Audience), "is missing: without it, tokens that the issuer made for other services would be accepted here.");
        }

        if (string.IsNullOrWhiteSpace(ScopeClaim))
        {
            yield return Wrong(nameof(ScopeClaim), "must name a claim, such as scope or scp.");
        }
    }

    private static ValidationResult Wrong(string name, string sentence) => new($"{Section}:{name} {sentence}", [name]);
}
