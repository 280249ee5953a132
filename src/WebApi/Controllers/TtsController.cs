using System.Globalization;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.WebApi.Audio;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Configuration;
using Dictation.WebApi.Http;
using Dictation.WebApi.OpenApi;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Controllers;

/// <summary>Text in, speech out.</summary>
[ApiController]
[Route("api/v1/tts")]
public sealed class TtsController(IMediator mediator, IHostApplicationLifetime lifetime, IOptions<LimitsOptions> limits, TimeProvider clock) : ControllerBase
{
    /// <summary>Speak a text.</summary>
    /// <returns>The conversion was accepted.</returns>
    [HttpPost("convert", Name = "ConvertText")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    public async Task<ActionResult<ConvertTextResponse>> Convert(ConvertText command, CancellationToken cancellationToken)
    {
        var response = await mediator.Send(command, cancellationToken);

        // The address of "GetTask". The link generator writes the same and takes a thirtieth of a request's time.
        return Created($"{Request.Scheme}://{Request.Host.ToUriComponent()}{Request.PathBase.ToUriComponent()}/api/v1/tts/{response.ConversionId}", response);
    }

    /// <summary>Speak several texts; all are accepted or none.</summary>
    /// <returns>All conversions were accepted.</returns>
    [HttpPost("convert-multiple", Name = "ConvertTexts")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    public async Task<ActionResult<ConvertTextsResponse>> ConvertMultiple(ConvertTexts command, CancellationToken cancellationToken) =>
        StatusCode(StatusCodes.Status201Created, await mediator.Send(command, cancellationToken));

    /// <summary>Show what a voice will say for a text, in words, without speaking it.</summary>
    /// <returns>What will be said, and what will not.</returns>
    [Authorize(ScopeNames.Read)]
    [HttpPost("normalize", Name = "NormalizeText")]
    public Task<NormalizeTextResponse> Normalize(NormalizeText command, CancellationToken cancellationToken) => mediator.Send(command, cancellationToken);

    /// <summary>One task, at once or, with <c>wait</c>, when it has ended.</summary>
    /// <param name="conversionId">The task's id: opaque, in the order of time.</param>
    /// <returns>The task.</returns>
    [HttpGet("{conversion_id}", Name = "GetTask")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<TtsTaskResponse> Get([FromRoute(Name = "conversion_id")] string conversionId, [FromQuery] GetTask query, CancellationToken cancellationToken) =>
        mediator.Send(query with { ConversionId = conversionId }, cancellationToken);

    /// <summary>Tasks, newest first.</summary>
    /// <returns>A page of tasks.</returns>
    [HttpGet(Name = "ListTasks")]
    [AnswersHeader("Link", AnswersHeaderAttribute.NextPage)]
    [AnswersHeader("X-Total-Count", "All tasks of the status, on every page.")]
    public async Task<IReadOnlyList<TtsTaskResponse>> List([FromQuery] ListTasks query, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(query, cancellationToken);
        Response.Headers["X-Total-Count"] = page.Total.ToString(CultureInfo.InvariantCulture);
        if (page.NextCursor is not null)
        {
            var next = Url.RouteUrl("ListTasks", new { status = query.Status?.WireName(), limit = query.Limit, cursor = page.NextCursor });
            Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        return page.Tasks;
    }

    /// <summary>The audio of a task that is done, or a part of it.</summary>
    /// <param name="conversionId">The task's id: opaque, in the order of time.</param>
    [HttpGet("{conversion_id}/download", Name = "DownloadAudio")]
    [HttpHead("{conversion_id}/download", Name = "HeadAudio")]
    [ProducesAudio(AnyFormat = true)]
    [Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Download([FromRoute(Name = "conversion_id")] string conversionId, [FromQuery] DownloadAudio query, CancellationToken cancellationToken) =>
        AudioResult.From(await mediator.Send(query with { ConversionId = conversionId }, cancellationToken));

    /// <summary>When each sentence and word of a task that is done is heard.</summary>
    /// <param name="conversionId">The task's id: opaque, in the order of time.</param>
    /// <returns>The spans of sentences and words.</returns>
    [HttpGet("{conversion_id}/timings", Name = "GetTimings")]
    [Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    public Task<TimingsResponse> Timings([FromRoute(Name = "conversion_id")] string conversionId, CancellationToken cancellationToken) =>
        mediator.Send(new GetTimings(conversionId), cancellationToken);

    /// <summary>The steps of a task's life as server-sent events, to its end.</summary>
    /// <param name="conversionId">The task's id: opaque, in the order of time.</param>
    [HttpGet("{conversion_id}/events", Name = "FollowTask")]
    [ProducesEvents(typeof(TaskStep))]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task Events([FromRoute(Name = "conversion_id")] string conversionId, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var steps = await mediator.Send(new FollowTask(conversionId), ending.Token);
        try
        {
            await ServerSentEvents.WriteAsync(Response, steps, TimeSpan.FromSeconds(limits.Value.GraceSeconds), clock, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested || HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The client went or does not read, or the server stops: the stream just ends, and a client connects again.
        }
    }

    /// <summary>Queue a failed task again.</summary>
    /// <param name="conversionId">The task's id: opaque, in the order of time.</param>
    /// <returns>The task is queued again.</returns>
    [HttpPost("{conversion_id}/retry", Name = "RetryTask")]
    [ProducesResponseType<TtsTaskResponse>(StatusCodes.Status202Accepted)]
    [Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    public async Task<ActionResult<TtsTaskResponse>> Retry([FromRoute(Name = "conversion_id")] string conversionId, CancellationToken cancellationToken) =>
        AcceptedAtRoute("GetTask", new { conversion_id = conversionId }, await mediator.Send(new RetryTask(conversionId), cancellationToken));

    /// <summary>Remove a task and its audio; work on it stops.</summary>
    /// <param name="conversionId">The task's id: opaque, in the order of time.</param>
    /// <returns>The task was deleted.</returns>
    [HttpDelete("{conversion_id}", Name = "DeleteTask")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Delete([FromRoute(Name = "conversion_id")] string conversionId, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteTask(conversionId), cancellationToken);
        return NoContent();
    }

    /// <summary>Figures over all tasks.</summary>
    /// <returns>The figures.</returns>
    [Authorize(ScopeNames.Admin)]
    [HttpGet("statistics", Name = "GetTtsStatistics")]
    public Task<TtsStatistics> Statistics(CancellationToken cancellationToken) => mediator.Send(new GetTtsStatistics(), cancellationToken);

    /// <summary>Remove old failed tasks and files that nobody owns.</summary>
    /// <returns>The numbers of removed tasks and files; for a dry run, of those that would be removed.</returns>
    [Authorize(ScopeNames.Admin)]
    [HttpPost("cleanup", Name = "CleanUp")]
    public Task<CleanUpResponse> CleanUp([FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] CleanUp? command, CancellationToken cancellationToken) =>
        mediator.Send(command ?? new CleanUp(), cancellationToken);

    /// <summary>The voices that a request can name.</summary>
    /// <returns>The voices.</returns>
    [HttpGet("voices", Name = "ListVoices")]
    public Task<VoicesResponse> Voices(CancellationToken cancellationToken) => mediator.Send(new ListVoices(), cancellationToken);

    /// <summary>The languages that a voice speaks.</summary>
    /// <returns>The languages.</returns>
    [HttpGet("supported-languages", Name = "ListLanguages")]
    public Task<LanguagesResponse> Languages(CancellationToken cancellationToken) => mediator.Send(new ListLanguages(), cancellationToken);
}
