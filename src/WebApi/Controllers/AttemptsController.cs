using System.Globalization;
using Dictation.Application.Attempts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>What learners wrote, and how it was scored.</summary>
[ApiController]
[Route("api/v1/attempts")]
public sealed class AttemptsController(IMediator mediator) : ControllerBase
{
    /// <summary>Score and store what a learner wrote.</summary>
    [HttpPost]
    public async Task<ActionResult<AttemptResponse>> Add(AddAttempt command, CancellationToken cancellationToken)
    {
        var attempt = await mediator.Send(command, cancellationToken);
        return CreatedAtAction(nameof(Get), new { id = attempt.Id }, attempt);
    }

    /// <summary>Attempts that fit every condition given, newest first.</summary>
    [HttpGet]
    public async Task<ListAttemptsResponse> List(
        [FromQuery(Name = "item_id")] long? itemId,
        [FromQuery(Name = "user_id")] string? userId,
        [FromQuery] DateTime? since,
        [FromQuery] DateTime? until,
        [FromQuery] int page = 1,
        [FromQuery(Name = "per_page")] int perPage = 20,
        CancellationToken cancellationToken = default)
    {
        var found = await mediator.Send(new ListAttempts(itemId, userId, since, until, page, perPage), cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("until", found.Until?.ToString("O", CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>One attempt.</summary>
    [HttpGet("{id:long}")]
    public Task<AttemptResponse> Get(long id, CancellationToken cancellationToken) => mediator.Send(new GetAttempt(id), cancellationToken);
}
