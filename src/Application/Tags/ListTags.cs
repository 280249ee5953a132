using Dictation.Application.Abstractions;
using Dictation.Domain.Tags;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tags;

/// <summary>The preset tags, by name.</summary>
/// <param name="Page">From 1; past the end the list is empty.</param>
/// <param name="PerPage">Entries on a page.</param>
public sealed record ListTags(int Page = 1, int PerPage = 20) : IRequest<ListTagsResponse>, IPageRequest;

/// <summary>A page of preset tags.</summary>
/// <param name="Tags">The tags, in the order in which they were given.</param>
/// <param name="Total">On all pages.</param>
/// <param name="Page">Which page this is, from 1.</param>
/// <param name="PerPage">Entries on a page at most.</param>
/// <param name="TotalPages">How many pages there are.</param>
public sealed record ListTagsResponse(IReadOnlyList<TagResponse> Tags, int Total, int Page, int PerPage, int TotalPages);

/// <summary>A preset tag as clients see it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was stored, UTC.</param>
public sealed record TagResponse(long Id, string Name, DateTime CreatedAt)
{
    public static TagResponse From(Tag tag) => new(tag.Id, tag.Name, tag.CreatedAt);
}

public sealed class ListTagsValidator : AbstractValidator<ListTags>
{
    public ListTagsValidator() => Include(new PageRequestValidator());
}

public sealed class ListTagsHandler(ITagRepository tags) : IRequestHandler<ListTags, ListTagsResponse>
{
    public async Task<ListTagsResponse> Handle(ListTags request, CancellationToken cancellationToken)
    {
        var page = await tags.ListAsync(request.Skip(), request.PerPage, cancellationToken);
        return new ListTagsResponse(page.Entries.Select(TagResponse.From).ToList(), page.Total, request.Page, request.PerPage, request.PagesOf(page.Total));
    }
}
