using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Stats;

/// <summary>How one item was practised.</summary>
/// <param name="Since">Attempts from then on; UTC, inclusive.</param>
/// <param name="Until">Attempts before then; UTC, exclusive.</param>
/// <param name="UserId">Whose attempts; everybody's when left out.</param>
public sealed record GetItemStats(DateTime? Since = null, DateTime? Until = null, string? UserId = null) : IRequest<ItemStatsResponse>, IAttemptsRequest
{
    [JsonIgnore]
    public long Id { get; init; }
}

/// <summary>As <see cref="PracticeLogEntry"/>, and how it went.</summary>
public sealed record ItemStatsResponse : PracticeLogEntry
{
    public ItemStatsResponse(PracticeLogEntry figures, IReadOnlyList<int> trend, IReadOnlyList<MissedWord> missedWords)
        : base(figures)
    {
        Trend = trend;
        MissedWords = missedWords;
    }

    /// <summary>The scores of the latest 1,000 attempts, oldest first.</summary>
    public IReadOnlyList<int> Trend { get; }

    /// <summary>The 100 words missed most often.</summary>
    public IReadOnlyList<MissedWord> MissedWords { get; }
}

public sealed class GetItemStatsValidator : AbstractValidator<GetItemStats>
{
    public GetItemStatsValidator() => Include(new AttemptsRequestValidator());
}

public sealed class GetItemStatsHandler(IItemRepository items, IStatsRepository stats, IAudioLinks links) : IRequestHandler<GetItemStats, ItemStatsResponse>
{
    private const int MaxTrend = 1000;
    private const int MaxWords = 100;

    public async Task<ItemStatsResponse> Handle(GetItemStats request, CancellationToken cancellationToken)
    {
        var item = await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id);
        var filter = request.Filter(request.Id);
        return new ItemStatsResponse(
            PracticeLogEntry.From(item, await stats.SumAsync(filter, cancellationToken), links),
            await stats.ListScoresAsync(filter, MaxTrend, cancellationToken),
            await stats.ListMissedWordsAsync(request.Id, filter, MaxWords, cancellationToken));
    }
}
