using Dictation.WebApi.Configuration;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi;

/// <summary>Tells browsers to take answers for what they are, and to put them into nobody's page.</summary>
internal static class SecurityHeaders
{
    private const string Nothing = "default-src 'none'; frame-ancestors 'none'";

    // Swagger UI: its own scripts; styles and pictures that it writes into the page; the audio that it offers to save.
    private const string DocumentationPage =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var page = new PathString(app.Services.GetRequiredService<IOptions<OpenApiOptions>>().Value.UiPath);
        app.Use((context, next) =>
        {
            // At the last moment: an error clears what was set before it.
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.XFrameOptions = "DENY";
                headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments(page) ? DocumentationPage : Nothing;
                return Task.CompletedTask;
            });
            return next(context);
        });
    }
}
