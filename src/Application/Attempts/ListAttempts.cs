using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Attempts;

/// <summary>What both lists of attempts may be asked.</summary>
public interface IPagedAttemptsRequest : IAttemptsRequest, IPageRequest;

/// <summary>Attempts that fit every condition given, newest first.</summary>
/// <param name="ItemId">Attempts on this item only.</param>
/// <param name="UserId">Whose attempts; everybody's when left out.</param>
/// <param name="Since">Attempts from then on; UTC, inclusive.</param>
/// <param name="Until">Attempts before then; UTC, exclusive. The link to the next page has it, so that a reader who pages while attempts are added sees each once.</param>
/// <param name="Page">From 1; past the end the list is empty.</param>
/// <param name="PerPage">Entries on a page.</param>
public sealed record ListAttempts(long? ItemId = null, string? UserId = null, DateTime? Since = null, DateTime? Until = null, int Page = 1, int PerPage = 20)
    : IRequest<ListAttemptsResponse>, IPagedAttemptsRequest;

/// <summary>The attempts on one item that fit every condition given, newest first.</summary>
/// <param name="UserId">Whose attempts; everybody's when left out.</param>
/// <param name="Since">Attempts from then on; UTC, inclusive.</param>
/// <param name="Until">Attempts before then; UTC, exclusive. The link to the next page has it, so that a reader who pages while attempts are added sees each once.</param>
/// <param name="Page">From 1; past the end the list is empty.</param>
/// <param name="PerPage">Entries on a page.</param>
public sealed record ListItemAttempts(string? UserId = null, DateTime? Since = null, DateTime? Until = null, int Page = 1, int PerPage = 20)
    : IRequest<ListAttemptsResponse>, IPagedAttemptsRequest
{
    [JsonIgnore]
    public long Id { get; init; }
}

/// <summary>A page of attempts.</summary>
/// <param name="Attempts">The attempts of this page.</param>
/// <param name="Total">On all pages.</param>
/// <param name="Page">Which page this is, from 1.</param>
/// <param name="PerPage">Entries on a page at most.</param>
/// <param name="TotalPages">How many pages there are.</param>
public sealed record ListAttemptsResponse(IReadOnlyList<AttemptResponse> Attempts, int Total, int Page, int PerPage, int TotalPages)
{
    /// <summary>The <see cref="IAttemptsRequest.Until"/> of the next page's request.</summary>
    [JsonIgnore]
    public DateTime? Until { get; init; }
}

public sealed class ListAttemptsValidator : AbstractValidator<ListAttempts>
{
    public ListAttemptsValidator()
    {
        Include(new PageRequestValidator());
        Include(new AttemptsRequestValidator());
    }
}

public sealed class ListItemAttemptsValidator : AbstractValidator<ListItemAttempts>
{
    public ListItemAttemptsValidator()
    {
        Include(new PageRequestValidator());
        Include(new AttemptsRequestValidator());
    }
}

public sealed class ListAttemptsHandler(IItemRepository items, IAttemptRepository attempts, AttemptPresenter presenter)
    : IRequestHandler<ListAttempts, ListAttemptsResponse>, IRequestHandler<ListItemAttempts, ListAttemptsResponse>
{
    public Task<ListAttemptsResponse> Handle(ListAttempts request, CancellationToken cancellationToken) => ListAsync(request.ItemId, request, cancellationToken);

    public async Task<ListAttemptsResponse> Handle(ListItemAttempts request, CancellationToken cancellationToken) =>
        await items.FindAsync(request.Id, cancellationToken) is null
            ? throw NotFoundException.Item(request.Id)
            : await ListAsync(request.Id, request, cancellationToken);

    private async Task<ListAttemptsResponse> ListAsync(long? itemId, IPagedAttemptsRequest request, CancellationToken cancellationToken)
    {
        var filter = new AttemptFilter(itemId, request.UserId, request.Since, request.Until);
        var page = await attempts.ListAsync(filter, request.Skip(), request.PerPage, cancellationToken);
        return new ListAttemptsResponse(page.Entries.Select(presenter.Present).ToList(), page.Total, request.Page, request.PerPage, request.PagesOf(page.Total))
        {
            Until = request.Until ?? (request.Page == 1 && page.Entries is [var newest, ..] ? newest.CreatedAt.AddTicks(1) : null),
        };
    }
}
