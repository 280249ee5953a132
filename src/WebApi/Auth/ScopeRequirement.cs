using Microsoft.AspNetCore.Authorization;

namespace Dictation.WebApi.Auth;

/// <summary>Needs a scope.</summary>
/// <param name="name">The scope; null for the one that follows from the request's method.</param>
internal sealed class ScopeRequirement(string? name) : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public string NameFor(HttpContext context) => name ?? ScopePolicies.ForMethod(context.Request.Method);

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        // The fallback policy also sees requests without an endpoint. They get 404, with and without a key.
        if (context.Resource is HttpContext http && (http.GetEndpoint() is null || context.User.HasClaim(ClientPrincipal.ScopeClaim, requirement.NameFor(http))))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
