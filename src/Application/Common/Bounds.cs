using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Dictation.Domain;
using FluentValidation;
using FluentValidation.Validators;

namespace Dictation.Application;

/// <summary>
/// What a field may hold, as far as a JSON schema can say it: validators check by it and the OpenAPI document shows it, so that the two
/// cannot differ. Null, where a field may be left out, passes all but <see cref="Required"/>.
/// </summary>
public sealed record Bounds
{
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    /// <summary>Neither left out nor null.</summary>
    public bool Required { get; init; }

    /// <summary>Some character of the text is no white space.</summary>
    public bool NotBlank { get; init; }

    /// <summary>Unicode code points.</summary>
    public int? MinLength { get; init; }

    /// <summary>Unicode code points.</summary>
    public int? MaxLength { get; init; }

    /// <summary>What the whole text matches, in what regular expressions of .NET and JavaScript have in common.</summary>
    public string? Pattern { get; init; }

    /// <summary>The only values there are.</summary>
    public IReadOnlyCollection<string>? OneOf { get; init; }

    /// <summary>Inclusive.</summary>
    public double? Minimum { get; init; }

    /// <summary>Inclusive.</summary>
    public double? Maximum { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    /// <summary>What each element of a list may be.</summary>
    public Bounds? Items { get; init; }

    public bool Allow(object? value) => value switch
    {
        null => !Required,
        string text => AllowText(text),
        IEnumerable list => AllowList(list.Cast<object?>().ToList()),
        int or long or double => Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && !(number < Minimum) && !(number > Maximum) && !double.IsNaN(number),
        _ => true,
    };

    private bool AllowText(string text) =>
        !(NotBlank && string.IsNullOrWhiteSpace(text))
        && !((MinLength ?? MaxLength) is not null && CodePoints.Count(text) is var length && (length < MinLength || length > MaxLength))
        && !(OneOf is not null && !OneOf.Contains(text))
        && !(Pattern is not null && !Patterns.GetOrAdd(Pattern, p => new Regex($@"\A(?:{p})\z", RegexOptions.CultureInvariant)).IsMatch(text));

    private bool AllowList(List<object?> list) => !(list.Count < MinItems) && !(list.Count > MaxItems) && (Items is null || list.TrueForAll(Items.Allow));
}

/// <summary>A validator's rule that is bounds.</summary>
public interface IBoundsRule
{
    Bounds Bounds { get; }
}

internal sealed class BoundsRule<T, TProperty>(Bounds bounds) : PropertyValidator<T, TProperty>, IBoundsRule
{
    public override string Name => nameof(Bounds);

    public Bounds Bounds { get; } = bounds;

    public override bool IsValid(ValidationContext<T> context, TProperty value) => Bounds.Allow(value);
}
