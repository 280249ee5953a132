using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Items that fit every condition given.</summary>
/// <param name="Locale">The whole tag, in any case.</param>
/// <param name="Tag">Tags that an item carries, all of them; in any case.</param>
/// <param name="Difficulty"><c>3</c> or <c>2..4</c>.</param>
/// <param name="Q">A part of the text, in any case; nothing in it has a special meaning. 1..200 characters.</param>
/// <param name="Sort">created_at.desc, created_at.asc, difficulty.asc or difficulty.desc.</param>
/// <param name="MaxId">Only items up to this id: a reader who pages while items are added sees each once. The link to the next page has it.</param>
public sealed record ListItems(
    string? Locale = null,
    IReadOnlyList<string>? Tag = null,
    string? Difficulty = null,
    string? Q = null,
    bool? Practiced = null,
    ItemSpeechStatus? TtsStatus = null,
    string Sort = ListItems.DefaultSort,
    long? MaxId = null,
    int Page = 1,
    int PerPage = 20) : IRequest<ListItemsResponse>, IPageRequest
{
    public const string DefaultSort = "created_at.desc";
}

/// <param name="Total">On all pages.</param>
public sealed record ListItemsResponse(IReadOnlyList<ItemResponse> Items, int Total, int Page, int PerPage, int TotalPages)
{
    /// <summary>What <see cref="ListItems.MaxId"/> the next page is asked for with.</summary>
    [JsonIgnore]
    public long? MaxId { get; init; }
}

public sealed class ListItemsValidator : AbstractValidator<ListItems>
{
    public ListItemsValidator()
    {
        Include(new PageRequestValidator());
        RuleFor(q => q.Locale).Locale();
        RuleFor(q => q.Tag).Tags();
        RuleFor(q => q.Difficulty).Must(d => d is null || ListItemsHandler.DifficultyOf(d) is not null).WithErrorCode("range")
            .WithMessage($"'difficulty' must be a number or a range from {Item.MinDifficulty} to {Item.MaxDifficulty}, such as 3 or 2..4.");
        RuleFor(q => q.Q).RuneLength(1, 200);
        RuleFor(q => q.Sort).Must(ListItemsHandler.Sorts.ContainsKey).WithErrorCode("sort").WithMessage($"'sort' must be one of {string.Join(", ", ListItemsHandler.Sorts.Keys)}.");
        RuleFor(q => q.MaxId).GreaterThanOrEqualTo(0).WithErrorCode("range").WithMessage("'max_id' must be an item's id.");
    }
}

public sealed partial class ListItemsHandler(IItemRepository items, ItemPresenter presenter) : IRequestHandler<ListItems, ListItemsResponse>
{
    public static readonly IReadOnlyDictionary<string, ItemSort> Sorts = new Dictionary<string, ItemSort>(StringComparer.Ordinal)
    {
        [ListItems.DefaultSort] = ItemSort.CreatedDescending,
        ["created_at.asc"] = ItemSort.CreatedAscending,
        ["difficulty.asc"] = ItemSort.DifficultyAscending,
        ["difficulty.desc"] = ItemSort.DifficultyDescending,
    };

    public async Task<ListItemsResponse> Handle(ListItems request, CancellationToken cancellationToken)
    {
        var newest = request.MaxId ?? await items.NewestIdAsync(cancellationToken);
        var filter = new ItemFilter(
            request.Locale is { } locale ? Item.CanonicalLocale(locale) : null,
            request.Tag?.Select(t => Item.Fold(t.Trim())).Distinct().ToList(),
            request.Difficulty is { } difficulty ? DifficultyOf(difficulty) : null,
            request.Q is { } text ? Item.Fold(text) : null,
            request.Practiced,
            request.TtsStatus,
            newest);
        var page = await items.ListAsync(filter, Sorts[request.Sort], request.Skip(), request.PerPage, cancellationToken);
        return new ListItemsResponse(page.Entries.Select(presenter.Present).ToList(), page.Total, request.Page, request.PerPage, request.PagesOf(page.Total)) { MaxId = newest };
    }

    internal static (int Min, int Max)? DifficultyOf(string text) =>
        DifficultyPattern().Match(text) is { Success: true, Groups: var groups }
        && groups[1].Value[0] - '0' is var min
        && (groups[2].Success ? groups[2].Value[0] - '0' : min) is var max
        && min <= max
            ? (min, max)
            : null;

    [GeneratedRegex(@"\A([1-5])(?:\.\.([1-5]))?\z")]
    private static partial Regex DifficultyPattern();
}
