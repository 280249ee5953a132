using System.Text.Json.Nodes;
using Dictation.Application;
using Dictation.WebApi.FunctionalTests.Support;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>The OpenAPI document: that it is the reviewed one, that it is complete, and that its bounds are the validators' own.</summary>
public sealed class ApiDocumentTests
{
    private static readonly ApiDocument Document = ApiDocument.Golden;

    private static IEnumerable<Type> ValidatedRequests => typeof(ApplicationServices).Assembly.GetTypes()
        .SelectMany(t => t.GetInterfaces())
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>))
        .Select(i => i.GenericTypeArguments[0])
        .Where(t => t is { IsInterface: false, IsGenericParameter: false })
        .Distinct();

    [Test]
    public async Task Document_AsServed_EqualsTheGoldenFile()
    {
        await using var server = new DictationServer();
        GoldenFile.AssertEqual("docs/openapi.json", await server.Http.GetStringAsync("/openapi/v1.json"));
    }

    [Test]
    public async Task EveryRoute_IsAnOperation()
    {
        await using var server = new DictationServer();
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Mvc.Controllers.ControllerActionDescriptor>() is not null)
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/').Replace(":long", "", StringComparison.Ordinal)}"));
        Assert.That(Document.Operations.Select(o => $"{o.Method} {o.Path}"), Is.EquivalentTo(routes));
    }

    [Test]
    public void EveryOperation_HasAnIdASummaryAndWordsForAllItTakesAndAnswers()
    {
        var missing = Document.Operations.SelectMany(o => new[]
        {
            char.IsUpper(o.Id[0]) && o.Id.All(char.IsLetter) ? null : $"{o.Id} is no name for a method",
            Says(o.Node["summary"]) ? null : $"{o.Id} has no summary",
        }
        .Concat(o.Parameters.Select(p => Says(p["description"]) ? null : $"{o.Id}: parameter {p["name"]} has no description"))
        .Concat(o.Node["responses"]!.AsObject().Select(r => Says(r.Value!["description"]) ? null : $"{o.Id}: {r.Key} has no description")))
        .Where(m => m is not null);
        Assert.Multiple(() =>
        {
            Assert.That(missing, Is.Empty);
            Assert.That(Document.Operations.Select(o => o.Id), Is.Unique);
        });
    }

    [Test]
    public void EverySchema_AndEachOfItsFields_HasADescription()
    {
        var missing = Document.Schemas.SelectMany(s => (s.Value!["properties"]?.AsObject().Where(p => !Says(p.Value!["description"])).Select(p => $"{s.Key}.{p.Key}") ?? [])
            .Concat(Says(s.Value["description"]) ? [] : [s.Key]));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void EveryEnum_IsOfStrings_WithAMeaningForEach()
    {
        var enums = Document.Schemas.Where(s => s.Value!["enum"] is not null).ToList();
        var unfit = enums.Where(s =>
            s.Value!["type"]!.GetValue<string>() != "string"
            || !s.Value["enum"]!.AsArray().All(v => v!.GetValue<string>().All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
            || s.Value["x-enum-descriptions"]!.AsArray().Count(Says) != s.Value["enum"]!.AsArray().Count);
        Assert.Multiple(() =>
        {
            Assert.That(enums, Has.Count.GreaterThan(5));
            Assert.That(unfit.Select(s => s.Key), Is.Empty);
        });
    }

    [Test]
    public void EveryRequestBody_HasAnExample_AndEveryExampleFitsItsSchema()
    {
        var withExamples = Document.Schemas.Where(s => s.Value!["example"] is not null).ToDictionary(s => s.Key, s => s.Value!);
        var bodies = Document.Operations.Where(o => o.BodySchema is not null).Select(o => (o.BodySchema!["$ref"] ?? o.BodySchema["oneOf"]![0]!["$ref"])!.GetValue<string>().Split('/')[^1]);
        Assert.Multiple(() =>
        {
            Assert.That(bodies.Append("ErrorResponse").Append("TtsTask").Append("Item").Append("Attempt"), Is.SubsetOf(withExamples.Keys));
            Assert.That(withExamples.SelectMany(s => Document.Misfits(s.Value["example"], s.Value, s.Key)), Is.Empty);
            Assert.That(
                Document.Operations.SelectMany(o => o.Parameters.Where(p => p["example"] is not null).SelectMany(p => Document.Misfits(p["example"], p["schema"]!, $"{o.Id}.{p["name"]}"))), Is.Empty);
        });
    }

    [Test]
    public void EveryFailure_IsAnErrorResponse()
    {
        // Health checks answer with the health also when it is bad; an answer to HEAD has no body.
        var others = Document.Operations.Where(o => o.Method != "HEAD").SelectMany(o => o.Node["responses"]!.AsObject()
            .Where(r => int.Parse(r.Key, null) >= 400 && r.Value!["content"]?["application/problem+json"]?["schema"]?["$ref"]?.GetValue<string>() != "#/components/schemas/ErrorResponse")
            .Select(r => $"{o.Id} {r.Key}"));
        Assert.That(others, Is.EquivalentTo((string[])["GetService 503", "GetHealth 503", "GetReadiness 503"]));
    }

    [Test]
    public void Security_IsAKeyInEitherOfTwoPlaces_OrNone() => Assert.Multiple(() =>
    {
        Assert.That(Document.Root["components"]!["securitySchemes"]!.AsObject().Select(s => (s.Key, s.Value!["type"]!.GetValue<string>())), Is.EquivalentTo(new[] { ("ApiKey", "apiKey"), ("Bearer", "http") }));
        Assert.That(Document.Root["security"]!.ToJsonString(), Is.EqualTo("""[{"ApiKey":[]},{"Bearer":[]},{}]"""));
    });

    /// <summary>Each component of each validator is either bounds that stand in the schema as they are, or a sentence of the description.</summary>
    [TestCaseSource(nameof(ValidatedRequests))]
    public void EveryRule_OfARequest_IsInTheDocument(Type request)
    {
        using var services = new ServiceCollection().AddApplication().BuildServiceProvider();
        var fields = Fields(request);
        var rules = Components((IValidator)services.GetRequiredService(typeof(IValidator<>).MakeGenericType(request))).ToList();
        var required = rules.Where(r => r is { OfEach: false, Component: { HasCondition: false, Validator: IBoundsRule { Bounds.Required: true } } }).Select(r => r.Field).Distinct();
        Assert.That(rules, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(fields.Where(f => f.Value.Required).Select(f => f.Key), Is.EquivalentTo(required));
            foreach (var (name, ofEach, component) in rules)
            {
                Assert.That(fields, Does.ContainKey(name));
                var (schema, description, _) = fields[name];
                if (component.Validator is not IBoundsRule { Bounds: var bounds })
                {
                    Assert.That(description, Does.Contain(component.GetUnformattedErrorMessage().Replace("{PropertyName}", name, StringComparison.Ordinal)), name);
                    continue;
                }

                AssertBounds(ofEach ? schema["items"]! : schema, bounds, name);
            }
        });
    }

    private static bool Says(JsonNode? text) => !string.IsNullOrWhiteSpace(text?.GetValue<string>());

    private static void AssertBounds(JsonNode schema, Bounds bounds, string name)
    {
        Check("minLength", bounds.MinLength);
        Check("maxLength", bounds.MaxLength);
        Check("minimum", bounds.Minimum);
        Check("maximum", bounds.Maximum);
        Check("minItems", bounds.MinItems);
        Check("maxItems", bounds.MaxItems);
        if (bounds.Pattern is not null)
        {
            Assert.That(schema["pattern"]?.GetValue<string>(), Is.EqualTo($"^({bounds.Pattern})$"), name);
        }
        else if (bounds.NotBlank)
        {
            Assert.That(schema["pattern"]?.GetValue<string>(), Is.Not.Null, name);
        }

        if (bounds.OneOf is not null)
        {
            Assert.That(schema["enum"]!.AsArray().Select(v => v!.GetValue<string>()), Is.EqualTo(bounds.OneOf), name);
        }

        if (bounds.Items is not null)
        {
            AssertBounds(schema["items"]!, bounds.Items, name);
        }

        void Check(string keyword, double? bound)
        {
            if (bound is not null)
            {
                Assert.That(schema[keyword]?.GetValue<double>(), Is.EqualTo(bound), $"{name} {keyword}");
            }
        }
    }

    /// <summary>The fields of a body, or the parameters of the operations that take the request from the query.</summary>
    private static Dictionary<string, (JsonNode Schema, string Description, bool Required)> Fields(Type request)
    {
        if (Document.Schemas[request.Name] is { } body)
        {
            var required = body["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToHashSet() ?? [];
            return body["properties"]!.AsObject().ToDictionary(p => p.Key, p => (p.Value!, p.Value!["description"]!.GetValue<string>(), required.Contains(p.Key)));
        }

        return Document.Operation(request.Name).Parameters.Where(p => p["in"]!.GetValue<string>() == "query")
            .ToDictionary(p => p["name"]!.GetValue<string>(), p => (p["schema"]!, p["description"]!.GetValue<string>(), p["required"]?.GetValue<bool>() == true));
    }

    private static IEnumerable<(string Field, bool OfEach, FluentValidation.Internal.IRuleComponent Component)> Components(IValidator validator) =>
        validator.CreateDescriptor().Rules.SelectMany(rule => rule.Components.SelectMany(component => (component.Validator, IsOfEach(rule)) switch
        {
            // The rules of a list's entries are those of their own schema.
            (IChildValidatorAdaptor, true) => [],
            (IChildValidatorAdaptor included, _) => Components((IValidator)Activator.CreateInstance(included.ValidatorType)!),
            (_, var ofEach) => [(rule.PropertyName, ofEach, component)],
        }));

    private static bool IsOfEach(IValidationRule rule) => rule.GetType().Name.StartsWith("CollectionPropertyRule", StringComparison.Ordinal);
}
