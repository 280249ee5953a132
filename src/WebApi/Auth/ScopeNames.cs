namespace Dictation.WebApi.Auth;

/// <summary>The scopes' names: in keys, in tokens, in answers, and as names of the authorization policies.</summary>
internal static class ScopeNames
{
    public const string Read = "read";
    public const string Write = "write";
    public const string Admin = "admin";
    public const string Metrics = "metrics";

    public static IReadOnlyList<Scopes> All { get; } = [Scopes.Read, Scopes.Write, Scopes.Admin, Scopes.Metrics];

    public static string ToName(this Scopes scope) => scope switch
    {
        Scopes.Read => Read,
        Scopes.Write => Write,
        Scopes.Admin => Admin,
        Scopes.Metrics => Metrics,
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "Only a single scope has a name."),
    };
}
