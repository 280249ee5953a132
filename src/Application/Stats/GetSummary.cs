using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Stats;

/// <summary>Totals over all practice.</summary>
/// <param name="Since">Attempts from then on; UTC, inclusive.</param>
/// <param name="Until">Attempts before then; UTC, exclusive.</param>
/// <param name="UserId">Whose attempts; everybody's when left out.</param>
public sealed record GetSummary(DateTime? Since = null, DateTime? Until = null, string? UserId = null) : IRequest<SummaryResponse>, IAttemptsRequest;

/// <summary>Totals over all practice.</summary>
/// <param name="TotalAttempts">How many attempts there are.</param>
/// <param name="UniqueItemsPracticed">How many items have an attempt.</param>
/// <param name="AverageScore">0..100; this and the other figures are null without attempts.</param>
/// <param name="BestScore">0..100; null without attempts.</param>
/// <param name="WorstScore">0..100; null without attempts.</param>
/// <param name="AverageWer">Average word error rate; null without attempts.</param>
/// <param name="TotalPracticeTimeMinutes">Of the attempts that told how long they took; null when none did.</param>
public sealed record SummaryResponse(
    int TotalAttempts, int UniqueItemsPracticed, double? AverageScore, int? BestScore, int? WorstScore, double? AverageWer, double? TotalPracticeTimeMinutes);

public sealed class GetSummaryValidator : AbstractValidator<GetSummary>
{
    public GetSummaryValidator() => Include(new AttemptsRequestValidator());
}

public sealed class GetSummaryHandler(IStatsRepository stats) : IRequestHandler<GetSummary, SummaryResponse>
{
    public async Task<SummaryResponse> Handle(GetSummary request, CancellationToken cancellationToken)
    {
        var sums = await stats.SumAsync(request.Filter(), cancellationToken);
        var items = await stats.CountItemsAsync(request.Filter(), cancellationToken);
        return new SummaryResponse(sums.Attempts, items, sums.AverageScore, sums.BestScore, sums.WorstScore, sums.AverageWer, sums.Minutes);
    }
}
