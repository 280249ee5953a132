using System.Globalization;
using Dictation.Application.Attempts;
using Dictation.WebApi.Http;
using Dictation.WebApi.OpenApi;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Attempts of learners, with their scores.</summary>
[ApiController]
[Route("api/v1/attempts")]
public sealed class AttemptsController(IMediator mediator) : ControllerBase
{
    /// <summary>Score and store what a learner wrote.</summary>
    /// <returns>The attempt was scored and stored.</returns>
    [HttpPost(Name = "AddAttempt")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<ActionResult<AttemptResponse>> Add(AddAttempt command, CancellationToken cancellationToken)
    {
        var attempt = await mediator.Send(command, cancellationToken);
        return CreatedAtRoute("GetAttempt", new { id = attempt.Id }, attempt);
    }

    /// <summary>Attempts that fit every condition given, newest first.</summary>
    /// <returns>A page of attempts.</returns>
    [HttpGet(Name = "ListAttempts")]
    [AnswersHeader("Link", AnswersHeaderAttribute.NextPage)]
    public async Task<ListAttemptsResponse> List([FromQuery] ListAttempts query, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(query, cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("until", found.Until?.ToString("O", CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>One attempt.</summary>
    /// <param name="id">The attempt's id.</param>
    /// <returns>The attempt.</returns>
    [HttpGet("{id:long}", Name = "GetAttempt")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<AttemptResponse> Get(long id, CancellationToken cancellationToken) => mediator.Send(new GetAttempt(id), cancellationToken);
}
