using Dictation.Application.Abstractions;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Stats;

/// <summary>How one item was practised.</summary>
public sealed record GetItemStats(long Id, DateTime? Since, DateTime? Until, string? UserId) : IRequest<ItemStatsResponse>, IStatsRequest;

/// <summary>As <see cref="PracticeLogEntry"/>, and how it went.</summary>
/// <param name="Trend">The scores of the latest 1,000 attempts, oldest first.</param>
/// <param name="MissedWords">The 100 words missed most often.</param>
public sealed record ItemStatsResponse(
    long ItemId,
    string Text,
    string Locale,
    int Difficulty,
    IReadOnlyList<string> Tags,
    string? AudioUrl,
    int AttemptCount,
    DateTime? FirstAttemptAt,
    DateTime? LastPracticedAt,
    double? AverageScore,
    int? BestScore,
    int? WorstScore,
    double? AvgWer,
    IReadOnlyList<int> Trend,
    IReadOnlyList<MissedWord> MissedWords);

/// <param name="Word">Lower case.</param>
/// <param name="Count">In how many attempts.</param>
public sealed record MissedWord(string Word, int Count);

public sealed class GetItemStatsValidator : AbstractValidator<GetItemStats>
{
    public GetItemStatsValidator() => Include(new StatsRequestValidator());
}

public sealed class GetItemStatsHandler(IItemRepository items, IStatsRepository stats, IAudioLinks links) : IRequestHandler<GetItemStats, ItemStatsResponse>
{
    private const int MaxTrend = 1000;
    private const int MaxWords = 100;

    public async Task<ItemStatsResponse> Handle(GetItemStats request, CancellationToken cancellationToken)
    {
        var item = await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id);
        var filter = request.Filter(request.Id);
        var e = PracticeLogEntry.Of(item, await stats.SumAsync(filter, cancellationToken), links);
        return new ItemStatsResponse(
            e.ItemId,
            e.Text,
            e.Locale,
            e.Difficulty,
            e.Tags,
            e.AudioUrl,
            e.AttemptCount,
            e.FirstAttemptAt,
            e.LastPracticedAt,
            e.AverageScore,
            e.BestScore,
            e.WorstScore,
            e.AvgWer,
            await stats.ListScoresAsync(filter, MaxTrend, cancellationToken),
            await stats.ListMissedWordsAsync(request.Id, filter, MaxWords, cancellationToken));
    }
}
