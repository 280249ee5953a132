using System.Globalization;
using Dictation.Application.Stats;
using Dictation.Application.Tts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>How practice goes. Every figure can be had for one learner and for a span of time, <c>since</c> inclusive, <c>until</c> exclusive.</summary>
[ApiController]
[Route("api/v1/stats")]
public sealed class StatsController(IMediator mediator) : ControllerBase
{
    /// <summary>What was practised in all.</summary>
    [HttpGet("summary")]
    public Task<SummaryResponse> Summary(
        [FromQuery] DateTime? since, [FromQuery] DateTime? until, [FromQuery(Name = "user_id")] string? userId, CancellationToken cancellationToken) =>
        mediator.Send(new GetSummary(since, until, userId), cancellationToken);

    /// <summary>The practised items, the last practised first.</summary>
    [HttpGet("practice-log")]
    public async Task<PracticeLogResponse> PracticeLog(
        [FromQuery] DateTime? since,
        [FromQuery] DateTime? until,
        [FromQuery(Name = "user_id")] string? userId,
        [FromQuery] int page = 1,
        [FromQuery(Name = "per_page")] int perPage = 20,
        CancellationToken cancellationToken = default)
    {
        var found = await mediator.Send(new GetPracticeLog(since, until, userId, page, perPage), cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("until", found.Until?.ToString("O", CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>How one item was practised, with the course of its scores and the words that were missed.</summary>
    [HttpGet("items/{id:long}")]
    public Task<ItemStatsResponse> Item(
        long id, [FromQuery] DateTime? since, [FromQuery] DateTime? until, [FromQuery(Name = "user_id")] string? userId, CancellationToken cancellationToken) =>
        mediator.Send(new GetItemStats(id, since, until, userId), cancellationToken);

    /// <summary>Practice day by day in a time zone, up to today.</summary>
    [HttpGet("progress")]
    public Task<ProgressResponse> Progress(
        [FromQuery] DateTime? since,
        [FromQuery] DateTime? until,
        [FromQuery(Name = "user_id")] string? userId,
        [FromQuery] int days = 30,
        [FromQuery(Name = "item_id")] long? itemId = null,
        [FromQuery] string tz = "UTC",
        CancellationToken cancellationToken = default) =>
        mediator.Send(new GetProgress(since, until, userId, days, itemId, tz), cancellationToken);

    /// <summary>Figures over all speech tasks.</summary>
    [HttpGet("tts")]
    public Task<TtsStatistics> Tts(CancellationToken cancellationToken) => mediator.Send(new GetTtsStatistics(), cancellationToken);
}
