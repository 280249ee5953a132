using System.Text.Json.Nodes;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>A document's references and the normal forms of its schemas.</summary>
internal sealed class SchemaSource(JsonNode root)
{
    private readonly Dictionary<string, JsonObject?> normals = [];

    public JsonNode Root => root;

    /// <summary>The node itself, or what its <c>$ref</c> names.</summary>
    public JsonNode? Resolve(JsonNode? node)
    {
        for (var hops = 0; (node as JsonObject)?["$ref"] is { } address; hops++)
        {
            node = hops < 100 ? Target((string)address!) : throw new InvalidDataException($"{address} leads to itself.");
        }

        return node;
    }

    /// <summary>Every address that is named under a node, or under what is named there.</summary>
    public IReadOnlySet<string> Reached(JsonNode? start)
    {
        var seen = new HashSet<string>();
        var left = new Stack<JsonNode?>([start]);
        while (left.TryPop(out var node))
        {
            if (node is JsonObject named && named["$ref"] is JsonValue address && seen.Add((string)address!))
            {
                left.Push(Target((string)address!));
            }

            foreach (var child in node is JsonObject parent ? parent.Select(p => p.Value) : node as JsonArray ?? [])
            {
                left.Push(child);
            }
        }

        return seen;
    }

    /// <summary>
    /// The schema without <c>$ref</c>, <c>allOf</c> and choices that are none, so that two ways to write the same thing look the same. A
    /// choice between a schema and null is that schema with <c>nullable</c>; <c>anyOf</c> is read as <c>oneOf</c>. What it is made of
    /// (properties, items, choices) stays as it is written. Known by the text, which comes again where schemas contain themselves.
    /// </summary>
    public JsonObject Normal(JsonNode schema)
    {
        var text = schema.ToJsonString();
        if (normals.TryGetValue(text, out var known))
        {
            return known ?? throw new InvalidDataException($"The schema {text} refers to itself.");
        }

        normals[text] = null;
        var normal = Flatten(Resolve(schema)!.AsObject());
        normals[text] = normal;
        return normal;
    }

    private JsonObject Flatten(JsonObject schema)
    {
        var normal = new JsonObject();
        foreach (var (key, value) in schema.Where(p => p.Key is not ("allOf" or "oneOf" or "anyOf" or "nullable" or "description" or "example")))
        {
            normal[key] = (key, value) switch
            {
                ("enum", JsonArray all) => new JsonArray([.. all.Where(v => v is not null).Select(v => v!.DeepClone())]),
                ("additionalProperties", JsonObject { Count: 0 }) => null,
                ("additionalProperties", JsonValue any) when (bool)any => null,
                _ => value?.DeepClone(),
            };
        }

        var parts = List(schema, "allOf").Select(p => Normal(p!)).ToList();
        var orNull = false;
        foreach (var choices in new[] { List(schema, "oneOf"), List(schema, "anyOf") })
        {
            var real = choices.Where(c => c!["enum"] is not JsonArray { Count: 1 } only || only[0] is not null).ToList();
            orNull |= real.Count < choices.Count;
            if (real.Count == 1)
            {
                parts.Add(Normal(real[0]!));
            }
            else if (real.Count > 1)
            {
                Merge(normal, new JsonObject { ["oneOf"] = new JsonArray([.. real.Select(c => c!.DeepClone())]) });
            }
        }

        foreach (var part in parts)
        {
            Merge(normal, part);
        }

        // 'nullable' beside a reference is what writers of 3.0 mean by it, whatever the standard says.
        normal["nullable"] = orNull || ((bool?)schema["nullable"] ?? (schema["type"] is null && parts.Count > 0 && parts.All(p => (bool)p["nullable"]!)));
        return normal;
    }

    /// <summary>Both hold. Of what can be said once only, such as the default, the outermost word counts.</summary>
    private static void Merge(JsonObject into, JsonObject part)
    {
        foreach (var (key, theirs) in part.Where(p => p.Value is not null))
        {
            into[key] = into[key] is not { } mine ? theirs!.DeepClone() : key switch
            {
                "minimum" or "minLength" or "minItems" or "minProperties" => Larger(mine, theirs!) ? mine.DeepClone() : theirs!.DeepClone(),
                "maximum" or "maxLength" or "maxItems" or "maxProperties" => Larger(mine, theirs!) ? theirs!.DeepClone() : mine.DeepClone(),
                "enum" => new JsonArray([.. mine.AsArray().Where(m => theirs!.AsArray().Any(t => JsonNode.DeepEquals(m, t))).Select(m => m!.DeepClone())]),
                "required" => new JsonArray([.. mine.AsArray().Concat(theirs!.AsArray()).Select(n => n!.DeepClone())]),
                "properties" => Each(mine.AsObject(), theirs!.AsObject()),
                "items" => Both(mine, theirs!),
                "additionalProperties" when mine is JsonObject && theirs is JsonObject => Both(mine, theirs),
                "pattern" when !JsonNode.DeepEquals(mine, theirs) => $"{mine} and {theirs}",
                "oneOf" when !JsonNode.DeepEquals(mine, theirs) => throw new InvalidDataException("A schema has two choices at once, which the comparison does not understand yet."),
                _ => mine.DeepClone(),
            };
        }
    }

    private static JsonObject Each(JsonObject mine, JsonObject theirs)
    {
        var all = mine.DeepClone().AsObject();
        foreach (var (name, schema) in theirs)
        {
            all[name] = mine[name] is { } first ? Both(first, schema!) : schema!.DeepClone();
        }

        return all;
    }

    private static JsonNode Both(JsonNode mine, JsonNode theirs) =>
        JsonNode.DeepEquals(mine, theirs) ? mine.DeepClone() : new JsonObject { ["allOf"] = new JsonArray(mine.DeepClone(), theirs.DeepClone()) };

    private static bool Larger(JsonNode one, JsonNode other) => (decimal)one > (decimal)other;

    private static JsonArray List(JsonObject schema, string keyword) => schema[keyword] as JsonArray ?? [];

    private JsonNode Target(string address)
    {
        var target = address.Split('/').Skip(1).Aggregate(root, (node, step) => node?[Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]!);
        return address.StartsWith('#') && target is not null ? target : throw new InvalidDataException($"The document names {address} and does not have it.");
    }
}
