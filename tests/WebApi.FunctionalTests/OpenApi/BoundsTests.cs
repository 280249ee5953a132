using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>The bounds in the document, tried on the service: at a bound it takes the value, one step beyond it names the field and refuses.</summary>
public sealed class BoundsTests
{
    private static readonly ApiDocument Document = ApiDocument.Golden;
    private DictationServer server = null!;

    private static IEnumerable<TestCaseData> Bounds => Document.Operations.SelectMany(o => Query(o).Concat(Body(o)))
        .Select(p => new TestCaseData(p).SetArgDisplayNames(p.Operation.Id, p.Field, p.Keyword));

    [OneTimeSetUp]
    public void StartServer() => server = new DictationServer();

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [TestCaseSource(nameof(Bounds))]
    public async Task Bound_OfAField_IsWhereTheServiceDrawsTheLine(Probe probe)
    {
        var (within, beyond) = (await RefusedFieldsAsync(probe, probe.Within), await RefusedFieldsAsync(probe, probe.Beyond));
        Assert.Multiple(() =>
        {
            Assert.That(within, Has.None.EqualTo(probe.Field).And.None.StartsWith(probe.Field + "["), "at the bound");
            Assert.That(beyond, Has.Some.EqualTo(probe.Field).Or.Some.StartsWith(probe.Field + "["), "beyond it");
        });
    }

    private static IEnumerable<Probe> Query(ApiOperation operation) => operation.Parameters
        .Where(p => p["in"]!.GetValue<string>() == "query")
        .SelectMany(p => Values(p["schema"]!).Select(v => new Probe(operation, p["name"]!.GetValue<string>(), InBody: false, v.Keyword, v.Within, v.Beyond)));

    private static IEnumerable<Probe> Body(ApiOperation operation) =>
        operation.BodySchema is { } body && Document.Schemas[(body["$ref"] ?? body["oneOf"]![0]!["$ref"])!.GetValue<string>().Split('/')[^1]] is { } schema
            ? schema["properties"]!.AsObject().SelectMany(p => Values(p.Value!).Select(v => new Probe(operation, p.Key, InBody: true, v.Keyword, v.Within, v.Beyond)))
            : [];

    /// <summary>A value at each bound of a schema, and one beyond it.</summary>
    private static IEnumerable<(string Keyword, JsonNode Within, JsonNode Beyond)> Values(JsonNode schema)
    {
        if (schema["maxLength"]?.GetValue<int>() is { } longest)
        {
            // Beyond the basic plane, where code points and UTF-16 units part.
            yield return (schema["pattern"]?.GetValue<string>(), schema["description"]?.GetValue<string>()) switch
            {
                (not null and not @"\S", _) => ("maxLength", "fi-abcdefg", "fi-abcd-efg"),
                (_, { } words) when words.Contains("begins with '/'", StringComparison.Ordinal) => ("maxLength", "/" + Repeat("🙂", longest - 1), "/" + Repeat("🙂", longest)),
                _ => ("maxLength", Repeat("🙂", longest), Repeat("🙂", longest + 1)),
            };
        }

        if (schema["maximum"]?.GetValue<double>() is { } greatest)
        {
            yield return ("maximum", Number(schema, greatest), Number(schema, greatest + Step(schema)));
        }

        if (schema["minimum"]?.GetValue<double>() is { } least)
        {
            yield return ("minimum", Number(schema, least), Number(schema, least - Step(schema)));
        }

        if (schema["maxItems"]?.GetValue<int>() is { } most)
        {
            var entry = schema["items"]!["type"]?.GetValue<string>() == "string" ? (JsonNode)"a"
                : schema["items"]!["$ref"]?.GetValue<string>().EndsWith("/LexiconEntryInput", StringComparison.Ordinal) == true ? new JsonObject { ["text"] = "a", ["spoken"] = "b" }
                : new JsonObject { ["locale"] = "", ["text"] = "" };
            yield return ("maxItems", List(entry, most), List(entry, most + 1));
            foreach (var (keyword, within, beyond) in Values(schema["items"]!))
            {
                yield return ($"items.{keyword}", List(within, 1), List(beyond, 1));
            }
        }

        if (schema["enum"]?[0] is { } known)
        {
            yield return ("enum", known.DeepClone(), "unheard_of");
        }
    }

    private static string Repeat(string letter, int times) => string.Concat(Enumerable.Repeat(letter, times));

    private static double Step(JsonNode schema) => schema["type"]!.GetValue<string>() == "integer" ? 1 : 0.001;

    private static JsonValue Number(JsonNode schema, double value) => schema["type"]!.GetValue<string>() == "integer" ? JsonValue.Create((long)value) : JsonValue.Create(value);

    private static JsonArray List(JsonNode entry, int times) => new([.. Enumerable.Range(0, times).Select(_ => entry.DeepClone())]);

    /// <summary>The fields that a 422 names; none when the request got past the rules.</summary>
    private async Task<IReadOnlyList<string>> RefusedFieldsAsync(Probe probe, JsonNode value)
    {
        // What has no such id is not found, once the request is past the rules; and what would be stored is kept out by another field.
        var path = probe.Operation.Path.Replace("{id}", "999999", StringComparison.Ordinal).Replace("{conversion_id}", "unknown", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(probe.Operation.Method), path);
        if (probe.InBody)
        {
            var body = new JsonObject { [probe.Field] = value.DeepClone() };
            foreach (var other in new[] { "speaking_rate", "difficulty", "replays" }.Where(f => f != probe.Field))
            {
                body[other] = -1;
            }

            request.Content = JsonContent.Create(body);
        }
        else
        {
            var values = value is JsonArray list ? list.Select(v => v!) : [value];
            request.RequestUri = new Uri($"{path}?{string.Join('&', values.Select(v => $"{probe.Field}={Uri.EscapeDataString(Written(v))}"))}", UriKind.Relative);
        }

        using var response = await server.Http.SendAsync(request);
        if (probe.Operation.Method == "HEAD")
        {
            return (int)response.StatusCode == 422 ? [probe.Field] : [];
        }

        var answer = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.LessThan(500), answer);
        return (int)response.StatusCode == 422 ? [.. JsonNode.Parse(answer)!.List("errors").Select(e => e.Text("field"))] : [];
    }

    private static string Written(JsonNode value) => value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    public sealed record Probe(ApiOperation Operation, string Field, bool InBody, string Keyword, JsonNode Within, JsonNode Beyond);
}
