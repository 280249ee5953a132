using NJsonSchema;
using NJsonSchema.Visitors;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Dictation.WebApi.OpenApi;

/// <summary>Completes the document as a whole: keys, the order of its parts, and references as strict readers of OpenAPI 3.0 expect them.</summary>
internal sealed class DocumentRules : IDocumentProcessor
{
    /// <summary>The order of the parts. Others come first.</summary>
    private static readonly string[] TagOrder = ["Tts", "Items", "Attempts", "Stats", "Tags", "Health"];

    public void Process(DocumentProcessorContext context)
    {
        var document = context.Document;
        AddKeys(document);
        Sort(document);
        foreach (var operation in document.Operations.Select(o => o.Operation))
        {
            RemoveHints(operation);
        }

        new StrictSchemas().Visit(document);
    }

    /// <summary>NSwag's own generator would name and order the SDK's parameters by them, and so by the names that controllers happen to use.</summary>
    private static void RemoveHints(OpenApiOperation operation)
    {
        if (operation.RequestBody is { } body)
        {
            (body.Position, body.Name) = (null, "body");
        }

        foreach (var parameter in operation.Parameters)
        {
            (parameter.OriginalName, parameter.Position) = (null, null);
        }
    }

    private static void AddKeys(OpenApiDocument document)
    {
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
    }

    private static void Sort(OpenApiDocument document)
    {
        var paths = document.Paths.OrderBy(p => Array.IndexOf(TagOrder, p.Value.Values.First().Tags[0])).ToList();
        document.Paths.Clear();
        foreach (var (path, item) in paths)
        {
            document.Paths.Add(path, item);
        }

        document.Tags = [.. document.Tags.OrderBy(t => Array.IndexOf(TagOrder, t.Name))];
    }

    /// <summary>
    /// NSwag writes <c>nullable</c> and descriptions beside a reference. In OpenAPI 3.0 both are ignored there: null is written as an
    /// alternative of its own, and a description wraps the reference in <c>allOf</c>. It writes whole bounds as <c>1.0</c>; here they are <c>1</c>.
    /// </summary>
    private sealed class StrictSchemas : JsonSchemaVisitorBase
    {
        protected override JsonSchema VisitSchema(JsonSchema schema, string path, string? typeNameHint)
        {
            // More hints. x-enum-descriptions stays: it tells everybody what the members mean.
            schema.EnumerationNames.Clear();
            schema.DictionaryKey = null;
            (schema.Minimum, schema.Maximum) = (Whole(schema, "minimum", schema.Minimum), Whole(schema, "maximum", schema.Maximum));
            if ((schema.Reference ?? (schema.OneOf.Count == 1 ? schema.OneOf.First().Reference : null)) is not { } target
                || (schema.IsNullableRaw != true && schema.Description is null && schema.Default is null))
            {
                return schema;
            }

            (schema.Reference, var alternatives) = (null, schema.IsNullableRaw == true ? schema.OneOf : schema.AllOf);
            schema.OneOf.Clear();
            alternatives.Add(new JsonSchema { Reference = target });
            if (schema.IsNullableRaw == true)
            {
                schema.IsNullableRaw = null;
                alternatives.Add(new JsonSchema { Type = target.Type, IsNullableRaw = true, Enumeration = { null } });
            }

            return schema;
        }

        private static decimal? Whole(JsonSchema schema, string keyword, decimal? bound)
        {
            if (bound is not { } value || !decimal.IsInteger(value))
            {
                return bound;
            }

            schema.ExtensionData ??= new Dictionary<string, object?>();
            schema.ExtensionData[keyword] = (long)value;
            return null;
        }
    }
}
