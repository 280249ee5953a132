using Dictation.Application;
using Dictation.WebApi.Configuration;
using Microsoft.Extensions.Options;
using NJsonSchema.Generation;
using NSwag;
using NSwag.Generation.AspNetCore;

namespace Dictation.WebApi.OpenApi;

/// <summary>Registers NSwag's generator of the OpenAPI document with the processors that carry what NSwag cannot know.</summary>
internal static class OpenApiServices
{
    public const string DocumentName = "v1";

    public static void AddOpenApi(this IServiceCollection services)
    {
        services.AddOptions<OpenApiOptions>().BindConfiguration(OpenApiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOpenApiDocument(Configure);
    }

    private static void Configure(AspNetCoreOpenApiDocumentGeneratorSettings settings, IServiceProvider provider)
    {
        var rules = new RequestRules(provider);
        Describe(settings, provider.GetRequiredService<ServiceIdentity>());
        settings.UseRouteNameAsOperationId = true;
        settings.AllowNullableBodyParameters = true;
        settings.UseControllerSummaryAsTagDescription = true;
        settings.SchemaSettings.DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull;
        settings.SchemaSettings.AlwaysAllowAdditionalObjectProperties = true;
        settings.SchemaSettings.FlattenInheritanceHierarchy = true;
        settings.SchemaSettings.SchemaNameGenerator = new SchemaNames();
        settings.SchemaSettings.SchemaProcessors.Add(new SchemaRules(rules));
        settings.OperationProcessors.Add(new OperationRules(rules));
        settings.DocumentProcessors.Add(new DocumentRules());
    }

    /// <summary>NSwag's middleware names the host of the first request; paths begin at the host's root, or under the prefix of BASE_URL.</summary>
    public static void SetServer(OpenApiDocument document, IServiceProvider services)
    {
        document.Servers.Clear();
        document.Servers.Add(new OpenApiServer { Url = Root(services.GetRequiredService<IOptions<ServerOptions>>().Value) });
    }

    private static void Describe(AspNetCoreOpenApiDocumentGeneratorSettings settings, ServiceIdentity service)
    {
        settings.DocumentName = DocumentName;
        settings.Title = "Dictation";
        settings.Version = service.Version;
        settings.Description = "Text in, speech out; and practice on top: learners write what they hear, attempts are scored, progress is reported.";
        settings.PostProcess = document =>
        {
            document.Generator = null;
            document.Info.License = new OpenApiLicense { Name = "MIT", Url = "https://spdx.org/licenses/MIT.html" };
        };
    }

    /// <summary>Where paths begin: at the host's root, or under the prefix by which a proxy tells the service apart.</summary>
    private static string Root(ServerOptions server) =>
        Uri.TryCreate(server.BaseUrl, UriKind.Absolute, out var address) && address.AbsolutePath.TrimEnd('/') is { Length: > 0 } prefix ? prefix : "/";
}
