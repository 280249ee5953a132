using System.ComponentModel.DataAnnotations;
using System.Net;
using Dictation.Application;

namespace Dictation.WebApi.Auth;

/// <summary>The section <c>Auth</c>.</summary>
public sealed class AuthOptions : IValidatableObject
{
    public const string Section = "Auth";

    /// <summary><c>name:scopes:hash</c>, several separated by commas; empty for none.</summary>
    public string Keys { get; set; } = "";

    /// <summary>Whether the service may listen on any address without keys.</summary>
    public bool AllowAnonymousFromAnywhere { get; set; }

    /// <summary>Tokens of an identity provider, beside keys or instead of them.</summary>
    public JwtOptions Jwt { get; set; } = new();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Jwt.Validate();

    /// <summary>Without keys and tokens the service is for this machine alone.</summary>
    /// <exception cref="StartupException">Others can reach the service, and no setting allows that.</exception>
    public void EnsureLoopbackOrKeys(string host, ApiKeys keys)
    {
        var local = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        if (!local && !keys.Required && !Jwt.IsEnabled && !AllowAnonymousFromAnywhere)
        {
            throw new StartupException(
                $"HOST is '{host}', where others can reach the service, and no API key is set: everybody could read and delete everything. Set API_KEYS "
                + "(make a key with: dotnet run --project src/WebApi -- keys new <name> <scopes>), or Auth:Jwt:Authority if an identity provider gives out tokens, "
                + "or set Auth:AllowAnonymousFromAnywhere to true if that is what you want.");
        }
    }
}
