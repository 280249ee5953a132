using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Attempts;

/// <summary>Attempts that fit every condition given, newest first.</summary>
/// <param name="Since">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive. The link to the next page has it, so that a reader who pages while attempts are added sees each once.</param>
/// <param name="OfItem">Whether the item must exist: it is part of the address in the nested form.</param>
public sealed record ListAttempts(long? ItemId, string? UserId, DateTime? Since, DateTime? Until, int Page = 1, int PerPage = 20, bool OfItem = false)
    : IRequest<ListAttemptsResponse>, IPageRequest;

/// <param name="Total">On all pages.</param>
public sealed record ListAttemptsResponse(IReadOnlyList<AttemptResponse> Attempts, int Total, int Page, int PerPage, int TotalPages)
{
    /// <summary>What <see cref="ListAttempts.Until"/> the next page is asked for with.</summary>
    [JsonIgnore]
    public DateTime? Until { get; init; }
}

public sealed class ListAttemptsValidator : AbstractValidator<ListAttempts>
{
    public ListAttemptsValidator()
    {
        Include(new PageRequestValidator());
        RuleFor(q => q.UserId).UserId();
        RuleFor(q => q.Until).LaterThan(q => q.Since);
    }
}

public sealed class ListAttemptsHandler(IItemRepository items, IAttemptRepository attempts, AttemptPresenter presenter) : IRequestHandler<ListAttempts, ListAttemptsResponse>
{
    public async Task<ListAttemptsResponse> Handle(ListAttempts request, CancellationToken cancellationToken)
    {
        if (request is { OfItem: true, ItemId: { } itemId } && await items.FindAsync(itemId, cancellationToken) is null)
        {
            throw NotFoundException.Item(itemId);
        }

        var filter = new AttemptFilter(request.ItemId, request.UserId, request.Since, request.Until);
        var page = await attempts.ListAsync(filter, request.Skip(), request.PerPage, cancellationToken);
        return new ListAttemptsResponse(page.Entries.Select(presenter.Present).ToList(), page.Total, request.Page, request.PerPage, request.PagesOf(page.Total))
        {
            Until = request.Until ?? (request.Page == 1 && page.Entries is [var newest, ..] ? newest.CreatedAt.AddTicks(1) : null),
        };
    }
}
