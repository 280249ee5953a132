using System.Text.RegularExpressions;
using Dictation.Application;
using FluentValidation;
using FluentValidation.Internal;
using FluentValidation.Validators;
using MediatR;

namespace Dictation.WebApi.OpenApi;

/// <summary>The values that a field accepts.</summary>
/// <param name="Bounds">Rules that a schema can state.</param>
/// <param name="Sentences">Rules that it cannot, in the words of the validator's error.</param>
internal sealed record FieldRules(Bounds Bounds, IReadOnlyList<string> Sentences);

/// <summary>The rules of requests, read from their validators, by the names of the wire.</summary>
internal sealed class RequestRules(IServiceProvider services)
{
    /// <summary>Whether a type is a request or a part of one.</summary>
    public bool Has(Type type) => type.IsAssignableTo(typeof(IBaseRequest)) || services.GetServices(typeof(IValidator<>).MakeGenericType(type)).Any();

    public IReadOnlyDictionary<string, FieldRules> For(Type request)
    {
        var fields = new Dictionary<string, FieldRules>(StringComparer.Ordinal);
        foreach (var validator in services.GetServices(typeof(IValidator<>).MakeGenericType(request)).OfType<IValidator>())
        {
            Read(validator, fields);
        }

        return fields;
    }

    private static void Read(IValidator validator, Dictionary<string, FieldRules> fields)
    {
        foreach (var rule in validator.CreateDescriptor().Rules)
        {
            foreach (var component in rule.Components)
            {
                if (component.Validator is IChildValidatorAdaptor included)
                {
                    // The validator of a list's entries is that of their own schema.
                    if (!IsOfEach(rule))
                    {
                        Read((IValidator)Activator.CreateInstance(included.ValidatorType)!, fields);
                    }

                    continue;
                }

                var known = fields.GetValueOrDefault(rule.PropertyName, new FieldRules(new Bounds(), []));
                fields[rule.PropertyName] = component.Validator is IBoundsRule { Bounds: var bounds }
                    ? known with { Bounds = Merge(known.Bounds, IsOfEach(rule) ? new Bounds { Items = bounds } : component.HasCondition ? bounds with { Required = false } : bounds) }
                    : known with { Sentences = [.. known.Sentences, Sentence(component, rule.PropertyName)] };
            }
        }
    }

    private static bool IsOfEach(IValidationRule rule) =>
        rule.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));

    private static string Sentence(IRuleComponent component, string field) =>
        Regex.Replace(component.GetUnformattedErrorMessage(), @"\{(?<name>\w+)\}", m => m.Groups["name"].Value == "PropertyName" ? field : m.Value);

    private static Bounds Merge(Bounds a, Bounds b) => new()
    {
        Required = a.Required || b.Required,
        NotBlank = a.NotBlank || b.NotBlank,
        MinLength = a.MinLength ?? b.MinLength,
        MaxLength = a.MaxLength ?? b.MaxLength,
        Pattern = a.Pattern ?? b.Pattern,
        OneOf = a.OneOf ?? b.OneOf,
        Minimum = a.Minimum ?? b.Minimum,
        Maximum = a.Maximum ?? b.Maximum,
        MinItems = a.MinItems ?? b.MinItems,
        MaxItems = a.MaxItems ?? b.MaxItems,
        Items = a.Items is null ? b.Items : b.Items is null ? a.Items : Merge(a.Items, b.Items),
    };
}
