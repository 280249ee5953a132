using Microsoft.AspNetCore.Authorization;

namespace Dictation.WebApi.Auth;

/// <summary>Which scope an action needs, where its method does not tell.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScopeAttribute(Scopes scope) : Attribute
{
    public Scopes Scope { get; } = scope;

    /// <summary>
    /// What looks needs <see cref="Scopes.Read"/>, what changes <see cref="Scopes.Write"/>, what deletes <see cref="Scopes.Admin"/>; null for
    /// what is open to all. An endpoint that nobody thought about needs a key.
    /// </summary>
    public static Scopes? Of(IEnumerable<object> metadata, string method) =>
        Of(metadata.OfType<IAllowAnonymous>().Any(), metadata.OfType<ScopeAttribute>().LastOrDefault(), method);

    /// <inheritdoc cref="Of(IEnumerable{object}, string)"/>
    public static Scopes? Of(EndpointMetadataCollection metadata, string method) =>
        Of(metadata.GetMetadata<IAllowAnonymous>() is not null, metadata.GetMetadata<ScopeAttribute>(), method);

    private static Scopes? Of(bool isOpen, ScopeAttribute? own, string method) =>
        isOpen ? null
        : own is { Scope: var scope } ? scope
        : HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? Scopes.Read
        : HttpMethods.IsDelete(method) ? Scopes.Admin
        : Scopes.Write;
}
