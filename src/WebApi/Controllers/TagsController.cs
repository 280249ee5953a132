using Dictation.Application.Tags;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Names that are offered when items are tagged.</summary>
[ApiController]
[Route("api/v1/tags")]
public sealed class TagsController(IMediator mediator) : ControllerBase
{
    /// <summary>The preset tags, by name.</summary>
    [HttpGet]
    public Task<ListTagsResponse> List([FromQuery] int page = 1, [FromQuery(Name = "per_page")] int perPage = 20, CancellationToken cancellationToken = default) =>
        mediator.Send(new ListTags(page, perPage), cancellationToken);

    /// <summary>Add a preset tag.</summary>
    [HttpPost]
    public async Task<ActionResult<TagResponse>> Add(AddTag command, CancellationToken cancellationToken) =>
        StatusCode(StatusCodes.Status201Created, await mediator.Send(command, cancellationToken));

    /// <summary>Remove a preset tag; items that carry the name keep it.</summary>
    [HttpDelete("{id:long}")]
    public async Task<IActionResult> Delete(long id, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteTag(id), cancellationToken);
        return NoContent();
    }
}
