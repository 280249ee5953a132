using System.Globalization;
using Dictation.Application.Attempts;
using Dictation.Application.Items;
using Dictation.Domain.Items;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Texts to practise dictation with.</summary>
[ApiController]
[Route("api/v1/items")]
public sealed class ItemsController(IMediator mediator) : ControllerBase
{
    /// <summary>Add an item; its speech is submitted at once.</summary>
    [HttpPost]
    public async Task<ActionResult<ItemResponse>> Create(CreateItem command, CancellationToken cancellationToken)
    {
        var item = await mediator.Send(command, cancellationToken);
        return CreatedAtAction(nameof(Get), new { id = item.Id }, item);
    }

    /// <summary>Add several items; good ones are kept when others are not.</summary>
    [HttpPost("bulk")]
    public async Task<ActionResult<CreateItemsResponse>> CreateMany(CreateItems command, CancellationToken cancellationToken) =>
        StatusCode(StatusCodes.Status201Created, await mediator.Send(command, cancellationToken));

    /// <summary>Items that fit every condition given.</summary>
    [HttpGet]
    public async Task<ListItemsResponse> List(
        [FromQuery] string? locale,
        [FromQuery] string[]? tag,
        [FromQuery] string? difficulty,
        [FromQuery] string? q,
        [FromQuery] bool? practiced,
        [FromQuery(Name = "tts_status")] ItemSpeechStatus? ttsStatus,
        [FromQuery] string sort = ListItems.DefaultSort,
        [FromQuery(Name = "max_id")] long? maxId = null,
        [FromQuery] int page = 1,
        [FromQuery(Name = "per_page")] int perPage = 20,
        CancellationToken cancellationToken = default)
    {
        var found = await mediator.Send(new ListItems(locale, tag, difficulty, q, practiced, ttsStatus, sort, maxId, page, perPage), cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("max_id", found.MaxId?.ToString(CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>One item.</summary>
    [HttpGet("{id:long}")]
    public Task<ItemResponse> Get(long id, CancellationToken cancellationToken) => mediator.Send(new GetItem(id), cancellationToken);

    /// <summary>Change an item; what is left out stays. A changed text or locale is spoken anew.</summary>
    [HttpPatch("{id:long}")]
    public Task<ItemResponse> Edit(long id, EditItem command, CancellationToken cancellationToken) => mediator.Send(command with { Id = id }, cancellationToken);

    /// <summary>Remove an item with its attempts.</summary>
    [HttpDelete("{id:long}")]
    public async Task<IActionResult> Delete(long id, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteItem(id), cancellationToken);
        return NoContent();
    }

    /// <summary>Replace an item's tags.</summary>
    [HttpPatch("{id:long}/tags")]
    public Task<RetagItemResponse> Retag(long id, RetagItem command, CancellationToken cancellationToken) => mediator.Send(command with { Id = id }, cancellationToken);

    /// <summary>Set an item's difficulty.</summary>
    [HttpPatch("{id:long}/difficulty")]
    public Task<RateItemResponse> Rate(long id, RateItem command, CancellationToken cancellationToken) => mediator.Send(command with { Id = id }, cancellationToken);

    /// <summary>An item's audio, at the voice's own pace or another.</summary>
    [HttpGet("{id:long}/audio")]
    [HttpHead("{id:long}/audio")]
    public async Task<IActionResult> Audio(long id, [FromQuery(Name = "speaking_rate")] double? speakingRate, CancellationToken cancellationToken) =>
        this.Audio(await mediator.Send(new GetItemAudio(id, speakingRate), cancellationToken));

    /// <summary>Speak an item anew, with the voice as it is now.</summary>
    [HttpPost("{id:long}/audio/refresh")]
    public async Task<ActionResult<ItemTtsStatusResponse>> RefreshAudio(long id, CancellationToken cancellationToken) =>
        AcceptedAtAction(nameof(TtsStatus), new { id }, await mediator.Send(new RefreshItemAudio(id), cancellationToken));

    /// <summary>How far an item's speech is, and why it failed if it did.</summary>
    [HttpGet("{id:long}/tts-status")]
    public Task<ItemTtsStatusResponse> TtsStatus(long id, CancellationToken cancellationToken) => mediator.Send(new GetItemTtsStatus(id), cancellationToken);

    /// <summary>Score and store what a learner wrote.</summary>
    [HttpPost("{id:long}/attempts")]
    public async Task<ActionResult<AttemptResponse>> AddAttempt(long id, AddAttempt command, CancellationToken cancellationToken)
    {
        var attempt = await mediator.Send(command with { ItemId = id }, cancellationToken);
        return CreatedAtAction(nameof(AttemptsController.Get), "Attempts", new { id = attempt.Id }, attempt);
    }

    /// <summary>An item's attempts, newest first.</summary>
    [HttpGet("{id:long}/attempts")]
    public async Task<ListAttemptsResponse> ListAttempts(
        long id,
        [FromQuery(Name = "user_id")] string? userId,
        [FromQuery] DateTime? since,
        [FromQuery] DateTime? until,
        [FromQuery] int page = 1,
        [FromQuery(Name = "per_page")] int perPage = 20,
        CancellationToken cancellationToken = default)
    {
        var found = await mediator.Send(new ListAttempts(id, userId, since, until, page, perPage, OfItem: true), cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("until", found.Until?.ToString("O", CultureInfo.InvariantCulture)));
        return found;
    }
}
