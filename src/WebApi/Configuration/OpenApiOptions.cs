using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Dictation.WebApi.Configuration;

/// <summary>The section <c>OpenApi</c>.</summary>
public sealed partial class OpenApiOptions : IValidatableObject
{
    public const string Section = "OpenApi";

    /// <summary>Whether the OpenAPI document and the page that is made from it are served.</summary>
    public bool Enabled { get; set; } = true;

    public string DocumentPath { get; set; } = "/openapi/v1.json";

    /// <summary>Of the page where people read the document and try the service.</summary>
    public string UiPath { get; set; } = "/docs";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (name, path) in new[] { (nameof(DocumentPath), DocumentPath), (nameof(UiPath), UiPath) })
        {
            if (!PlainPath().IsMatch(path ?? ""))
            {
                yield return new ValidationResult(
                    $"{Section}:{name} must begin with '/', hold letters, digits, '.', '_' and '-' between single slashes, and not end with a slash.", [name]);
            }
        }

        if (string.Equals(DocumentPath, UiPath, StringComparison.OrdinalIgnoreCase))
        {
            yield return new ValidationResult($"{Section}:{nameof(DocumentPath)} and {Section}:{nameof(UiPath)} must differ.", [nameof(UiPath)]);
        }
    }

    // Nothing that routing would read as a pattern, or that browsers would resolve.
    [GeneratedRegex(@"\A(/(?!\.{1,2}(/|\z))[A-Za-z0-9._-]+)+\z")]
    private static partial Regex PlainPath();
}
