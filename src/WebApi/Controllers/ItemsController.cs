using System.Globalization;
using Dictation.Application.Attempts;
using Dictation.Application.Items;
using Dictation.WebApi.Audio;
using Dictation.WebApi.Http;
using Dictation.WebApi.OpenApi;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Texts to practise dictation with.</summary>
[ApiController]
[Route("api/v1/items")]
public sealed class ItemsController(IMediator mediator) : ControllerBase
{
    /// <summary>Add an item; its speech is submitted at once.</summary>
    /// <returns>The item was stored, and its speech submitted.</returns>
    [HttpPost(Name = "CreateItem")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    public async Task<ActionResult<ItemResponse>> Create(CreateItem command, CancellationToken cancellationToken)
    {
        var item = await mediator.Send(command, cancellationToken);
        return CreatedAtRoute("GetItem", new { id = item.Id }, item);
    }

    /// <summary>Add several items; good ones are kept when others are not.</summary>
    /// <returns>The valid items were stored, and their speech submitted.</returns>
    [HttpPost("bulk", Name = "CreateItems")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    public async Task<ActionResult<CreateItemsResponse>> CreateMany(CreateItems command, CancellationToken cancellationToken) =>
        StatusCode(StatusCodes.Status201Created, await mediator.Send(command, cancellationToken));

    /// <summary>Items that fit every condition given.</summary>
    /// <returns>A page of items.</returns>
    [HttpGet(Name = "ListItems")]
    [AnswersHeader("Link", AnswersHeaderAttribute.NextPage)]
    public async Task<ListItemsResponse> List([FromQuery] ListItems query, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(query, cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("max_id", found.MaxId?.ToString(CultureInfo.InvariantCulture)));
        return found;
    }

    /// <summary>One item.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The item.</returns>
    [HttpGet("{id:long}", Name = "GetItem")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<ItemResponse> Get(long id, CancellationToken cancellationToken) => mediator.Send(new GetItem(id), cancellationToken);

    /// <summary>Change an item; what is left out stays. A changed text or locale is spoken again.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The item as it is now.</returns>
    [HttpPatch("{id:long}", Name = "EditItem")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<ItemResponse> Edit(long id, EditItem command, CancellationToken cancellationToken) => mediator.Send(command with { Id = id }, cancellationToken);

    /// <summary>Remove an item with its attempts.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The item was deleted.</returns>
    [HttpDelete("{id:long}", Name = "DeleteItem")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Delete(long id, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteItem(id), cancellationToken);
        return NoContent();
    }

    /// <summary>Replace an item's tags.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The tags before and now.</returns>
    [HttpPatch("{id:long}/tags", Name = "RetagItem")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<RetagItemResponse> Retag(long id, RetagItem command, CancellationToken cancellationToken) => mediator.Send(command with { Id = id }, cancellationToken);

    /// <summary>Set an item's difficulty.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The difficulty before and now.</returns>
    [HttpPatch("{id:long}/difficulty", Name = "RateItem")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<RateItemResponse> Rate(long id, RateItem command, CancellationToken cancellationToken) => mediator.Send(command with { Id = id }, cancellationToken);

    /// <summary>An item's audio, at the voice's own pace or another.</summary>
    /// <param name="id">The item's id.</param>
    [HttpGet("{id:long}/audio", Name = "GetItemAudio")]
    [HttpHead("{id:long}/audio", Name = "HeadItemAudio")]
    [ProducesAudio]
    [Fails(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict)]
    public async Task<IActionResult> Audio(long id, [FromQuery] GetItemAudio query, CancellationToken cancellationToken) =>
        AudioResult.From(await mediator.Send(query with { Id = id }, cancellationToken));

    /// <summary>Speak an item again, with the voice as it is now.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The speech was submitted again.</returns>
    [HttpPost("{id:long}/audio/refresh", Name = "RefreshItemAudio")]
    [ProducesResponseType<ItemTtsStatusResponse>(StatusCodes.Status202Accepted)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<ActionResult<ItemTtsStatusResponse>> RefreshAudio(long id, CancellationToken cancellationToken) =>
        AcceptedAtRoute("GetItemTtsStatus", new { id }, await mediator.Send(new RefreshItemAudio(id), cancellationToken));

    /// <summary>How far an item's speech is, and why it failed if it did.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The state of the speech.</returns>
    [HttpGet("{id:long}/tts-status", Name = "GetItemTtsStatus")]
    [Fails(StatusCodes.Status404NotFound)]
    public Task<ItemTtsStatusResponse> TtsStatus(long id, CancellationToken cancellationToken) => mediator.Send(new GetItemTtsStatus(id), cancellationToken);

    /// <summary>Score and store what a learner wrote.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>The attempt was scored and stored.</returns>
    [HttpPost("{id:long}/attempts", Name = "AddItemAttempt")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<ActionResult<AttemptResponse>> AddAttempt(long id, AddItemAttempt command, CancellationToken cancellationToken)
    {
        var attempt = await mediator.Send(command with { Id = id }, cancellationToken);
        return CreatedAtRoute("GetAttempt", new { id = attempt.Id }, attempt);
    }

    /// <summary>An item's attempts, newest first.</summary>
    /// <param name="id">The item's id.</param>
    /// <returns>A page of the item's attempts.</returns>
    [HttpGet("{id:long}/attempts", Name = "ListItemAttempts")]
    [AnswersHeader("Link", AnswersHeaderAttribute.NextPage)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<ListAttemptsResponse> ListAttempts(long id, [FromQuery] ListItemAttempts query, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(query with { Id = id }, cancellationToken);
        PageLinks.Write(HttpContext, found.Page, found.TotalPages, ("until", found.Until?.ToString("O", CultureInfo.InvariantCulture)));
        return found;
    }
}
