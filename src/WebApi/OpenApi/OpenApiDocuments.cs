using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dictation.Application;
using Dictation.WebApi.Configuration;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Options;
using NJsonSchema;
using NJsonSchema.Generation;
using NSwag;
using NSwag.Generation.AspNetCore;

namespace Dictation.WebApi.OpenApi;

/// <summary>The OpenAPI document of the service, made from its actions and its validators.</summary>
public sealed class OpenApiDocuments(
    IApiDescriptionGroupCollectionProvider actions, ServiceIdentity service, IOptions<ServerOptions> server, IServiceProvider services)
{
    /// <summary>In which order readers meet the parts.</summary>
    private static readonly string[] TagOrder = ["Tts", "Items", "Attempts", "Stats", "Tags", "Health"];

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Takes a second: keep what it gives.</summary>
    public async Task<string> WriteAsync()
    {
        var root = Root(server.Value);
        var rules = new RequestRules(services);
        var schemas = new SystemTextJsonSchemaGeneratorSettings
        {
            SchemaType = SchemaType.OpenApi3,
            SerializerOptions = Json.Options,
            DefaultReferenceTypeNullHandling = ReferenceTypeNullHandling.NotNull,
            AlwaysAllowAdditionalObjectProperties = true,
            FlattenInheritanceHierarchy = true,
            SchemaNameGenerator = new SchemaNames(),
        };
        schemas.SchemaProcessors.Add(new SchemaRules(rules));
        var settings = new AspNetCoreOpenApiDocumentGeneratorSettings
        {
            DocumentName = "v1",
            Title = "Dictation",
            Version = service.Version,
            Description = "Text in, speech out; and practice on top: learners write what they hear, attempts are scored, progress is reported.",
            UseRouteNameAsOperationId = true,
            UseControllerSummaryAsTagDescription = true,
            SchemaSettings = schemas,
            PostProcess = d => Complete(d, root),
        };
        settings.OperationProcessors.Add(new OperationRules(rules));
        var document = await new AspNetCoreOpenApiDocumentGenerator(settings).GenerateAsync(actions.ApiDescriptionGroups);

        var json = JsonNode.Parse(document.ToJson())!;
        Polish(json, json["components"]!["schemas"]!);
        return json.ToJsonString(Written) + "\n";
    }

    /// <summary>Where paths begin: at the host's root, or under the prefix by which a proxy tells the service apart.</summary>
    private static string Root(ServerOptions server) =>
        Uri.TryCreate(server.BaseUrl, UriKind.Absolute, out var address) && address.AbsolutePath.TrimEnd('/') is { Length: > 0 } prefix ? prefix : "/";

    private static void Complete(OpenApiDocument document, string root)
    {
        document.Generator = null;
        document.Info.License = new OpenApiLicense { Name = "MIT", Url = "https://spdx.org/licenses/MIT.html" };
        document.Servers.Clear();
        document.Servers.Add(new OpenApiServer { Url = root });
        document.SecurityDefinitions["ApiKey"] = new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.ApiKey,
            In = OpenApiSecurityApiKeyLocation.Header,
            Name = "X-API-Key",
            Description = "Where the operator has set keys.",
        };
        document.SecurityDefinitions["Bearer"] = new OpenApiSecurityScheme
        {
            Type = OpenApiSecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The same key, in the Authorization header.",
        };
        document.Security = [new() { ["ApiKey"] = [] }, new() { ["Bearer"] = [] }, new()];

        var paths = document.Paths.OrderBy(p => Array.IndexOf(TagOrder, p.Value.Values.First().Tags[0])).ToList();
        document.Paths.Clear();
        foreach (var (path, item) in paths)
        {
            document.Paths.Add(path, item);
        }

        document.Tags = document.Tags.OrderBy(t => Array.IndexOf(TagOrder, t.Name)).ToList();
    }

    /// <summary>Says what NSwag writes in the words that strict readers of OpenAPI 3.0 expect.</summary>
    private static void Polish(JsonNode? node, JsonNode schemas)
    {
        if (node is JsonArray list)
        {
            foreach (var element in list)
            {
                Polish(element, schemas);
            }
        }

        if (node is not JsonObject part)
        {
            return;
        }

        // Hints to NSwag's own generator, which does without them; what enum members mean is for all.
        foreach (var name in part.Select(p => p.Key).Where(k => k.StartsWith("x-", StringComparison.Ordinal) && k != "x-enum-descriptions").ToList())
        {
            part.Remove(name);
        }

        if (part.Count > 1 && part.Remove("$ref", out var own))
        {
            part["oneOf"] = new JsonArray(new JsonObject { ["$ref"] = own });
        }

        // A reference with a word of its own beside it. 'nullable' goes with a type, and cannot make null of what a reference says.
        if (part["oneOf"] is JsonArray { Count: 1 } only && only[0]!["$ref"] is { } reference)
        {
            var target = only[0]!.DeepClone();
            part.Remove("oneOf");
            if (part.Remove("nullable"))
            {
                var type = schemas[reference.GetValue<string>().Split('/')[^1]]!["type"]!.DeepClone();
                part["oneOf"] = new JsonArray(target, new JsonObject { ["type"] = type, ["nullable"] = true, ["enum"] = new JsonArray((JsonNode?)null) });
            }
            else if (part.Count > 0)
            {
                part["allOf"] = new JsonArray(target);
            }
            else
            {
                part["$ref"] = reference.DeepClone();
            }
        }

        foreach (var bound in new[] { "minimum", "maximum" })
        {
            if (part[bound] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.GetValue<decimal>() is var number && decimal.IsInteger(number))
            {
                part[bound] = (long)number;
            }
        }

        foreach (var (_, child) in part.ToList())
        {
            Polish(child, schemas);
        }
    }
}
