using System.Text.Json.Nodes;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>
/// Version 1 of the interface is what <c>docs/openapi.v1.baseline.json</c> says, and no change may break its clients. The comparison that
/// watches this is tested first: each rule by hand, then by every small break that the document allows.
/// </summary>
public sealed class BreakingChangesTests
{
    private const string Rate = "components/schemas/ConvertText/properties/speaking_rate";
    private const string Letter = """{"Letter":{"type":"string","enum":["a"]}}""";
    private static readonly string[] Bounds = ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"];

    private static readonly TestCaseData[] Breaks =
    [
        Case("server gone", d => d["servers"] = JsonNode.Parse("""[{"url":"/dictation"}]"""), "Servers: / is gone."),
        Case("path gone", d => Remove(d, "paths/~health~live"), "/health/live: the path is gone."),
        Case("method gone", d => Remove(d, "paths/~api~v1~tags/post"), "POST /api/v1/tags: the operation is gone."),
        Case("operationId changed", d => Set(d, "paths/~metadata/get/operationId", "GetAbout"),
            "GET /metadata: the operationId was GetMetadata, now GetAbout; generated clients name their methods by it."),
        Case("parameter gone", d => Remove(d, "paths/~api~v1~items/get/parameters/q"), "GET /api/v1/items: the query parameter 'q' is gone."),
        Case("parameter moved", d => Set(d, "paths/~api~v1~items/get/parameters/q/in", "header"),
            "GET /api/v1/items: the query parameter 'q' has moved to the header."),
        Case("parameter required", d => Set(d, "paths/~api~v1~items/get/parameters/q/required", true),
            "GET /api/v1/items: the query parameter 'q' must now be given."),
        Case("parameter new and required",
            d => At(d, "paths/~api~v1~tags/get/parameters").AsArray().Add(JsonNode.Parse("""{"name":"of","in":"query","required":true,"schema":{"type":"string"}}""")),
            "GET /api/v1/tags: the query parameter 'of' is new and must be given."),
        Case("parameter written otherwise", d => Set(d, "paths/~api~v1~items/get/parameters/tag/explode", false),
            "GET /api/v1/items: the query parameter 'tag' was written as form, exploded, now as form."),
        Case("entries of a parameter shorter", d => Set(d, "paths/~api~v1~items/get/parameters/tag/schema/items/maxLength", 40),
            "GET /api/v1/items: each entry of the query parameter 'tag' was up to 50 characters long, now up to 40 characters long."),
        Case("success gone", d => Remove(d, "paths/~api~v1~tags/get/responses/200"), "GET /api/v1/tags: the 200 response is gone."),
        Case("failure gone", d => Remove(d, "paths/~api~v1~tags/get/responses/422"), "GET /api/v1/tags: the 422 response is gone."),
        Case("response's media type gone", d => Remove(d, "paths/~api~v1~tags/get/responses/200/content/application~json"),
            "GET /api/v1/tags: the 200 response can no longer be application/json."),
        Case("response's header gone", d => Remove(d, "paths/~api~v1~tags/post/responses/201/headers/Location"),
            "POST /api/v1/tags: the 201 response's header Location is gone."),
        Case("response's header of another type", d => Set(d, "paths/~api~v1~tags/post/responses/201/headers/Location/schema/type", "integer"),
            "POST /api/v1/tags: the 201 response's header Location was string, now integer."),
        Case("response's schema gone", d => Remove(d, "paths/~metadata/get/responses/200/content/application~json/schema"),
            "GET /metadata: the 200 response was object, now of any type."),
        Case("request's media type gone", d => Remove(d, "paths/~api~v1~tags/post/requestBody/content/application~json"),
            "POST /api/v1/tags: the request can no longer be application/json."),
        Case("request's body gone", d => Remove(d, "paths/~api~v1~tags/post/requestBody"), "POST /api/v1/tags: the request no longer takes a body."),
        Case("a body where there was none", d => Set(d, "paths/~metadata/get/requestBody", JsonNode.Parse("""{"required":true,"content":{}}""")),
            "GET /metadata: the request must now have a body."),
        Case("security scheme gone", d => Remove(d, "components/securitySchemes/Bearer"), "Security: the scheme Bearer is gone."),
        Case("security scheme elsewhere", d => Set(d, "components/securitySchemes/ApiKey/in", "query"), "Security: the scheme ApiKey is another one now."),
        Case("security requirement gone", d => Remove(d, "security/0"), "Security: a call with ApiKey alone is no longer allowed."),
        Case("open document closed", d => Remove(d, "security/2"), "Security: a call without a key is no longer allowed."),
        Case("open operation closed", d => Set(d, "paths/~metadata/get/security", JsonNode.Parse("""[{"ApiKey":[]},{"Bearer":[]}]""")),
            "GET /metadata: a call without a key is no longer allowed."),
        Case("two keys for one", d => Set(d, "paths/~metadata/get/security", JsonNode.Parse("""[{"ApiKey":[],"Bearer":[]},{"Bearer":[]},{}]""")),
            "GET /metadata: a call with ApiKey alone is no longer allowed."),
        Case("request's bound lowered", d => Set(d, $"{Rate}/maximum", 1.5),
            "POST /api/v1/tts/convert: the request's 'speaking_rate' was up to 2, now up to 1.5."),
        Case("schema of no operation gone", d => Remove(d, "components/schemas/TaskStep"), "Components: the schema TaskStep is gone."),
        Case("schema of no operation weakened", d => Remove(d, "components/schemas/TaskStep/properties/at"), "Components: the schema TaskStep's 'at' is gone."),
    ];

    private static readonly TestCaseData[] Harmless =
    [
        Case("path added", d => Set(d, "paths/~new", At(d, "paths/~metadata").DeepClone())),
        Case("method added", d => Set(d, "paths/~metadata/head", JsonNode.Parse("""{"operationId":"HeadMetadata","responses":{}}"""))),
        Case("parameter added",
            d => At(d, "paths/~api~v1~tags/get/parameters").AsArray().Add(JsonNode.Parse("""{"name":"of","in":"query","schema":{"type":"string"}}"""))),
        Case("parameters and requirements reordered", d =>
        {
            Reverse(d, "paths/~api~v1~items/get/parameters");
            Reverse(d, "paths/~api~v1~items/get/parameters/sort/schema/enum");
            Reverse(d, "components/schemas/ErrorResponse/required");
            Reverse(d, "security");
        }),
        Case("parameter of the whole path added", d => Set(d, "paths/~metadata/parameters", JsonNode.Parse("""[{"name":"of","in":"query","schema":{"type":"string"}}]"""))),
        Case("parameter's defaults said", d => Set(d, "paths/~api~v1~items/get/parameters/q/style", "form")),
        Case("words changed", d =>
        {
            Set(d, "info/version", "1.1.0");
            Set(d, "info/title", "Other");
            Set(d, "paths/~metadata/get/summary", "Other.");
            Set(d, "paths/~metadata/get/responses/200/description", "Other.");
            Set(d, "components/schemas/ConvertText/description", "Other.");
            Set(d, "components/schemas/ConvertText/example", "Other.");
            Set(d, $"{Rate}/description", "Other.");
        }),
        Case("status, header and media type added", d =>
        {
            Set(d, "paths/~metadata/get/responses/418", JsonNode.Parse("""{"description":"Slower."}"""));
            Set(d, "paths/~metadata/get/responses/200/headers", JsonNode.Parse("""{"ETag":{"schema":{"type":"string"}}}"""));
            Set(d, "paths/~metadata/get/responses/200/content/text~plain", new JsonObject());
            Set(d, "paths/~api~v1~tags/post/requestBody/content/text~plain", new JsonObject());
        }),
        Case("key no longer asked for", d => Set(d, "paths/~metadata/get/security", new JsonArray())),
        Case("security said again", d => Set(d, "paths/~metadata/get/security", d["security"]!.DeepClone())),
        Case("request's field added and bound raised", d =>
        {
            Set(d, $"{Rate}/maximum", 4);
            Set(d, "components/schemas/ConvertText/properties/pitch", JsonNode.Parse("""{"type":"number"}"""));
        }),
        Case("response's field added", d =>
        {
            Set(d, "components/schemas/FieldError/properties/hint", JsonNode.Parse("""{"type":"string"}"""));
            At(d, "components/schemas/FieldError/required").AsArray().Add("hint");
        }),
        Case("schema renamed", d =>
        {
            var schemas = At(d, "components/schemas").AsObject();
            schemas["Problem"] = schemas["ErrorResponse"]!.DeepClone();
            schemas.Remove("ErrorResponse");
            foreach (var holder in Objects(d).Where(o => o["$ref"]?.ToString() == "#/components/schemas/ErrorResponse").ToList())
            {
                holder["$ref"] = "#/components/schemas/Problem";
            }
        }),
        Case("response's schema moved behind a reference", d =>
        {
            Set(d, "components/schemas/Moved", At(d, "components/schemas/Tag/properties/name").DeepClone());
            Set(d, "components/schemas/Tag/properties/name", JsonNode.Parse("""{"allOf":[{"$ref":"#/components/schemas/Moved"}]}"""));
        }),
    ];

    [TestCaseSource(nameof(Breaks))]
    public void Between_WhenAClientBreaks_SaysWhere(Action<JsonNode> change, string expected) => Assert.That(Between(change), Is.EqualTo((string[])[expected]));

    [TestCaseSource(nameof(Harmless))]
    public void Between_WhenNoClientBreaks_IsEmpty(Action<JsonNode> change, string _) => Assert.That(Between(change), Is.Empty);

    // Each line: the schema as released, as it is now, what a request's sentence ends with and what a response's does; none where it is fine.
    [TestCase("""{"type":"integer"}""", """{"type":"number"}""", " was integer, now number", " was integer, now number")]
    [TestCase("""{"type":"integer","format":"int32"}""", """{"type":"integer"}""", " was integer (int32), now integer", " was integer (int32), now integer")]
    [TestCase("""{"type":"string","nullable":true}""", """{"type":"string"}""", " may no longer be null", null)]
    [TestCase("""{"type":"string"}""", """{"type":"string","nullable":true}""", null, " may now be null")]
    [TestCase("""{"type":"string"}""", """{"type":"string","nullable":false}""", null, null)]
    [TestCase("""{"type":"number","minimum":1}""", """{"type":"number","minimum":1.5}""", " was at least 1, now at least 1.5", null)]
    [TestCase("""{"type":"number","minimum":1}""", """{"type":"number"}""", null, null)]
    [TestCase("""{"type":"number"}""", """{"type":"number","maximum":9}""", " was not bound, now up to 9", null)]
    [TestCase("""{"type":"number","maximum":9}""", """{"type":"number","maximum":9.0}""", null, null)]
    [TestCase("""{"type":"number","maximum":9}""", """{"type":"number","maximum":9,"exclusiveMaximum":true}""", " was up to 9, now up to 9, exclusive", null)]
    [TestCase("""{"type":"string"}""", """{"type":"string","minLength":1}""", " was not bound, now at least 1 characters long", null)]
    [TestCase("""{"type":"string","maxLength":9}""", """{"type":"string","maxLength":8}""", " was up to 9 characters long, now up to 8 characters long", null)]
    [TestCase("""{"type":"array","minItems":1,"items":{}}""", """{"type":"array","minItems":2,"items":{}}""", " was at least 1 entries long, now at least 2 entries long", null)]
    [TestCase("""{"type":"array","items":{}}""", """{"type":"array","maxItems":2,"items":{}}""", " was not bound, now up to 2 entries long", null)]
    [TestCase("""{"type":"array","items":{}}""", """{"type":"array","uniqueItems":true,"items":{}}""", " has the uniqueItems true now, before none", null)]
    [TestCase("""{"type":"string"}""", """{"type":"string","pattern":"a"}""", " has the pattern a now, before none", null)]
    [TestCase("""{"type":"string","pattern":"a"}""", """{"type":"string","pattern":"b"}""", " has the pattern b now, before a", null)]
    [TestCase("""{"type":"string","pattern":"a"}""", """{"type":"string"}""", null, null)]
    [TestCase("""{"type":"number","default":1}""", """{"type":"number","default":2}""", " was 1 when left out, now 2", null)]
    [TestCase("""{"type":"number","default":1}""", """{"type":"number"}""", " was 1 when left out, now nothing said", null)]
    [TestCase("""{"type":"number","default":1}""", """{"type":"number","default":1.0}""", null, null)]
    [TestCase("""{"type":"number"}""", """{"type":"number","default":2}""", null, null)]
    [TestCase("""{"type":"string","enum":["a","b"]}""", """{"type":"string","enum":["b"]}""", " can no longer be a", null)]
    [TestCase("""{"type":"string","enum":["a"]}""", """{"type":"string","enum":["b","a"]}""", null, " may now be b")]
    [TestCase("""{"type":"string"}""", """{"type":"string","enum":["a","b"]}""", " was free, now one of a, b", null)]
    [TestCase("""{"type":"string","enum":["a","b"]}""", """{"type":"string"}""", null, " was one of a, b, now free")]
    [TestCase("""{"type":"object","properties":{"a":{}}}""", """{"type":"object"}""", "'s 'a' is gone", "'s 'a' is gone")]
    [TestCase("""{"type":"object","required":["a"],"properties":{"a":{}}}""", """{"type":"object"}""", "'s 'a' is gone", "'s 'a' is gone")]
    [TestCase("""{"type":"object","properties":{"a":{}}}""", """{"type":"object","required":["a"],"properties":{"a":{}}}""", "'s 'a' must now be given", null)]
    [TestCase("""{"type":"object"}""", """{"type":"object","required":["a"],"properties":{"a":{}}}""", "'s 'a' is new and must be given", null)]
    [TestCase("""{"type":"object","required":["a"],"properties":{"a":{}}}""", """{"type":"object","properties":{"a":{}}}""", null, "'s 'a' may now be missing")]
    [TestCase("""{"type":"object"}""", """{"type":"object","additionalProperties":false}""", " no longer takes fields that it does not name", null)]
    [TestCase("""{"type":"object"}""", """{"type":"object","additionalProperties":true}""", null, null)]
    [TestCase("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"type":"object","additionalProperties":{"type":"string"}}""", "'s '*' was integer, now string", "'s '*' was integer, now string")]
    [TestCase("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"type":"object","additionalProperties":false}""", "'s '*' can no longer be there", "'s '*' can no longer be there")]
    [TestCase("""{"type":"array","items":{"type":"array","items":{"$ref":"#/components/schemas/Letter"}}}""", """{"type":"array","items":{"type":"array","items":{"type":"string","enum":["a"]}}}""", null, null)]
    // References, and the two ways in which the document writes them.
    [TestCase("""{"$ref":"#/components/schemas/Letter"}""", """{"allOf":[{"$ref":"#/components/schemas/Letter"}],"description":"One."}""", null, null)]
    [TestCase("""{"$ref":"#/components/schemas/Letter"}""", """{"oneOf":[{"$ref":"#/components/schemas/Letter"},{"type":"string","nullable":true,"enum":[null]}]}""", null, " may now be null")]
    [TestCase("""{"oneOf":[{"$ref":"#/components/schemas/Letter"},{"type":"string","nullable":true,"enum":[null]}]}""", """{"type":"string","nullable":true,"enum":["a",null]}""", null, null)]
    [TestCase("""{"allOf":[{"$ref":"#/components/schemas/Letter"}],"nullable":true}""", """{"oneOf":[{"$ref":"#/components/schemas/Letter"},{"enum":[null]}]}""", null, null)]
    [TestCase("""{"default":"a","oneOf":[{"$ref":"#/components/schemas/Letter"},{"enum":[null]}]}""", """{"default":"b","oneOf":[{"$ref":"#/components/schemas/Letter"},{"enum":[null]}]}""", " was a when left out, now b", null)]
    [TestCase("""{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}}}""", """{"allOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"properties":{"b":{"type":"string"}}}]}""", null, null)]
    [TestCase("""{"type":"string","maxLength":5}""", """{"allOf":[{"type":"string","maxLength":5},{"maxLength":4}]}""", " was up to 5 characters long, now up to 4 characters long", null)]
    [TestCase("""{"type":"string","maxLength":5}""", """{"allOf":[{"type":"string","maxLength":5},{"maxLength":6}]}""", null, null)]
    [TestCase("""{"type":"object","additionalProperties":{"type":"integer","maximum":9}}""", """{"type":"object","additionalProperties":{"allOf":[{"type":"integer","maximum":8}]}}""", "'s '*' was up to 9, now up to 8", null)]
    [TestCase("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string","maxLength":2}}}}}}""", """{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{"type":"string","maxLength":1}}}}}}""", "'s 'a[].b' was up to 2 characters long, now up to 1 characters long", null)]
    [TestCase("""{"oneOf":[{"type":"integer"},{"enum":[null]}]}""", """{"type":"integer"}""", " may no longer be null", null)]
    // Choices.
    [TestCase("""{"oneOf":[{"type":"string"},{"type":"integer"}]}""", """{"oneOf":[{"type":"integer"},{"type":"string"},{"type":"boolean"}]}""", null, " may now be what was no choice: {\"type\":\"boolean\"}")]
    [TestCase("""{"anyOf":[{"type":"string"},{"$ref":"#/components/schemas/Letter"}]}""", """{"anyOf":[{"$ref":"#/components/schemas/Letter"},{"type":"boolean"}]}""", " no longer takes all of its choice {\"type\":\"string\"}", " may now be what was no choice: {\"type\":\"boolean\"}")]
    public void Between_WhenASchemaChanges_SaysWhatBreaksOnEitherSide(string before, string after, string? request, string? response) => Assert.Multiple(() =>
    {
        Assert.That(BreakingChanges.Between(Request(before), Request(after)), Is.EqualTo(Expected("the request", request)), "request");
        Assert.That(BreakingChanges.Between(Response(before), Response(after)), Is.EqualTo(Expected("the 200 response", response)), "response");
    });

    [Test]
    public void Between_WhenABodyOrAHeaderChangesWhetherItMustBeThere_SaysSo()
    {
        var (before, after) = (Document(), Document());
        Set(before, "paths/~metadata/get/responses/200/headers", JsonNode.Parse("""{"etag":{"required":true,"schema":{"type":"string"}}}"""));
        Set(after, "paths/~metadata/get/responses/200/headers", JsonNode.Parse("""{"ETag":{"schema":{"type":"string"}}}"""));
        Set(before, "paths/~api~v1~tags/post/requestBody/required", false);
        Set(after, "paths/~api~v1~tags/post/requestBody/required", true);
        Assert.That(BreakingChanges.Between(before, after), Is.EquivalentTo((string[])
            ["POST /api/v1/tags: the request's body must now be given.", "GET /metadata: the 200 response's header etag may now be missing."]));
    }

    [Test]
    public void Between_WhenASchemaOfManyPlacesChanges_IsOneSentence()
    {
        const string All = """{"type":"object","properties":{"one":{"$ref":"#/components/schemas/Letter"},"more":{"type":"array","items":{"$ref":"#/components/schemas/Letter"}}}}""";
        var findings = BreakingChanges.Between(Response(All), Response(All, Letter.Replace("""["a"]""", """["a","b"]""", StringComparison.Ordinal)));
        Assert.That(findings, Is.EqualTo((string[])["PUT /a: the 200 response's 'one' may now be b; so it is in 1 more places that use Letter."]));
    }

    /// <summary>A tree holds trees: the comparison ends, and finds what differs within.</summary>
    [Test]
    public void Between_WhenSchemasContainThemselves_EndsAndFinds()
    {
        const string Trees = """
            {
              "Tree": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}, "both": {"$ref": "#/components/schemas/Both"}, "leaf": {"type": "string"}}},
              "Twin": {"properties": {"left": {"$ref": "#/components/schemas/Tree"}, "both": {"$ref": "#/components/schemas/Both"}, "bud": {"type": "string"}}},
              "Both": {"allOf": [{"$ref": "#/components/schemas/Tree"}, {"$ref": "#/components/schemas/Twin"}]}
            }
            """;
        const string Reference = """{"$ref":"#/components/schemas/Both"}""";
        var (before, after) = (Response(Reference, Trees), Response(Reference, Trees.Replace("\"bud\"", "\"flower\"", StringComparison.Ordinal)));
        Assert.Multiple(() =>
        {
            Assert.That(BreakingChanges.Between(before, before), Is.Empty);
            Assert.That(BreakingChanges.Between(before, after), Does.Contain("PUT /a: the 200 response's 'bud' is gone."));
        });
    }

    [TestCase("""{"$ref":"#/components/schemas/None"}""", "does not have it")]
    [TestCase("""{"$ref":"#/components/schemas/Loop"}""", "refers to itself")]
    public void Between_WhenADocumentIsNoDocument_Throws(string schema, string why)
    {
        var document = Response(schema, """{"Loop":{"allOf":[{"$ref":"#/components/schemas/Loop"}]}}""");
        Assert.That(() => BreakingChanges.Between(document, document), Throws.InstanceOf<InvalidDataException>().With.Message.Contains(why));
    }

    /// <summary>No rule is empty and no corner is left out: each of these breaks is seen, wherever chance puts it in the document.</summary>
    [TestCase("operations", 40)]
    [TestCase("statuses", 150)]
    [TestCase("media types", 150)]
    [TestCase("headers", 30)]
    [TestCase("parameters", 40)]
    [TestCase("properties", 200)]
    [TestCase("bounds", 60)]
    [TestCase("enums of requests", 3)]
    [TestCase("enums of responses", 4)]
    public void Between_WhenAnyPartOfTheDocumentBreaks_FindsIt(string parts, int atLeast)
    {
        var (released, current) = (Document(), Document());
        const int Tried = 50;
        var breaks = BreaksOf(parts, current).ToArray();
        var random = Seed.Random();
        random.Shuffle(breaks);
        List<string> unseen = [];
        foreach (var (name, change, back) in breaks.Take(Tried))
        {
            change();
            if (BreakingChanges.Between(released, current).Count == 0)
            {
                unseen.Add(name);
            }

            back();
        }

        Assert.Multiple(() =>
        {
            Assert.That(breaks, Has.Length.AtLeast(atLeast));
            Assert.That(unseen, Is.Empty);
            Assert.That(BreakingChanges.Between(released, current), Is.Empty, "every change was taken back");
        });
    }

    [Test]
    public void Document_AgainstTheReleasedOne_BreaksNoClient()
    {
        var findings = BreakingChanges.Between(Document("openapi.v1.baseline.json"), Document());
        Assert.That(findings, Is.Empty, $"""
            docs/openapi.json breaks clients of version 1:
              {string.Join("\n  ", findings)}
            Take the change back. If the break is meant, it is a new major version: see docs/clients.md. The baseline is replaced by the step
            that releases, and by nothing else: cp docs/openapi.json docs/openapi.v1.baseline.json

            """);
    }

    private static IEnumerable<(string Name, Action Change, Action Back)> BreaksOf(string parts, JsonNode document)
    {
        var paths = document["paths"]!;
        var operations = paths.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => o.Value).OfType<JsonObject>()).ToList();
        var responses = operations.SelectMany(o => o["responses"]!.AsObject().Select(r => r.Value!)).ToList();
        var sent = Reachable(document, operations.SelectMany(o => new[] { o["parameters"], o["requestBody"] }));
        return parts switch
        {
            "operations" => Members(paths.AsObject().Select(p => p.Value)),
            "statuses" => Members(operations.Select(o => o["responses"])),
            "media types" => Members(responses.Concat(operations.Select(o => o["requestBody"])).Select(r => r?["content"])),
            "headers" => Members(responses.Select(r => r["headers"])),
            "parameters" => operations.SelectMany(o => o["parameters"]?.AsArray().Select((p, i) => Gone(o["parameters"]!.AsArray(), i)) ?? []),
            "properties" => Members(document["components"]!["schemas"]!.AsObject().Select(s => s.Value!["properties"])),
            "bounds" => sent.SelectMany(s => Bounds.Where(b => s[b] is JsonValue).Select(b => Narrower(s, b))),
            "enums of requests" => sent.Where(s => s["enum"] is JsonArray { Count: > 1 }).Select(s => Gone(s["enum"]!.AsArray(), 0)),
            "enums of responses" => Reachable(document, responses).Where(s => s["enum"] is JsonArray { Count: > 1 }).Select(s => Longer(s["enum"]!.AsArray())),
            _ => throw new ArgumentOutOfRangeException(nameof(parts), parts, null),
        };
    }

    private static IEnumerable<(string, Action, Action)> Members(IEnumerable<JsonNode?> holders) =>
        holders.OfType<JsonObject>().SelectMany(h => h.ToList().Select(m => ($"{h.GetPath()}: {m.Key}", (Action)(() => h.Remove(m.Key)), (Action)(() => h[m.Key] = m.Value))));

    private static (string, Action, Action) Gone(JsonArray array, int index)
    {
        var entry = array[index];
        return ($"{array.GetPath()}: {index}", () => array.RemoveAt(index), () => array.Insert(index, entry));
    }

    private static (string, Action, Action) Longer(JsonArray array) => (array.GetPath(), () => array.Add("new"), () => array.RemoveAt(array.Count - 1));

    private static (string, Action, Action) Narrower(JsonObject schema, string bound)
    {
        var was = schema[bound]!;
        return ($"{schema.GetPath()}: {bound}", () => schema[bound] = (decimal)was + (bound.StartsWith("min", StringComparison.Ordinal) ? 1 : -1), () => schema[bound] = was);
    }

    /// <summary>Every object under some nodes, also through references.</summary>
    private static List<JsonObject> Reachable(JsonNode document, IEnumerable<JsonNode?> starts)
    {
        var named = starts.SelectMany(s => new SchemaSource(document).Reached(s)).Distinct().Select(a => At(document, a[2..]));
        return [.. starts.Concat(named).SelectMany(Objects)];
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(p => Objects(p.Value)).Prepend(holder),
        JsonArray array => array.SelectMany(Objects),
        _ => [],
    };

    private static TestCaseData Case(string name, Action<JsonNode> change, string expected = "") => new TestCaseData(change, expected).SetArgDisplayNames(name);

    private static IReadOnlyList<string> Between(Action<JsonNode> change)
    {
        var current = Document();
        change(current);
        return BreakingChanges.Between(Document(), current);
    }

    private static string[] Expected(string subject, string? end) => end is null ? [] : [$"PUT /a: {subject}{end}."];

    private static JsonObject Request(string schema) => Inline(new() { ["requestBody"] = Content(schema) });

    private static JsonObject Response(string schema, string components = Letter) =>
        Inline(new() { ["responses"] = new JsonObject { ["200"] = Content(schema) } }, components);

    private static JsonObject Content(string schema) =>
        new() { ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = JsonNode.Parse(schema) } } };

    private static JsonObject Inline(JsonObject operation, string components = Letter) => new()
    {
        ["paths"] = new JsonObject { ["/a"] = new JsonObject { ["put"] = operation } },
        ["components"] = new JsonObject { ["schemas"] = JsonNode.Parse(components) },
    };

    /// <param name="path">Names and indexes between slashes; a slash in a name is a tilde. A parameter has its name for an index.</param>
    private static JsonNode At(JsonNode node, string path) => path.Split('/').Aggregate(node, (at, step) => at is JsonArray array
        ? array.FirstOrDefault(e => (e as JsonObject)?["name"]?.ToString() == step) ?? array[int.Parse(step, null)]!
        : at[step.Replace('~', '/')] ?? throw new ArgumentException($"The document has no {path}: nothing at {step}."));

    private static void Set(JsonNode document, string path, JsonNode? value)
    {
        var cut = path.LastIndexOf('/');
        At(document, path[..cut])[path[(cut + 1)..].Replace('~', '/')] = value;
    }

    private static void Remove(JsonNode document, string path)
    {
        var gone = At(document, path);
        if (gone.Parent is JsonArray array)
        {
            array.Remove(gone);
        }
        else
        {
            gone.Parent!.AsObject().Remove(gone.GetPropertyName());
        }
    }

    private static void Reverse(JsonNode document, string path)
    {
        var array = At(document, path).AsArray();
        var entries = array.Reverse().ToList();
        array.Clear();
        entries.ForEach(array.Add);
    }

    private static JsonNode Document(string name = "openapi.json") => JsonNode.Parse(File.ReadAllText(Repository.File($"docs/{name}")))!;
}
