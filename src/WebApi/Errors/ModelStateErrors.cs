using System.Text.Json;
using Dictation.Application;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Errors;

/// <summary>
/// Errors of model binding: a body that is not JSON is 400; a value of the wrong type, which can be named, is a validation error like
/// any other, 422.
/// </summary>
internal static class ModelStateErrors
{
    public static IActionResult Answer(ActionContext context)
    {
        var fields = new List<FieldError>();
        foreach (var (key, entry) in context.ModelState)
        {
            foreach (var error in entry.Errors)
            {
                // MVC keeps the reader's exception; only its path is passed on, never its text.
                if (error.Exception is JsonException { Path: { Length: > 1 } path } && !IsSyntax(error.Exception))
                {
                    fields.Add(new FieldError(FieldName(path), $"'{FieldName(path)}' cannot be read: its type is wrong, it is given twice, or its text is not valid Unicode.", "type"));
                }
                else if (error.Exception is not null || key.Length == 0)
                {
                    return new StatusCodeResult(StatusCodes.Status400BadRequest);
                }
                else
                {
                    var name = WireNames.For(key);
                    fields.Add(new FieldError(name, $"'{name}' has the wrong type or an unknown value.", "type"));
                }
            }
        }

        throw new RequestInvalidException(fields);
    }

    /// <summary>A syntax error carries the reader's own exception; a value that does not fit its type does not.</summary>
    private static bool IsSyntax(Exception exception) => exception.InnerException is JsonException;

    private static string FieldName(string path) => path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;
}
