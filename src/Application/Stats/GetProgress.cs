using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Stats;

/// <summary>Practice day by day, up to today.</summary>
/// <param name="Since">Attempts from then on; UTC, inclusive.</param>
/// <param name="Until">Attempts before then; UTC, exclusive.</param>
/// <param name="UserId">Whose attempts; everybody's when left out.</param>
/// <param name="Days">How many days, today being the last.</param>
/// <param name="ItemId">Attempts on this item only.</param>
/// <param name="Tz">IANA name of the time zone whose days are meant.</param>
public sealed record GetProgress(DateTime? Since = null, DateTime? Until = null, string? UserId = null, int Days = 30, long? ItemId = null, string Tz = "UTC")
    : IRequest<ProgressResponse>, IAttemptsRequest;

/// <summary>Practice day by day.</summary>
/// <param name="Progress">Days with attempts only, in order.</param>
public sealed record ProgressResponse(IReadOnlyList<ProgressDay> Progress);

/// <summary>The attempts of a day.</summary>
/// <param name="Date">In the time zone asked for.</param>
/// <param name="Attempts">How many attempts there were.</param>
/// <param name="AverageScore">0..100.</param>
/// <param name="AverageWer">Average word error rate; null without attempts.</param>
public sealed record ProgressDay(DateOnly Date, int Attempts, double AverageScore, double AverageWer);

public sealed class GetProgressValidator : AbstractValidator<GetProgress>
{
    public GetProgressValidator()
    {
        Include(new AttemptsRequestValidator());
        RuleFor(q => q.Days).Range(1, 365);
        RuleFor(q => q.Tz).TimeZone();
    }
}

public sealed class GetProgressHandler(IItemRepository items, IStatsRepository stats, TimeProvider clock) : IRequestHandler<GetProgress, ProgressResponse>
{
    public async Task<ProgressResponse> Handle(GetProgress request, CancellationToken cancellationToken)
    {
        if (request.ItemId is { } itemId && await items.FindAsync(itemId, cancellationToken) is null)
        {
            throw NotFoundException.Item(itemId);
        }

        var local = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(request.Tz));
        var today = local.DateOf(clock.GetUtcNow().UtcDateTime);
        var from = local.StartOf(today.AddDays(1 - request.Days));
        var to = local.StartOf(today.AddDays(1));
        var filter = request.Filter(request.ItemId);
        var stretches = local.Stretches(filter.Since > from ? filter.Since.Value : from, filter.Until < to ? filter.Until.Value : to);
        var days = await stats.ListDaysAsync(filter, stretches, cancellationToken);
        return new ProgressResponse(days.Select(d => new ProgressDay(d.Date, d.Sums.Attempts, d.Sums.AverageScore!.Value, d.Sums.AverageWer!.Value)).ToList());
    }
}
