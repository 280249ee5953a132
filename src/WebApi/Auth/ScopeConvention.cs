using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ActionConstraints;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Dictation.WebApi.Auth;

/// <summary>Gives each action that does not say otherwise the policy of its method.</summary>
internal sealed class ScopeConvention : IActionModelConvention
{
    public void Apply(ActionModel action)
    {
        if (action.Attributes.Concat(action.Controller.Attributes).Any(a => a is IAuthorizeData or IAllowAnonymous))
        {
            return;
        }

        foreach (var selector in action.Selectors)
        {
            var methods = selector.ActionConstraints.OfType<HttpMethodActionConstraint>().SelectMany(c => c.HttpMethods);

            // An action of several methods with different scopes gets the default policy, which looks at the request's method.
            var policies = methods.Select(ScopePolicies.ForMethod).Distinct().ToList();
            selector.EndpointMetadata.Add(new AuthorizeAttribute { Policy = policies is [var only] ? only : null });
        }
    }
}
