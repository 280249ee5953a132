using System.Text.Json.Nodes;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>What in an OpenAPI 3.0 document breaks a client that was written against an earlier one, as sentences.</summary>
/// <remarks>
/// A client is code that sends what the released document allows, reads what it promises and may be generated from it. So what requests
/// allow must not shrink and what responses promise must not weaken; what is only added breaks nobody. <see cref="SchemaChanges"/> says
/// what that means for values. A break in a schema that many operations use is one sentence, at the first of them.
/// </remarks>
internal static class BreakingChanges
{
    public static IReadOnlyList<string> Between(JsonNode released, JsonNode current) => new Comparison(new(released), new(current)).Run();

    private sealed class Comparison(SchemaSource old, SchemaSource now)
    {
        private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
        private readonly SchemaChanges schemas = new(old, now);
        private readonly List<Finding> found = [];

        public IReadOnlyList<string> Run()
        {
            Document();
            foreach (var (path, item) in Members(old.Root["paths"]))
            {
                PathItem(path, old.Resolve(item)!, now.Resolve(now.Root["paths"]?[path]));
            }

            // What no operation names is promised too: the events of a stream are described by such a schema.
            var reached = old.Reached(old.Root["paths"]);
            foreach (var (name, _) in Members(old.Root["components"]?["schemas"]))
            {
                var address = $"#/components/schemas/{name}";
                if (reached.Contains(address))
                {
                    continue;
                }

                if (now.Root["components"]?["schemas"]?[name] is null)
                {
                    Report("Components", $"the schema {name} is gone");
                    continue;
                }

                Schema("Components", $"the schema {name}", new JsonObject { ["$ref"] = address }, new JsonObject { ["$ref"] = address }, Side.Response);
            }

            return [.. found.GroupBy(f => f.Origin).Select(Sentence)];
        }

        private static string Sentence(IGrouping<object, Finding> same)
        {
            var texts = same.Select(f => f.Text).Distinct().ToList();
            return texts.Count == 1 ? $"{texts[0]}." : $"{texts[0]}; so it is in {texts.Count - 1} more places that use {same.First().Component}.";
        }

        private void Document()
        {
            foreach (var url in Urls(old).Except(Urls(now)))
            {
                Report("Servers", $"{url} is gone");
            }

            foreach (var (name, scheme) in Members(old.Root["components"]?["securitySchemes"]))
            {
                var other = now.Root["components"]?["securitySchemes"]?[name];
                if (other is null || new[] { "type", "name", "in", "scheme" }.Any(k => !JsonNode.DeepEquals(scheme[k], other[k])))
                {
                    Report("Security", $"the scheme {name} is {(other is null ? "gone" : "another one now")}");
                }
            }

            Security("Security", old.Root, now.Root);
        }

        private void PathItem(string path, JsonNode before, JsonNode? after)
        {
            if (after is null)
            {
                Report(path, "the path is gone");
                return;
            }

            foreach (var method in Methods)
            {
                var place = $"{method.ToUpperInvariant()} {path}";
                if (before[method] is { } operation && after[method] is { } other)
                {
                    Operation(place, operation, other);
                    Parameters(place, ParametersOf(old, before, operation), ParametersOf(now, after, other));
                }
                else if (before[method] is not null)
                {
                    Report(place, "the operation is gone");
                }
            }
        }

        private void Operation(string place, JsonNode before, JsonNode after)
        {
            if (before["operationId"] is { } id && !JsonNode.DeepEquals(id, after["operationId"]))
            {
                Report(place, $"the operationId was {id}, now {after["operationId"]?.ToString() ?? "none"}; generated clients name their methods by it");
            }

            if (before["security"] is not null || after["security"] is not null)
            {
                Security(place, before["security"] is null ? old.Root : before, after["security"] is null ? now.Root : after);
            }

            Body(place, old.Resolve(before["requestBody"]), now.Resolve(after["requestBody"]));
            foreach (var (status, response) in Members(before["responses"]))
            {
                var subject = $"the {status} response";
                if (now.Resolve(after["responses"]?[status]) is { } other)
                {
                    Response(place, subject, old.Resolve(response)!, other);
                }
                else
                {
                    Report(place, $"{subject} is gone");
                }
            }
        }

        /// <summary>
        /// A client with a key needs a requirement that asks for no more than that key. The empty requirement does not serve it as long as
        /// others are beside it: it then stands for installations without keys.
        /// </summary>
        private void Security(string place, JsonNode before, JsonNode after)
        {
            var offered = Requirements(after);
            if (offered.All(o => o.Count == 0))
            {
                return;
            }

            foreach (var held in Requirements(before).Where(h => !offered.Any(o => o.IsSubsetOf(h) && o.Count == 0 == (h.Count == 0))))
            {
                Report(place, held.Count == 0 ? "a call without a key is no longer allowed" : $"a call with {string.Join(" and ", held)} alone is no longer allowed");
            }
        }

        private void Parameters(string place, Dictionary<(string In, string Name), JsonNode> before, Dictionary<(string In, string Name), JsonNode> after)
        {
            foreach (var (key, parameter) in before)
            {
                var subject = $"the {key.In} parameter '{key.Name}'";
                if (!after.TryGetValue(key, out var other))
                {
                    var moved = after.Keys.FirstOrDefault(k => k.Name == key.Name && !before.ContainsKey(k));
                    Report(place, moved.In is null ? $"{subject} is gone" : $"{subject} has moved to the {moved.In}");
                    continue;
                }

                Require(place, subject, parameter, other);
                if (Style(key.In, parameter) != Style(key.In, other))
                {
                    Report(place, $"{subject} was written as {Style(key.In, parameter)}, now as {Style(key.In, other)}");
                }

                Schema(place, subject, parameter["schema"], other["schema"], Side.Request);
                Contents(place, subject, parameter, other, Side.Request);
            }

            foreach (var (key, _) in after.Where(a => !before.ContainsKey(a.Key) && Is(a.Value, "required")))
            {
                Report(place, $"the {key.In} parameter '{key.Name}' is new and must be given");
            }
        }

        private void Body(string place, JsonNode? before, JsonNode? after)
        {
            if (before is null || after is null)
            {
                if (before is not null || Is(after, "required"))
                {
                    Report(place, before is null ? "the request must now have a body" : "the request no longer takes a body");
                }

                return;
            }

            Require(place, "the request's body", before, after);
            Contents(place, "the request", before, after, Side.Request);
        }

        private void Response(string place, string subject, JsonNode before, JsonNode after)
        {
            var headers = Members(after["headers"]).ToDictionary(h => h.Key, h => now.Resolve(h.Value)!, StringComparer.OrdinalIgnoreCase);
            foreach (var (name, header) in Members(before["headers"]).Select(h => (h.Key, old.Resolve(h.Value)!)))
            {
                var named = $"{subject}'s header {name}";
                if (!headers.TryGetValue(name, out var other))
                {
                    Report(place, $"{named} is gone");
                    continue;
                }

                if (Is(header, "required") && !Is(other, "required"))
                {
                    Report(place, $"{named} may now be missing");
                }

                Schema(place, named, header["schema"], other["schema"], Side.Response);
            }

            Contents(place, subject, before, after, Side.Response);
        }

        private void Contents(string place, string subject, JsonNode before, JsonNode after, Side side)
        {
            foreach (var (type, media) in Members(before["content"]))
            {
                if (after["content"]?[type] is not { } other)
                {
                    Report(place, $"{subject} can no longer be {type}");
                    continue;
                }

                Schema(place, subject, media["schema"], other["schema"], side);
            }
        }

        private void Require(string place, string subject, JsonNode before, JsonNode after)
        {
            if (!Is(before, "required") && Is(after, "required"))
            {
                Report(place, $"{subject} must now be given");
            }
        }

        private void Schema(string place, string subject, JsonNode? before, JsonNode? after, Side side) =>
            found.AddRange(schemas.Between(before ?? new JsonObject(), after ?? new JsonObject(), side).Select(c =>
            {
                var text = $"{place}: {c.Sentence(subject)}";
                return new Finding(text, c.Component is null ? text : (c.Component, c.At, c.What), c.Component);
            }));

        private void Report(string place, string what) => found.Add(new($"{place}: {what}", $"{place}: {what}", null));

        private static Dictionary<(string In, string Name), JsonNode> ParametersOf(SchemaSource source, params JsonNode[] levels)
        {
            var parameters = new Dictionary<(string In, string Name), JsonNode>();
            foreach (var parameter in levels.SelectMany(l => l["parameters"] as JsonArray ?? []).Select(p => source.Resolve(p)!))
            {
                var (place, name) = ((string)parameter["in"]!, (string)parameter["name"]!);
                parameters[(place, place == "header" ? name.ToLowerInvariant() : name)] = parameter;
            }

            return parameters;
        }

        private static List<HashSet<string>> Requirements(JsonNode holder) => holder["security"] is JsonArray { Count: > 0 } all
            ? [.. all.Select(a => a!.AsObject().SelectMany(s => s.Value!.AsArray().Select(v => $"{s.Key} {v}").Prepend(s.Key)).ToHashSet())]
            : [[]];

        private static string Style(string place, JsonNode parameter)
        {
            var style = (string?)parameter["style"] ?? (place is "query" or "cookie" ? "form" : "simple");
            return ((bool?)parameter["explode"] ?? style == "form") ? $"{style}, exploded" : style;
        }

        private static IEnumerable<string> Urls(SchemaSource source) => (source.Root["servers"] as JsonArray ?? []).Select(s => (string)s!["url"]!);

        private static IEnumerable<KeyValuePair<string, JsonNode>> Members(JsonNode? node) => (node as JsonObject ?? [])!;

        private static bool Is(JsonNode? node, string flag) => (bool?)node?[flag] ?? false;

        /// <param name="Origin">Equal for the findings that one change made.</param>
        private sealed record Finding(string Text, object Origin, string? Component);
    }
}
