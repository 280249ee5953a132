using System.Globalization;
using Dictation.Application.Abstractions;
using Dictation.Application.Stats;
using Dictation.Application.Tts;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Http;
using Dictation.WebApi.OpenApi;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Figures of practice, for all learners or one, and for a span of time, <c>since</c> inclusive, <c>until</c> exclusive.</summary>
[ApiController]
[Route("api/v1/stats")]
public sealed class StatsController(IMediator mediator) : ControllerBase
{
    /// <summary>Totals over all practice.</summary>
    /// <returns>The totals.</returns>
    [HttpGet("summary", Name = "GetSummary")]
    public Task<SummaryResponse> Summary([FromQuery] GetSummary query, CancellationToken cancellationToken) => mediator.Send(query, cancellationToken);

    /// <summary>The practised items, the last practised first.</summary>
    /// <returns>A page of practised items.</returns>
    [HttpGet("practice-log", Name = "GetPracticeLog")]
    [AnswersHeader("Link", AnswersHeaderAttribute.NextPage)]
    public async Task<PracticeLogResponse> PracticeLog([FromQuery] GetPracticeLog query, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(query, cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("until", found.Until?.ToString("O", CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>How one item was practised, with the course of its scores and the words that were missed.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The figures of the item.</returns>
    [HttpGet("items/{id:long}", Name = "GetItemStats")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<ItemStatsResponse> Item(long id, [FromQuery] GetItemStats query, CancellationToken cancellationToken) =>
        mediator.Send(query with { Id = id }, cancellationToken);

    /// <summary>Practice day by day in a time zone, up to today.</summary>
    /// <returns>The figures of each day.</returns>
    [HttpGet("progress", Name = "GetProgress")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<ProgressResponse> Progress([FromQuery] GetProgress query, CancellationToken cancellationToken) => mediator.Send(query, cancellationToken);

    /// <summary>Figures over all speech tasks.</summary>
    /// <returns>The figures.</returns>
    [Authorize(ScopeNames.Admin)]
    [HttpGet("tts", Name = "GetTtsStats")]
    public Task<TtsStatistics> Tts(CancellationToken cancellationToken) => mediator.Send(new GetTtsStatistics(), cancellationToken);
}
