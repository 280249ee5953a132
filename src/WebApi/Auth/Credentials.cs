namespace Dictation.WebApi.Auth;

/// <summary>Reads what a request presents to be let in.</summary>
internal static class Credentials
{
    public const string KeyHeader = "X-API-Key";
    private const string BearerPrefix = "Bearer ";

    public static string? Key(HttpRequest request) => request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key : null;

    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization is [{ } value]
        && value.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase)
        && value[BearerPrefix.Length..].Trim() is { Length: > 0 } token ? token : null;

    /// <summary>Whether the text has the form of a signed JWT: three parts separated by dots.</summary>
    public static bool IsJwt(string token) => token.AsSpan().Count('.') == 2;
}
