using Dictation.Application.Lexicons;
using Dictation.Speech.Lexicons;
using Dictation.WebApi.Auth;
using Dictation.WebApi.OpenApi;
using Dictation.WebApi.Wire;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>How words are said, per language.</summary>
[ApiController]
[Authorize(ScopeNames.Admin)]
[Route("api/v1/lexicons/{language}")]
public sealed class LexiconsController(IMediator mediator) : ControllerBase
{
    /// <summary>The lexicon of a language, in JSON or as a Pronunciation Lexicon (W3C PLS 1.0).</summary>
    /// <param name="language">A BCP 47 tag; regions of a language share one lexicon.</param>
    /// <param name="query">The format.</param>
    /// <returns>The lexicon.</returns>
    [HttpGet(Name = "GetLexicon")]
    [ProducesResponseType<LexiconResponse>(StatusCodes.Status200OK)]
    [AlsoPls]
    [Fails(StatusCodes.Status404NotFound)]
    public async Task<ActionResult<LexiconResponse>> Get(string language, [FromQuery] GetLexicon query, CancellationToken cancellationToken)
    {
        var lexicon = await mediator.Send(query with { Language = language }, cancellationToken);
        Response.Headers.Vary = "Accept";
        return (query.Format ?? PlsFormat.Accepted(Request)) == LexiconFormat.Pls
            ? Content(PronunciationLexicon.Write(lexicon.Language, lexicon.Entries.Select(e => e.ToEntry())), PlsFormat.MediaType)
            : lexicon;
    }

    /// <summary>Store the lexicon of a language in the place of its former one, from JSON or from a Pronunciation Lexicon (application/pls+xml). It counts for texts that are submitted from now on.</summary>
    /// <param name="language">A BCP 47 tag; regions of a language share one lexicon.</param>
    /// <param name="command">The lexicon, in JSON or as a Pronunciation Lexicon (W3C PLS 1.0).</param>
    /// <returns>The lexicon as it was stored.</returns>
    [HttpPut(Name = "PutLexicon")]
    public Task<LexiconResponse> Put(string language, PutLexicon command, CancellationToken cancellationToken) =>
        mediator.Send(command with { Language = language }, cancellationToken);

    /// <summary>Remove the lexicon of a language. Speech that exists already stays as it is.</summary>
    /// <param name="language">A BCP 47 tag; regions of a language share one lexicon.</param>
    /// <returns>The lexicon was deleted.</returns>
    [HttpDelete(Name = "DeleteLexicon")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [Fails(StatusCodes.Status404NotFound, StatusCodes.Status422UnprocessableEntity)]
    public async Task<IActionResult> Delete(string language, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteLexicon(language), cancellationToken);
        return NoContent();
    }
}
