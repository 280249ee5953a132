using Microsoft.AspNetCore.Authorization;

namespace Dictation.WebApi.Auth;

/// <summary>
/// Decides which scope an endpoint needs. GET and HEAD need <c>read</c>, DELETE needs <c>admin</c>, every other method <c>write</c>, unless
/// the endpoint has its own <see cref="AuthorizeAttribute"/> or <see cref="AllowAnonymousAttribute"/>.
/// </summary>
internal static class ScopePolicies
{
    public static string ForMethod(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? ScopeNames.Read
        : HttpMethods.IsDelete(method) ? ScopeNames.Admin
        : ScopeNames.Write;

    /// <summary>The scope that an endpoint needs by its metadata; null if it is open.</summary>
    public static string? FromMetadata(IEnumerable<object> metadata, string method)
    {
        var all = metadata.ToList();
        return all.OfType<IAllowAnonymous>().Any() ? null : all.OfType<IAuthorizeData>().LastOrDefault()?.Policy ?? ForMethod(method);
    }

    /// <summary>Whether a request needs no key: there is no endpoint, or it allows anonymous requests.</summary>
    public static bool IsOpen(HttpContext context) => context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>Adds a policy per scope. Endpoints without a policy follow their method, also those that routing makes itself (405, 415).</summary>
    public static void AddScopes(this AuthorizationOptions options)
    {
        foreach (var scope in ScopeNames.All.Select(s => s.ToName()))
        {
            options.AddPolicy(scope, p => p.AddRequirements(new ScopeRequirement(scope)));
        }

        options.DefaultPolicy = options.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new ScopeRequirement(name: null)).Build();
    }
}
