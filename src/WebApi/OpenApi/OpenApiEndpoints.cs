using System.Security.Cryptography;
using System.Text;
using Dictation.WebApi.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dictation.WebApi.OpenApi;

/// <summary>Serves the OpenAPI document, and Swagger UI as the page where people read it and try the service.</summary>
internal static class OpenApiEndpoints
{
    /// <summary>Adds nothing where it is switched off: both paths are then unknown like any other.</summary>
    public static void MapOpenApi(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<OpenApiOptions>>().Value;
        if (!options.Enabled)
        {
            return;
        }

        var document = new Lazy<Task<(byte[] Json, EntityTagHeaderValue ETag)>>(() => ReadAsync(app.Services.GetRequiredService<OpenApiDocuments>()));
        app.MapMethods(options.DocumentPath, [HttpMethods.Get, HttpMethods.Head], async (HttpContext context) =>
        {
            var (json, etag) = await document.Value;
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(json, "application/json; charset=utf-8", entityTag: etag);
        }).AllowAnonymous();
        // Elsewhere the page's own test of each path, by a regular expression, is spared.
        app.UseWhen(c => c.Request.Path.StartsWithSegments(options.UiPath), page => page.UseSwaggerUI(o =>
        {
            o.RoutePrefix = options.UiPath[1..];
            o.DocumentTitle = "Dictation API";
            o.SwaggerEndpoint(FromThePage(options), "Dictation v1");
            o.EnableDeepLinking();
            o.EnableTryItOutByDefault();
            o.DisplayRequestDuration();

            // It would send the document to a validator on the Internet.
            o.EnableValidator(null);

            // The page holds settings: kept copies are asked about, by their ETags.
            o.CacheLifetime = TimeSpan.Zero;
        }));
    }

    /// <summary>Relative, so that a proxy may serve all of it under a prefix; the page is the file index.html below its path.</summary>
    private static string FromThePage(OpenApiOptions options) =>
        string.Concat(Enumerable.Repeat("../", options.UiPath.Count(c => c == '/'))) + options.DocumentPath[1..];

    private static async Task<(byte[] Json, EntityTagHeaderValue ETag)> ReadAsync(OpenApiDocuments documents)
    {
        var json = Encoding.UTF8.GetBytes(await documents.WriteAsync());
        return (json, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json))[..32]}\""));
    }
}
