using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>docs/openapi.json, read without any library that had a part in making it.</summary>
public sealed class ApiDocument
{
    public static ApiDocument Golden { get; } = new(JsonNode.Parse(File.ReadAllText(Repository.File("docs/openapi.json")))!);

    private ApiDocument(JsonNode root)
    {
        Root = root;
        Operations = [.. root["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => new ApiOperation(this, o.Key.ToUpperInvariant(), p.Key, o.Value!)))];
    }

    public JsonNode Root { get; }

    public IReadOnlyList<ApiOperation> Operations { get; }

    public JsonObject Schemas => Root["components"]!["schemas"]!.AsObject();

    public ApiOperation Operation(string id) => Operations.Single(o => o.Id == id);

    /// <summary>The operation that answers a request; one whose path is all literal goes first.</summary>
    public ApiOperation? Find(string method, string path) =>
        Operations.Where(o => o.Method == method && o.Matches(path)).OrderBy(o => o.Path.Count(c => c == '{')).FirstOrDefault();

    /// <summary>Everything in which a value does not fit a schema; a field that the schema does not have is one.</summary>
    public IEnumerable<string> Misfits(JsonNode? value, JsonNode schema, string at = "$")
    {
        if (schema["$ref"] is { } reference)
        {
            return Misfits(value, Schemas[reference.GetValue<string>().Split('/')[^1]]!, at);
        }

        if (schema["allOf"] is JsonArray parts)
        {
            return parts.SelectMany(p => Misfits(value, p!, at));
        }

        if (schema["oneOf"] is JsonArray ways)
        {
            var tried = ways.Select(w => Misfits(value, w!, at).ToList()).ToList();
            return tried.Count(t => t.Count == 0) == 1 ? [] : [.. tried.OrderBy(t => t.Count).First(), $"{at}: fits {tried.Count(t => t.Count == 0)} of the ways instead of one"];
        }

        if (value is null)
        {
            return schema["nullable"]?.GetValue<bool>() == true ? [] : [$"{at}: is null"];
        }

        if (schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value)))
        {
            return [$"{at}: {value.ToJsonString()} is none of {values.ToJsonString()}"];
        }

        return (schema["type"]?.GetValue<string>(), value.GetValueKind()) switch
        {
            ("object", JsonValueKind.Object) => ObjectMisfits(value.AsObject(), schema, at),
            ("array", JsonValueKind.Array) => ArrayMisfits(value.AsArray(), schema, at),
            ("string", JsonValueKind.String) => StringMisfits(value.GetValue<string>(), schema, at),
            ("integer", JsonValueKind.Number) when !value.ToJsonString().AsSpan().ContainsAny(".eE") => NumberMisfits(value, schema, at),
            ("number", JsonValueKind.Number) => NumberMisfits(value, schema, at),
            ("boolean", JsonValueKind.True or JsonValueKind.False) => [],
            (null, _) => [$"{at}: its schema has no type"],
            var (type, kind) => [$"{at}: is a {kind}, not {type}"],
        };
    }

    private IEnumerable<string> ObjectMisfits(JsonObject value, JsonNode schema, string at)
    {
        var properties = schema["properties"]?.AsObject();
        foreach (var name in schema["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [])
        {
            if (!value.ContainsKey(name))
            {
                yield return $"{at}.{name}: is missing";
            }
        }

        foreach (var (name, field) in value)
        {
            var described = properties?[name] ?? schema["additionalProperties"];
            foreach (var misfit in described is null ? [$"{at}.{name}: is not documented"] : Misfits(field, described, $"{at}.{name}"))
            {
                yield return misfit;
            }
        }
    }

    private IEnumerable<string> ArrayMisfits(JsonArray value, JsonNode schema, string at)
    {
        if (value.Count < schema["minItems"]?.GetValue<int>() || value.Count > schema["maxItems"]?.GetValue<int>())
        {
            yield return $"{at}: has {value.Count} entries";
        }

        foreach (var misfit in value.SelectMany((v, i) => Misfits(v, schema["items"]!, $"{at}[{i}]")))
        {
            yield return misfit;
        }
    }

    private static IEnumerable<string> StringMisfits(string value, JsonNode schema, string at)
    {
        var length = value.EnumerateRunes().Count();
        if (length < schema["minLength"]?.GetValue<int>() || length > schema["maxLength"]?.GetValue<int>())
        {
            yield return $"{at}: has {length} characters";
        }

        if (schema["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(value, pattern, RegexOptions.ECMAScript))
        {
            yield return $"{at}: '{value}' does not match {pattern}";
        }

        var readable = schema["format"]?.GetValue<string>() switch
        {
            "date-time" => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _) && value.EndsWith('Z'),
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", out _),
            _ => true,
        };
        if (!readable)
        {
            yield return $"{at}: '{value}' is no {schema["format"]}";
        }
    }

    private static IEnumerable<string> NumberMisfits(JsonNode value, JsonNode schema, string at)
    {
        var number = value.GetValue<double>();
        if (number < schema["minimum"]?.GetValue<double>() || number > schema["maximum"]?.GetValue<double>() || (schema["format"]?.GetValue<string>() == "int32" && Math.Abs(number) > int.MaxValue))
        {
            yield return $"{at}: {number} is out of range";
        }
    }
}

public sealed class ApiOperation(ApiDocument document, string method, string path, JsonNode node)
{
    private readonly Regex pattern = new($"^{Regex.Replace(path, @"\\?\{\w+\}", "[^/]+")}$", RegexOptions.CultureInvariant);

    public string Id { get; } = node["operationId"]!.GetValue<string>();

    public string Method { get; } = method;

    public string Path { get; } = path;

    public JsonNode Node { get; } = node;

    public IEnumerable<JsonNode> Parameters => Node["parameters"]?.AsArray().Select(p => p!) ?? [];

    public JsonNode? BodySchema => Node["requestBody"]?["content"]?["application/json"]?["schema"];

    public IEnumerable<int> Statuses => Node["responses"]!.AsObject().Select(r => int.Parse(r.Key, CultureInfo.InvariantCulture));

    public bool Matches(string address) => pattern.IsMatch(address);

    /// <summary>In what an answer is not as the document says.</summary>
    public IEnumerable<string> Misfits(int status, string? mediaType, IEnumerable<string> headers, string? json)
    {
        if (Node["responses"]![status.ToString(CultureInfo.InvariantCulture)] is not { } response)
        {
            yield return $"{Id} answers {status}, which is not documented";
            yield break;
        }

        foreach (var (name, _) in response["headers"]?.AsObject().Where(h => h.Key is not "Link" and not "Location") ?? [])
        {
            if (!headers.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"{Id} {status}: lacks the header {name}";
            }
        }

        // An answer to HEAD has the headers of a body that it does not have.
        var content = response["content"]?.AsObject();
        if (Method == "HEAD")
        {
            yield break;
        }

        if (content is null != mediaType is null)
        {
            yield return $"{Id} {status}: its content is '{mediaType}', documented is {content?.ToJsonString() ?? "none"}";
        }
        else if (content is not null && content[mediaType!] is not { } media)
        {
            yield return $"{Id} {status}: its content is '{mediaType}', which is not documented";
        }
        else if (json is not null)
        {
            foreach (var misfit in document.Misfits(JsonNode.Parse(json), content![mediaType!]!["schema"]!))
            {
                yield return $"{Id} {status}: {misfit}";
            }
        }
    }
}
