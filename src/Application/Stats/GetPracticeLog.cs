using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using Dictation.Domain.Items;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Stats;

/// <summary>The practised items, the last practised first.</summary>
/// <param name="Since">Attempts from then on; UTC, inclusive.</param>
/// <param name="Until">Attempts before then; UTC, exclusive. The link to the next page has it, so that a reader who pages while others practise sees each item once.</param>
/// <param name="UserId">Whose attempts; everybody's when left out.</param>
/// <param name="Page">From 1; past the end the list is empty.</param>
/// <param name="PerPage">Entries on a page.</param>
public sealed record GetPracticeLog(DateTime? Since = null, DateTime? Until = null, string? UserId = null, int Page = 1, int PerPage = 20)
    : IRequest<PracticeLogResponse>, IAttemptsRequest, IPageRequest;

/// <summary>A page of practised items.</summary>
/// <param name="PracticeLog">The items of this page.</param>
/// <param name="Total">On all pages.</param>
/// <param name="Page">Which page this is, from 1.</param>
/// <param name="PerPage">Entries on a page at most.</param>
/// <param name="TotalPages">How many pages there are.</param>
public sealed record PracticeLogResponse(IReadOnlyList<PracticeLogEntry> PracticeLog, int Total, int Page, int PerPage, int TotalPages)
{
    /// <summary>The <see cref="GetPracticeLog.Until"/> of the next page's request, so that practice meanwhile moves no item between pages.</summary>
    [JsonIgnore]
    public DateTime? Until { get; init; }
}

/// <summary>An item with the figures of the attempts asked for.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Text">The text that is spoken.</param>
/// <param name="Locale">BCP 47, as it was given.</param>
/// <param name="Difficulty">1 (easy) to 5.</param>
/// <param name="Tags">The tags, in the order in which they were given.</param>
/// <param name="AudioUrl">Null while there is no audio.</param>
/// <param name="AttemptCount">How many attempts there are.</param>
/// <param name="FirstAttemptAt">UTC; null without attempts.</param>
/// <param name="LastPracticedAt">UTC; null without attempts.</param>
/// <param name="AverageScore">0..100.</param>
/// <param name="BestScore">0..100; null without attempts.</param>
/// <param name="WorstScore">0..100; null without attempts.</param>
/// <param name="AvgWer">Average word error rate.</param>
public record PracticeLogEntry(
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
    double? AvgWer)
{
    public static PracticeLogEntry From(Item item, PracticeSums sums, IAudioLinks links) => new(
        item.Id,
        item.Text,
        item.Locale,
        item.Difficulty,
        item.Tags.OrderBy(t => t.Position).Select(t => t.Name).ToList(),
        item.TtsStatus == ItemSpeechStatus.Ready ? links.ItemAudio(item.Id) : null,
        sums.Attempts,
        sums.FirstAt,
        sums.LastAt,
        sums.AverageScore,
        sums.BestScore,
        sums.WorstScore,
        sums.AverageWer);
}

public sealed class GetPracticeLogValidator : AbstractValidator<GetPracticeLog>
{
    public GetPracticeLogValidator()
    {
        Include(new AttemptsRequestValidator());
        Include(new PageRequestValidator());
    }
}

public sealed class GetPracticeLogHandler(IStatsRepository stats, IAudioLinks links) : IRequestHandler<GetPracticeLog, PracticeLogResponse>
{
    public async Task<PracticeLogResponse> Handle(GetPracticeLog request, CancellationToken cancellationToken)
    {
        // Past the end, all attempts would be walked through to find nothing.
        var total = await stats.CountItemsAsync(request.Filter(), cancellationToken);
        var found = request.Skip() < total ? await stats.ListItemsAsync(request.Filter(), request.Skip(), request.PerPage, cancellationToken) : [];
        return new PracticeLogResponse(
            found.Select(p => PracticeLogEntry.From(p.Item, p.Sums, links)).ToList(), total, request.Page, request.PerPage, request.PagesOf(total))
        {
            Until = request.Until ?? (request.Page == 1 && found is [var newest, ..] ? newest.Sums.LastAt?.AddTicks(1) : null),
        };
    }
}
