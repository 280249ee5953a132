using Dictation.Domain.Items;
using FluentValidation;

namespace Dictation.Application.Items;

/// <summary>The rules for the fields of an item; null passes, for those who may leave a field out.</summary>
internal static class ItemRules
{
    public static IRuleBuilderOptions<T, string?> Locale<T>(this IRuleBuilder<T, string?> rule) => rule
        .RuneLength(2, 10)
        .Within(new Bounds { Pattern = "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*" }, "locale", "'{PropertyName}' must be a BCP 47 tag such as 'fi' or 'fi-FI'.");

    public static IRuleBuilderOptions<T, int?> Difficulty<T>(this IRuleBuilder<T, int?> rule) =>
        rule.Range(Item.MinDifficulty, Item.MaxDifficulty, $"'{{PropertyName}}' must be {Item.MinDifficulty} (easy) to {Item.MaxDifficulty}.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string?>?> Tags<T>(this IRuleBuilder<T, IReadOnlyList<string?>?> rule) => rule
        .Within(new Bounds { MaxItems = Item.MaxTags }, "count", $"'{{PropertyName}}' may hold up to {Item.MaxTags} tags.")
        .Within(
            new Bounds { Items = new Bounds { Required = true, NotBlank = true, MinLength = 1, MaxLength = ItemTag.MaxLength } },
            "tag",
            $"Every tag must be 1 to {ItemTag.MaxLength} characters long and not blank.");
}
