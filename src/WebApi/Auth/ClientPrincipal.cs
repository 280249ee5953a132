using System.Security.Claims;

namespace Dictation.WebApi.Auth;

/// <summary>The user of a request: the name of an API key or the subject of a token, and one claim per scope.</summary>
internal static class ClientPrincipal
{
    public const string ScopeClaim = "scope";
    private const string NameClaim = "name";

    /// <param name="scheme">The authentication scheme, which tells a key and a token of the same name apart.</param>
    public static ClaimsPrincipal Create(string scheme, string name, Scopes scopes)
    {
        var claims = new List<Claim> { new(NameClaim, name) };
        foreach (var scope in ScopeNames.All)
        {
            if (scopes.HasFlag(scope))
            {
                claims.Add(new Claim(ScopeClaim, scope.ToName()));
            }
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, NameClaim, roleType: null));
    }

    /// <summary>The scopes in words, such as <c>read, write</c>.</summary>
    public static string DescribeScopes(this ClaimsPrincipal user) =>
        user.FindAll(ScopeClaim).Select(c => c.Value).ToList() is { Count: > 0 } scopes ? string.Join(", ", scopes) : "none";
}
