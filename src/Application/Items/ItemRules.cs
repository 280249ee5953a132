using System.Text.RegularExpressions;
using Dictation.Domain.Items;
using FluentValidation;

namespace Dictation.Application.Items;

/// <summary>The rules for the fields of an item; null passes, for those who may leave a field out.</summary>
internal static partial class ItemRules
{
    public static IRuleBuilderOptions<T, string?> Locale<T>(this IRuleBuilder<T, string?> rule) => rule
        .RuneLength(2, 10)
        .Must(l => l is null || LocalePattern().IsMatch(l)).WithErrorCode("locale").WithMessage("'{PropertyName}' must be a BCP 47 tag such as 'fi' or 'fi-FI'.");

    public static IRuleBuilderOptions<T, int?> Difficulty<T>(this IRuleBuilder<T, int?> rule) => rule
        .InclusiveBetween(Item.MinDifficulty, Item.MaxDifficulty).WithErrorCode("range").WithMessage($"'{{PropertyName}}' must be {Item.MinDifficulty} (easy) to {Item.MaxDifficulty}.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string?>?> Tags<T>(this IRuleBuilder<T, IReadOnlyList<string?>?> rule) => rule
        .Must(t => t is null || t.Count <= Item.MaxTags).WithErrorCode("count").WithMessage($"'{{PropertyName}}' may hold up to {Item.MaxTags} tags.")
        .Must(t => t is null || t.All(IsTag)).WithErrorCode("tag").WithMessage($"Every tag must be 1 to {ItemTag.MaxLength} characters long and not blank.");

    public static bool IsTag(string? tag) => !string.IsNullOrWhiteSpace(tag) && tag.EnumerateRunes().Count() <= ItemTag.MaxLength;

    [GeneratedRegex("^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
    private static partial Regex LocalePattern();
}
