using System.Globalization;
using System.Text.Json.Nodes;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>Who writes the values of a schema: the client, or the service.</summary>
internal enum Side
{
    Request,
    Response,
}

/// <param name="Path">Where in the value: <c>items[].tags</c>, <c>checks.*.status</c>; empty for the value itself.</param>
/// <param name="What">The end of a sentence about it.</param>
/// <param name="Component">The innermost named schema that the change is in, and <paramref name="At"/> its path from there.</param>
internal sealed record SchemaChange(string Path, string What, string? Component = null, string? At = null)
{
    public SchemaChange Under(string step) => this with { Path = Path is "" || Path.StartsWith("[]", StringComparison.Ordinal) ? step + Path : $"{step}.{Path}" };

    public string Sentence(string subject)
    {
        var path = Path;
        for (; path.StartsWith("[]", StringComparison.Ordinal); path = path[2..].TrimStart('.'))
        {
            subject = $"each entry of {subject}";
        }

        return path is "" ? $"{subject} {What}" : $"{subject}'s '{path}' {What}";
    }
}

/// <summary>The rules for values: a request's schema must take what it took, a response's must keep what it promised.</summary>
/// <remarks>
/// Decided where tools differ. A new value in a response's enum breaks: clients switch over closed sets. So does an enum that opens; a
/// default matters in requests alone, and naming one where none was named breaks nothing. Bounds of responses are not looked at. A type
/// or format that changes breaks on both sides, also from integer to number: generated code changes its types.
/// </remarks>
internal sealed class SchemaChanges(SchemaSource old, SchemaSource now)
{
    private static readonly (string Keyword, string Words, int Sign)[] Bounds =
    [
        ("minimum", "at least {0}", 1),
        ("maximum", "up to {0}", -1),
        ("minLength", "at least {0} characters long", 1),
        ("maxLength", "up to {0} characters long", -1),
        ("minItems", "at least {0} entries long", 1),
        ("maxItems", "up to {0} entries long", -1),
        ("minProperties", "of at least {0} fields", 1),
        ("maxProperties", "of up to {0} fields", -1),
    ];

    private readonly Dictionary<(string, string, Side), IReadOnlyList<SchemaChange>> known = [];

    /// <summary>A pair that comes again while it is compared counts as equal within itself: what differs is found where it was met first.</summary>
    public IReadOnlyList<SchemaChange> Between(JsonNode before, JsonNode after, Side side)
    {
        var pair = (before.ToJsonString(), after.ToJsonString(), side);
        if (!known.TryGetValue(pair, out var changes))
        {
            known[pair] = [];
            known[pair] = changes = [.. Compare(old.Normal(before), now.Normal(after), side).Select(c => Name(c, before))];
        }

        return changes;
    }

    private static SchemaChange Name(SchemaChange change, JsonNode schema) =>
        change.Component is null && schema["$ref"] is { } address ? change with { Component = ((string)address!).Split('/')[^1], At = change.Path } : change;

    private IEnumerable<SchemaChange> Compare(JsonObject before, JsonObject after, Side side)
    {
        if (Kind(before) != Kind(after))
        {
            return [new("", $"was {Kind(before)}, now {Kind(after)}")];
        }

        var own = side == Side.Request ? Narrowed(before, after) : Weakened(before, after);
        return [.. own, .. Parts(before, after, side), .. Choices(before, after, side)];
    }

    private static IEnumerable<SchemaChange> Narrowed(JsonObject before, JsonObject after)
    {
        if (Is(before, "nullable") && !Is(after, "nullable"))
        {
            yield return new("", "may no longer be null");
        }

        foreach (var (keyword, words, sign) in Bounds)
        {
            var exclusive = $"exclusive{char.ToUpperInvariant(keyword[0])}{keyword[1..]}";
            var (was, bound) = (Number(before[keyword]), Number(after[keyword]));
            if (bound is not null && (was is null || bound * sign > was * sign || (bound == was && Is(after, exclusive) && !Is(before, exclusive))))
            {
                string Say(decimal? n, JsonObject s) => n is null ? "not bound" : string.Format(CultureInfo.InvariantCulture, words, n) + (Is(s, exclusive) ? ", exclusive" : "");
                yield return new("", $"was {Say(was, before)}, now {Say(bound, after)}");
            }
        }

        foreach (var keyword in new[] { "pattern", "multipleOf", "uniqueItems", "not" })
        {
            if (after[keyword] is { } rule && rule.ToJsonString() != "false" && !JsonNode.DeepEquals(rule, before[keyword]))
            {
                yield return new("", $"has the {keyword} {rule} now, before {before[keyword]?.ToString() ?? "none"}");
            }
        }

        if (before["default"] is { } meant && !JsonNode.DeepEquals(meant, after["default"]))
        {
            yield return new("", $"was {meant} when left out, now {after["default"]?.ToString() ?? "nothing said"}");
        }

        if (after["enum"] is not null && List(before, "enum").Except(List(after, "enum")).ToList() is var gone && (before["enum"] is null || gone.Count > 0))
        {
            yield return new("", before["enum"] is null ? $"was free, now one of {string.Join(", ", List(after, "enum"))}" : $"can no longer be {string.Join(", ", gone)}");
        }

        foreach (var name in List(after, "required").Except(List(before, "required")))
        {
            yield return new(name, before["properties"]?[name] is null ? "is new and must be given" : "must now be given");
        }

        if (before["additionalProperties"] is null && IsFalse(after["additionalProperties"]))
        {
            yield return new("", "no longer takes fields that it does not name");
        }
    }

    private static IEnumerable<SchemaChange> Weakened(JsonObject before, JsonObject after)
    {
        if (!Is(before, "nullable") && Is(after, "nullable"))
        {
            yield return new("", "may now be null");
        }

        if (before["enum"] is not null && List(after, "enum").Except(List(before, "enum")).ToList() is var added && (after["enum"] is null || added.Count > 0))
        {
            yield return new("", after["enum"] is null ? $"was one of {string.Join(", ", List(before, "enum"))}, now free" : $"may now be {string.Join(", ", added)}");
        }

        foreach (var name in List(before, "required").Except(List(after, "required")).Where(n => before["properties"]?[n] is null || after["properties"]?[n] is not null))
        {
            yield return new(name, "may now be missing");
        }
    }

    private IEnumerable<SchemaChange> Parts(JsonObject before, JsonObject after, Side side)
    {
        foreach (var (name, property) in before["properties"] as JsonObject ?? [])
        {
            var other = after["properties"]?[name];
            foreach (var change in other is null ? [new("", "is gone")] : Between(property!, other, side))
            {
                yield return change.Under(name);
            }
        }

        if (before["items"] is not null || after["items"] is not null)
        {
            foreach (var change in Between(before["items"] ?? new JsonObject(), after["items"] ?? new JsonObject(), side))
            {
                yield return change.Under("[]");
            }
        }

        // A dictionary's values. A response that comes to bind them was free, so its clients expect anything.
        if (IsFalse(before["additionalProperties"]) || (before["additionalProperties"] is null && (side == Side.Response || after["additionalProperties"] is not JsonObject)))
        {
            yield break;
        }

        if (IsFalse(after["additionalProperties"]))
        {
            yield return new("*", "can no longer be there");
            yield break;
        }

        foreach (var change in Between(before["additionalProperties"] ?? new JsonObject(), after["additionalProperties"] ?? new JsonObject(), side))
        {
            yield return change.Under("*");
        }
    }

    /// <summary>A request must still take each of its choices as one of those that there are now; a response's must have been among those before.</summary>
    private IEnumerable<SchemaChange> Choices(JsonObject before, JsonObject after, Side side)
    {
        if (before["oneOf"] is null && after["oneOf"] is null)
        {
            return [];
        }

        JsonArray was = before["oneOf"] as JsonArray ?? [before.DeepClone()], isNow = after["oneOf"] as JsonArray ?? [after.DeepClone()];
        return side == Side.Request
            ? was.Where(w => !isNow.Any(n => Between(w!, n!, side).Count == 0)).Select(w => new SchemaChange("", $"no longer takes all of its choice {Short(w)}"))
            : isNow.Where(n => !was.Any(w => Between(w!, n!, side).Count == 0)).Select(n => new SchemaChange("", $"may now be what was no choice: {Short(n)}"));
    }

    private static string Short(JsonNode? choice) => ((string?)choice!["$ref"])?.Split('/')[^1] ?? choice.ToJsonString();

    private static string Kind(JsonObject schema) => $"{schema["type"] ?? "of any type"}{(schema["format"] is { } format ? $" ({format})" : "")}";

    private static IEnumerable<string> List(JsonObject schema, string keyword) => (schema[keyword] as JsonArray ?? []).Select(v => v!.ToString());

    private static decimal? Number(JsonNode? node) => node is null ? null : decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool Is(JsonObject schema, string flag) => (bool?)schema[flag] ?? false;

    private static bool IsFalse(JsonNode? node) => node is JsonValue value && !value.GetValue<bool>();
}
