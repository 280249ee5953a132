using Microsoft.AspNetCore.Authorization;

namespace Dictation.WebApi.Auth;

/// <summary>Lets everybody do everything. Registered only if the operator has set neither keys nor a token issuer.</summary>
internal sealed class AllowEverybody : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        foreach (var requirement in context.PendingRequirements.ToList())
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
