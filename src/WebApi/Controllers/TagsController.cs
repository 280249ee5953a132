using Dictation.Application.Tags;
using Dictation.WebApi.OpenApi;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Names that are offered when items are tagged.</summary>
[ApiController]
[Route("api/v1/tags")]
public sealed class TagsController(IMediator mediator) : ControllerBase
{
    /// <summary>The preset tags, by name.</summary>
    /// <returns>A page of tags.</returns>
    [HttpGet(Name = "ListTags")]
    public Task<ListTagsResponse> List([FromQuery] ListTags query, CancellationToken cancellationToken) => mediator.Send(query, cancellationToken);

    /// <summary>Add a preset tag.</summary>
    /// <returns>The tag was stored.</returns>
    [HttpPost(Name = "AddTag")]
    [ProducesResponseType(StatusCodes.Status201Created)]
    [Fails(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<TagResponse>> Add(AddTag command, CancellationToken cancellationToken) =>
        StatusCode(StatusCodes.Status201Created, await mediator.Send(command, cancellationToken));

    /// <summary>Remove a preset tag; items that carry the name keep it.</summary>
    /// <param name="id">The tag's id.</param>
    /// <returns>The tag was deleted.</returns>
    [HttpDelete("{id:long}", Name = "DeleteTag")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<IActionResult> Delete(long id, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteTag(id), cancellationToken);
        return NoContent();
    }
}
