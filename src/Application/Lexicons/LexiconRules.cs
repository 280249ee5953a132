using System.Globalization;
using System.Linq.Expressions;
using FluentValidation;

namespace Dictation.Application.Lexicons;

/// <summary>The rules of lists of entries.</summary>
internal static class LexiconRules
{
    /// <summary>At most so many entries, each valid; null passes.</summary>
    public static void Entries<T>(this AbstractValidator<T> validator, Expression<Func<T, IReadOnlyList<LexiconEntryInput?>?>> list, int max, bool required)
    {
        var read = list.Compile();
        validator.RuleFor(list).Within(
            new Bounds { Required = required, MaxItems = max },
            "count",
            string.Create(CultureInfo.InvariantCulture, $"'{{PropertyName}}' may hold up to {max:N0} entries."));
        var ofEach = Expression.Lambda<Func<T, IEnumerable<LexiconEntryInput?>>>(list.Body, list.Parameters);
        validator.RuleForEach(ofEach).Required("An entry must not be null.").SetValidator(new LexiconEntryInputValidator()!).When(r => read(r) is { } entries && entries.Count <= max);
    }
}
