using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Dictation.WebApi.Auth;

/// <summary>Answers 403 in the one shape of errors. A 401 comes from the scheme that is challenged.</summary>
internal sealed class AuthorizationErrors : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _default = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult.Forbidden ? WriteForbiddenAsync(context, authorizeResult) : _default.HandleAsync(next, context, policy, authorizeResult);

    private static Task WriteForbiddenAsync(HttpContext context, PolicyAuthorizationResult result)
    {
        var missing = result.AuthorizationFailure?.FailedRequirements.OfType<ScopeRequirement>().FirstOrDefault();
        var credential = context.User.Identity?.AuthenticationType == ApiKeyHandler.SchemeName ? "API key" : "token";
        return missing is null
            ? ErrorWriter.WriteStatusAsync(context, StatusCodes.Status403Forbidden)
            : ErrorWriter.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                "scope_missing",
                $"This {credential} lacks the scope '{missing.NameFor(context)}'.",
                $"It has: {context.User.DescribeScopes()}. Use one that has it, or ask the operator.");
    }
}
