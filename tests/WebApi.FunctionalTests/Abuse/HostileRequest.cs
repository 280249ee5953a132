using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.OpenApi;

namespace Dictation.WebApi.FunctionalTests.Abuse;

/// <summary>A request made by chance from the OpenAPI document: valid, nearly valid, or meant to do harm. The same seed makes the same request.</summary>
internal sealed class HostileRequest
{
    /// <summary>In every text that is meant to reach the log or a file's name, so that it can be looked for there.</summary>
    public const string Mark = "vaarallinen";

    private static readonly string[] Strings =
    [
        "", " ", "\0", $"a\0{Mark}", "\t\r\n", $"{Mark}\r\nX-Injected: 1", $"{Mark}\n2026-11-23 00:00:00 fail: forged", "../../../../etc/passwd", $"..\\..\\{Mark}", $"/tmp/{Mark}", $"C:\\{Mark}", $"%2e%2e%2f{Mark}",
        "'; DROP TABLE TtsTasks; --", "\" OR 1=1 --", "1); SELECT pg_sleep(9)--", "%", "_", "[a-z]", "\\", "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>", "\u202E\u200B\uFEFF", "\uFFFE\uFFFF",
        "NaN", "null", "true", "-0", "1e400", "9223372036854775808", "0x10", "٣", "CON", "nul.wav", "file:///etc/passwd", "http://169.254.169.254/", "🙂👩‍👩‍👧‍👦", "é", "Z̸̢̛͎̿a̷l̵g̴o̶", "2026-02-30T25:61:61Z", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "Europe/../UTC",
    ];

    private static readonly string[] RawJson =
    [
        "", "{", "[", "nul", "\"", "{}", "[]", "null", "1", "{\"text\":\"\\ud800\"}", "{\"text\":\"a\",\"text\":\"b\"}", "{\"text\":\"a\",\"Text\":\"b\"}", "{\"text\":\"\\u0000\"}", "\uFEFF{\"text\":\"a\"}", "{\"text\":1e999}", "{\"text\":{}}",
        "{\"__proto__\":{}}", "{\"text\":\"a\"}{\"text\":\"b\"}", "{\"text\":\"a\",}", "/* */{\"text\":\"a\"}", "{\"item_id\":1e2,\"transcription\":\"\"}", "{\"item_id\":\"1\",\"transcription\":\"\"}", "{\"tags\":[[[[]]]]}",
    ];

    private readonly Random random;
    private readonly StringBuilder told = new();

    private HostileRequest(int seed, IReadOnlyList<string> conversionIds)
    {
        random = new Random(seed);
        Operation = Pick(ApiDocument.Golden.Operations);
        var path = Operation.Path.Replace("{id}", Chance(80) ? $"{random.Next(1, 60)}" : Escaped(), StringComparison.Ordinal)
            .Replace("{conversion_id}", Chance(80) && conversionIds.Count > 0 ? Pick(conversionIds) : Escaped(), StringComparison.Ordinal);
        var query = string.Join('&', Operation.Parameters.Where(p => p["in"]!.GetValue<string>() == "query" && Chance(50)).SelectMany(Query));
        if (Chance(3))
        {
            query += $"&{Escaped()}={Escaped()}";
        }

        Message = new HttpRequestMessage(new HttpMethod(Operation.Method), new Uri(query.Length == 0 ? path : $"{path}?{query}", UriKind.Relative));
        told.Append(Operation.Method).Append(' ').Append(path).Append('?').Append(query);
        AddHeaders();
        if (Operation.BodySchema is { } schema)
        {
            Message.Content = Body(schema);
        }
    }

    public ApiOperation Operation { get; }

    public HttpRequestMessage Message { get; }

    /// <summary>For the message of a failure.</summary>
    public string Description => told.ToString();

    /// <param name="conversionIds">Tasks that there may be.</param>
    public static HostileRequest Make(int seed, IReadOnlyList<string> conversionIds) => new(seed, conversionIds);

    /// <summary>
    /// Whether an entry of the log should not be there: it is of an error, or a request got into it, perhaps with a line of its own. What the
    /// server under the service says of connections that it cut is its own affair.
    /// </summary>
    public static bool IsHarm(string entry) =>
        entry.Contains(Mark, StringComparison.Ordinal)
        || (!entry.Contains(" Microsoft.AspNetCore.Server.Kestrel: ", StringComparison.Ordinal)
            && (entry.StartsWith("Error", StringComparison.Ordinal) || entry.StartsWith("Critical", StringComparison.Ordinal) || entry.Split(" at ")[0].Contains('\n')));

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private string Escaped() => Uri.EscapeDataString(Pick(Strings));

    private IEnumerable<string> Query(JsonNode parameter)
    {
        var name = parameter["name"]!.GetValue<string>();
        var value = Chance(60) ? Value(parameter["schema"]!, 0) : JsonValue.Create(Pick(Strings));
        return (value is JsonArray list ? list.Take(30) : [value]).Select(v => $"{name}={Uri.EscapeDataString(v is JsonValue text && text.TryGetValue<string>(out var s) ? s : v?.ToJsonString() ?? "")}");
    }

    private void AddHeaders()
    {
        foreach (var (name, values) in new (string, string[])[]
        {
            ("Range", ["bytes=0-9", "bytes=-5", "bytes=5-", "bytes=9-1", "bytes=0-0,2-3", "bytes=99999999999999999999-", "chars=1-2", "bytes=", "="]),
            ("If-None-Match", ["*", "\"x\"", "W/\"x\"", "x", "\"", "\"a\", \"b\""]),
            ("If-Range", ["\"x\"", "Mon, 23 Nov 2026 00:00:00 GMT", "x"]),
            ("If-Modified-Since", ["Mon, 23 Nov 2026 00:00:00 GMT", "yesterday"]),
            ("Accept", ["*/*", "text/html", "application/xml;q=x", "", "application/json;v=9"]),
            ("Accept-Language", ["fi", new string('x', 500)]),
            ("X-API-Key", [Mark, new string('k', 4000)]),
            ("Authorization", ["Bearer", "Bearer ", $"Bearer {Mark}", "Basic ==="]),
            ("Origin", ["null", "https://evil.example", "x"]),
            ("X-HTTP-Method-Override", ["DELETE"]),
            ("X-Forwarded-For", ["127.0.0.1, evil"]),
        })
        {
            if (Chance(6) && Pick(values) is var value)
            {
                Message.Headers.TryAddWithoutValidation(name, value);
                told.Append(' ').Append(name).Append(": ").Append(value[..Math.Min(40, value.Length)]);
            }
        }
    }

    private ByteArrayContent Body(JsonNode schema)
    {
        var bytes = random.Next(100) switch
        {
            < 70 => Encoding.UTF8.GetBytes(Value(schema, 0)?.ToJsonString() ?? "null"),
            < 90 => Encoding.UTF8.GetBytes(Pick(RawJson)),
            < 93 => Encoding.UTF8.GetBytes(new string('[', random.Next(1, 5000))),
            < 96 => Encoding.UTF8.GetBytes($"{{\"text\":\"{new string('a', random.Next(9_000, 40_000))}\"}}"),
            _ => Bytes(),
        };
        told.Append(' ').Append(Encoding.UTF8.GetString(bytes, 0, Math.Min(300, bytes.Length)));
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = random.Next(100) switch
        {
            < 94 => new MediaTypeHeaderValue("application/json"),
            < 96 => new MediaTypeHeaderValue("application/json", "utf-16"),
            < 98 => new MediaTypeHeaderValue("text/plain"),
            _ => null,
        };
        told.Append(' ').Append(content.Headers.ContentType);
        if (Chance(2))
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", Pick((string[])["gzip", "br", "nonsense"]));
        }

        return content;
    }

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A value of the schema, and now and then of another type, beyond a bound, or meant to do harm.</summary>
    private JsonNode? Value(JsonNode schema, int depth)
    {
        if (schema["$ref"] is { } reference)
        {
            return Value(ApiDocument.Golden.Schemas[reference.GetValue<string>().Split('/')[^1]]!, depth);
        }

        if ((schema["oneOf"] ?? schema["allOf"]) is JsonArray ways)
        {
            return Value(ways[0]!, depth);
        }

        if (depth > 0 && Chance(8))
        {
            return random.Next(6) switch
            {
                0 => null,
                1 => JsonValue.Create(random.Next(-3, 3)),
                2 => JsonValue.Create(random.NextDouble() * 1e18),
                3 => new JsonArray(1, "a", new JsonObject()),
                4 => new JsonObject { [Pick(Strings)] = Pick(Strings) },
                _ => JsonValue.Create(Chance(50)),
            };
        }

        if (schema["enum"] is JsonArray values)
        {
            return Pick<JsonNode?>([.. values])!.DeepClone();
        }

        switch (schema["type"]?.GetValue<string>())
        {
            case "object":
                var required = schema["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToHashSet() ?? [];
                var made = new JsonObject();
                foreach (var (name, field) in schema["properties"]!.AsObject())
                {
                    if (Chance(required.Contains(name) ? 95 : 50))
                    {
                        made[name] = Value(field!, depth + 1);
                    }
                }

                return made;
            case "array":
                var count = Chance(5) ? random.Next(0, 130) : random.Next(0, 4);
                return new JsonArray([.. Enumerable.Range(0, count).Select(_ => Value(schema["items"]!, depth + 1))]);
            case "integer":
                return JsonValue.Create(Chance(85) ? random.NextInt64((long)(schema["minimum"]?.GetValue<double>() ?? 0), (long)(schema["maximum"]?.GetValue<double>() ?? 50) + 1) : Pick((long[])[-1, 0, int.MaxValue, int.MaxValue + 1L, long.MaxValue, long.MinValue]));
            case "number":
                return JsonValue.Create(Chance(85) ? 0.5 + (random.NextDouble() * 1.5) : Pick((double[])[-1, 0, 0.4999, 2.0001, 1e300, double.Epsilon]));
            case "boolean":
                return JsonValue.Create(Chance(50));
            default:
                return JsonValue.Create(schema["format"]?.GetValue<string>() == "date-time" && Chance(80)
                    ? new DateTime(2026, 1, 1).AddMinutes(random.Next(600_000)).ToString("O")
                    : Chance(75) ? Pick((string[])["fi", "fi-FI", "Hei.", "Tuuli käy.", "sää", "aino"]) : Pick(Strings));
        }
    }
}
