using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Items that fit every condition given.</summary>
/// <param name="Locale">The whole tag, in any case.</param>
/// <param name="Tag">Tags that an item carries, all of them; in any case.</param>
/// <param name="Difficulty"><c>3</c> or <c>2..4</c>.</param>
/// <param name="Q">A part of the text, in any case; nothing in it has a special meaning.</param>
/// <param name="Practiced">Items with or without an attempt.</param>
/// <param name="TtsStatus">How far the speech is.</param>
/// <param name="Sort">The order; equal ones by age.</param>
/// <param name="MaxId">Only items up to this id: a reader who pages while items are added sees each once. The link to the next page has it.</param>
/// <param name="Page">From 1; past the end the list is empty.</param>
/// <param name="PerPage">Entries on a page.</param>
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

/// <summary>A page of items.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="Total">On all pages.</param>
/// <param name="Page">Which page this is, from 1.</param>
/// <param name="PerPage">Entries on a page at most.</param>
/// <param name="TotalPages">How many pages there are.</param>
public sealed record ListItemsResponse(IReadOnlyList<ItemResponse> Items, int Total, int Page, int PerPage, int TotalPages)
{
    /// <summary>The <see cref="ListItems.MaxId"/> of the next page's request.</summary>
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
        var difficulty = $"'difficulty' must be a number or a range from {Item.MinDifficulty} to {Item.MaxDifficulty}, such as 3 or 2..4.";
        RuleFor(q => q.Difficulty).Within(new Bounds { Pattern = @"[1-5](\.\.[1-5])?" }, "range", difficulty)
            .Must(d => !(d is [>= '1' and <= '5' and var min, '.', '.', >= '1' and <= '5' and var max] && min > max)).WithErrorCode("range").WithMessage(difficulty);
        RuleFor(q => q.Q).RuneLength(1, 200);
        RuleFor(q => q.Sort).Within(new Bounds { OneOf = [.. ListItemsHandler.Sorts.Keys] }, "sort", $"'sort' must be one of {string.Join(", ", ListItemsHandler.Sorts.Keys)}.");
        RuleFor(q => q.MaxId).Within(new Bounds { Minimum = 0 }, "range", "'max_id' must be an item's id.");
    }
}

public sealed class ListItemsHandler(IItemRepository items, ItemPresenter presenter) : IRequestHandler<ListItems, ListItemsResponse>
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

    private static DifficultyRange DifficultyOf(string text) => new(text[0] - '0', text[^1] - '0');
}
