using FluentValidation;

namespace Dictation.Application;

/// <summary>What every paged list may be asked.</summary>
public interface IPageRequest
{
    /// <summary>From 1. Past the end the page is empty.</summary>
    int Page { get; }

    /// <summary>1..100.</summary>
    int PerPage { get; }
}

/// <summary>A page of what was found.</summary>
/// <param name="Total">On all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Entries, int Total);

/// <summary>The rules for <see cref="IPageRequest"/>.</summary>
public sealed class PageRequestValidator : AbstractValidator<IPageRequest>
{
    public const int MaxPerPage = 100;

    /// <summary>Deep enough for any reader, and the product of both stays an integer.</summary>
    public const int MaxPage = 1_000_000;

    public PageRequestValidator()
    {
        RuleFor(q => q.Page).Range(1, MaxPage);
        RuleFor(q => q.PerPage).Range(1, MaxPerPage);
    }
}

internal static class PageRequests
{
    /// <summary>How many entries lie before the page.</summary>
    public static int Skip(this IPageRequest request) => (request.Page - 1) * request.PerPage;

    public static int PagesOf(this IPageRequest request, int total) => (total + request.PerPage - 1) / request.PerPage;
}
