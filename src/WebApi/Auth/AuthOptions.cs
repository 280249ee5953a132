using System.Net;
using Dictation.Application;

namespace Dictation.WebApi.Auth;

/// <summary>The section <c>Auth</c>.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary><c>name:scopes:hash</c>, several separated by commas; empty for none.</summary>
    public string Keys { get; set; } = "";

    /// <summary>Whether the service may listen on any address without keys.</summary>
    public bool AllowAnonymousFromAnywhere { get; set; }

    /// <summary>Without keys the service is for this machine alone.</summary>
    /// <exception cref="StartupException">Others could reach it, and nobody said that they may.</exception>
    public void CheckDoor(string host, ApiKeys keys)
    {
        var local = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        if (!local && !keys.Required && !AllowAnonymousFromAnywhere)
        {
            throw new StartupException(
                $"HOST is '{host}', where others can reach the service, and no API key is set: everybody could read and delete everything. Set API_KEYS "
                + "(make a key with: dotnet run --project src/WebApi -- keys new <name> <scopes>), or set Auth:AllowAnonymousFromAnywhere to true if that is what you want.");
        }
    }
}
