using Dictation.Application;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Dictation.WebApi.Configuration;

/// <summary>Whose pages may call the service from a browser; nobody's unless the operator says.</summary>
internal sealed class CorsOrigins
{
    private readonly string[] _origins;

    private CorsOrigins(string[] origins) => _origins = origins;

    /// <param name="setting">Origins such as <c>https://learn.example.org</c>, separated by commas, or <c>*</c> for all.</param>
    /// <exception cref="StartupException">One is no origin.</exception>
    public static CorsOrigins Parse(string? setting)
    {
        var origins = (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return origins is ["*"] || origins.All(IsOrigin)
            ? new CorsOrigins(origins)
            : throw new StartupException(
                $"Cors:Origins (CORS_ORIGINS) is '{setting}'; it must be origins such as https://learn.example.org (scheme, host and port, nothing after it), separated by commas, or * alone.");
    }

    public void Apply(CorsPolicyBuilder policy) => policy
        .WithOrigins(_origins)
        .AllowAnyHeader()
        .AllowAnyMethod()
        .WithExposedHeaders("Content-Disposition", "ETag", "Link", "Location", "Retry-After", "X-Total-Count");

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority) == text.TrimEnd('/') && !text.EndsWith('/');
}
