using System.Globalization;
using Dictation.Application.Tts;
using Dictation.Domain.Tts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dictation.WebApi.Controllers;

/// <summary>Text in, speech out.</summary>
[ApiController]
[Route("api/v1/tts")]
public sealed class TtsController(IMediator mediator, IHostApplicationLifetime lifetime, TimeProvider clock) : ControllerBase
{
    /// <summary>Speak a text.</summary>
    [HttpPost("convert")]
    public async Task<ActionResult<ConvertTextResponse>> Convert(ConvertText command, CancellationToken cancellationToken)
    {
        var response = await mediator.Send(command, cancellationToken);
        return CreatedAtAction(nameof(Get), new { conversionId = response.ConversionId }, response);
    }

    /// <summary>Speak several texts; all are accepted or none.</summary>
    [HttpPost("convert-multiple")]
    public async Task<ActionResult<ConvertTextsResponse>> ConvertMultiple(ConvertTexts command, CancellationToken cancellationToken) =>
        StatusCode(StatusCodes.Status201Created, await mediator.Send(command, cancellationToken));

    /// <summary>One task, at once or, with <c>wait</c>, when it has ended.</summary>
    [HttpGet("{conversionId}")]
    public Task<TtsTaskResponse> Get(string conversionId, [FromQuery] int wait = 0, CancellationToken cancellationToken = default) =>
        mediator.Send(new GetTask(conversionId, wait), cancellationToken);

    /// <summary>Tasks, newest first.</summary>
    [HttpGet]
    public async Task<IReadOnlyList<TtsTaskResponse>> List(
        [FromQuery] TtsTaskStatus? status, [FromQuery] int limit = 50, [FromQuery] string? cursor = null, CancellationToken cancellationToken = default)
    {
        var page = await mediator.Send(new ListTasks(status, limit, cursor), cancellationToken);
        Response.Headers["X-Total-Count"] = page.Total.ToString(CultureInfo.InvariantCulture);
        if (page.NextCursor is not null)
        {
            var next = Url.Action(nameof(List), new { status = status?.ToString().ToLowerInvariant(), limit, cursor = page.NextCursor });
            Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }

        return page.Tasks;
    }

    /// <summary>The audio of a task that is done.</summary>
    [HttpGet("{conversionId}/download")]
    [HttpHead("{conversionId}/download")]
    public async Task<IActionResult> Download(string conversionId, CancellationToken cancellationToken) =>
        this.Audio(await mediator.Send(new DownloadAudio(conversionId), cancellationToken));

    /// <summary>The steps of a task's life as server-sent events, to its end.</summary>
    [HttpGet("{conversionId}/events")]
    public async Task Events(string conversionId, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var steps = await mediator.Send(new FollowTask(conversionId), ending.Token);
        try
        {
            await ServerSentEvents.WriteAsync(Response, steps, clock, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client went, or the server stops: the stream just ends, and a client connects again.
        }
    }

    /// <summary>Queue a failed task again.</summary>
    [HttpPost("{conversionId}/retry")]
    public async Task<ActionResult<TtsTaskResponse>> Retry(string conversionId, CancellationToken cancellationToken) =>
        AcceptedAtAction(nameof(Get), new { conversionId }, await mediator.Send(new RetryTask(conversionId), cancellationToken));

    /// <summary>Remove a task and its audio; work on it stops.</summary>
    [HttpDelete("{conversionId}")]
    public async Task<IActionResult> Delete(string conversionId, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteTask(conversionId), cancellationToken);
        return NoContent();
    }

    /// <summary>Figures over all tasks.</summary>
    [HttpGet("statistics")]
    public Task<TtsStatistics> Statistics(CancellationToken cancellationToken) => mediator.Send(new GetTtsStatistics(), cancellationToken);

    /// <summary>Remove old failed tasks and files that nobody owns.</summary>
    [HttpPost("cleanup")]
    public Task<CleanUpResponse> CleanUp([FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] CleanUp? command, CancellationToken cancellationToken) =>
        mediator.Send(command ?? new CleanUp(), cancellationToken);

    /// <summary>The voices that a request can name.</summary>
    [HttpGet("voices")]
    public Task<VoicesResponse> Voices(CancellationToken cancellationToken) => mediator.Send(new ListVoices(), cancellationToken);

    /// <summary>The languages that a voice speaks.</summary>
    [HttpGet("supported-languages")]
    public Task<LanguagesResponse> Languages(CancellationToken cancellationToken) => mediator.Send(new ListLanguages(), cancellationToken);
}
