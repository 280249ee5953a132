using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Dictation.Application;
using Dictation.WebApi.Wire;
using NJsonSchema;
using NJsonSchema.Generation;
using Namotion.Reflection;

namespace Dictation.WebApi.OpenApi;

/// <summary>Gives requests the bounds of their validators; of everything else, all fields are always there.</summary>
internal sealed class SchemaRules(RequestRules rules) : ISchemaProcessor
{
    public void Process(SchemaProcessorContext context)
    {
        var schema = context.Schema;
        var type = context.ContextualType.Type;
        if (type.IsEnum)
        {
            schema.EnumerationDescriptions = [.. Enum.GetNames(type).Select(n => type.GetField(n)!.ToContextualField().GetXmlDocsSummary())];
            return;
        }

        if (schema.Type != JsonObjectType.Object || schema.IsDictionary)
        {
            return;
        }

        schema.Example = Examples.For(type);
        if (rules.Has(type))
        {
            CompleteRequest(type, schema);
            return;
        }

        foreach (var property in schema.Properties.Values)
        {
            property.IsRequired = true;
        }
    }

    /// <summary>Writes bounds into a schema.</summary>
    public static void Apply(Bounds bounds, JsonSchema schema)
    {
        schema.MinLength = bounds.MinLength;
        schema.MaxLength = bounds.MaxLength;
        schema.Minimum = (decimal?)bounds.Minimum;
        schema.Maximum = (decimal?)bounds.Maximum;
        schema.MinItems = bounds.MinItems ?? 0;
        schema.MaxItems = bounds.MaxItems ?? 0;
        schema.Pattern = bounds.Pattern is { } pattern ? $"^({pattern})$" : bounds.NotBlank ? @"\S" : null;
        foreach (var value in bounds.OneOf ?? [])
        {
            schema.Enumeration.Add(value);
        }

        if (bounds.Items is { } items && schema.Item is { } element)
        {
            Apply(items, element);
            element.IsNullableRaw = items.Required ? null : element.IsNullableRaw;
        }
    }

    /// <summary>A description with the sentences of the rules that are no bounds.</summary>
    public static string? Describe(string? description, FieldRules field) =>
        string.Join(' ', field.Sentences.Prepend(description).Where(s => !string.IsNullOrEmpty(s))) is { Length: > 0 } text ? text : null;

    private void CompleteRequest(Type request, JsonSchema schema)
    {
        var fields = rules.For(request);
        foreach (var (name, property) in schema.Properties)
        {
            if (fields.TryGetValue(name, out var field))
            {
                Apply(field.Bounds, property);
                property.Description = Describe(property.Description, field);
            }

            property.IsRequired = field?.Bounds.Required ?? false;
            if (property.IsRequired)
            {
                property.IsNullableRaw = null;
            }

            if (request.GetProperties().Single(p => WireNames.For(p.Name) == name).GetCustomAttribute<DefaultValueAttribute>() is { Value: Enum value })
            {
                property.Default = JsonSerializer.SerializeToElement(value, value.GetType(), Json.Options).GetString();
            }

            // The one place for a null in a list would be beside what is meant.
            if (property.Item?.OneOf.SingleOrDefault() is { HasReference: true } only)
            {
                property.Item = new JsonSchema { Reference = only.Reference };
            }
        }
    }
}
