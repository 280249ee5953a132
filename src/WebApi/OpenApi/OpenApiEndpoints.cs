using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dictation.WebApi.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Dictation.WebApi.OpenApi;

/// <summary>Serves the OpenAPI document, and Swagger UI as the page where people read it and try the service; both by NSwag.</summary>
internal static partial class OpenApiEndpoints
{
    /// <summary>Adds nothing where it is switched off: both paths are then unknown like any other.</summary>
    public static void MapOpenApi(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<OpenApiOptions>>().Value;
        if (!options.Enabled)
        {
            return;
        }

        var document = ((IApplicationBuilder)app).New().UseOpenApi(o =>
        {
            (o.DocumentName, o.Path) = (OpenApiServices.DocumentName, options.DocumentPath);

            // The document does not depend on the request. NSwag would keep one for each value of Host, and name that host.
            o.CreateDocumentCacheKey = _ => "";
            o.PostProcess = (d, _) => OpenApiServices.SetServer(d, app.Services);
        }).Build();
        app.MapMethods(options.DocumentPath, [HttpMethods.Get, HttpMethods.Head], async context => await AnswerAsync(context, await RenderAsync(context, document))).AllowAnonymous();
        app.UseWhen(c => c.Request.Path.StartsWithSegments(options.UiPath), page => page
            .Use(next => context => ServePageAsync(context, next, $"{options.UiPath}/index.html"))
            .UseSwaggerUi(o =>
            {
                o.Path = options.UiPath;
                o.DocumentTitle = "Dictation API";
                o.SwaggerRoutes.Add(new("Dictation v1", options.DocumentPath));
                o.TransformToExternalPath = Relative;
                o.EnableTryItOut = true;
                o.DocExpansion = "list";
                o.AdditionalSettings["displayRequestDuration"] = true;
            }));
    }

    /// <summary>From the address of the request, so that a proxy may serve all of it under a prefix.</summary>
    private static string Relative(string path, HttpRequest request) =>
        string.Concat(Enumerable.Repeat("../", request.Path.Value!.Count(c => c == '/') - 1)) + path.TrimStart('/');

    private static async Task ServePageAsync(HttpContext context, RequestDelegate next, string index)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy("");
        if (!context.Request.Path.Equals(index, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var html = await RenderAsync(context, next);
        var scripts = InlineScript().Matches(Encoding.UTF8.GetString(html)).Select(m => $" 'sha256-{Hash(m.Groups["code"].Value)}'");
        context.Response.Headers.ContentSecurityPolicy = Policy(string.Concat(scripts));
        await AnswerAsync(context, html);
    }

    /// <summary>Swagger UI needs its own scripts, styles and pictures that it writes into the page, and the audio that it offers to save.</summary>
    private static string Policy(string inlineScripts) =>
        $"default-src 'self'; script-src 'self'{inlineScripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>As browsers hash it: they read every line end as a line feed.</summary>
    private static string Hash(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.ReplaceLineEndings("\n"))));

    /// <summary>What NSwag writes, in memory; its status and content type are in the response.</summary>
    private static async Task<byte[]> RenderAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Response.Body;
        using var rendered = new MemoryStream();
        context.Response.Body = rendered;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        return rendered.ToArray();
    }

    /// <summary>Sends it with its length and ETag, or says that the client has it.</summary>
    private static Task AnswerAsync(HttpContext context, byte[] content)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var etag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"");
        return TypedResults.Bytes(content, context.Response.ContentType, entityTag: etag).ExecuteAsync(context);
    }

    [GeneratedRegex("<script>(?<code>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScript();
}
