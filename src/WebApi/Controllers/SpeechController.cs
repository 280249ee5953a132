using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.WebApi.Audio;
using Dictation.WebApi.OpenApi;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>Speech as OpenAI's clients ask for it.</summary>
[ApiController]
[Route("v1/audio")]
public sealed class SpeechController(IMediator mediator, IAudioEncoder encoder) : ControllerBase
{
    /// <summary>Speak a text and send the audio while it is spoken.</summary>
    [HttpPost("speech", Name = "CreateSpeech")]
    [ProducesAudio(AnyFormat = true, Live = true)]
    [Fails(StatusCodes.Status409Conflict)]
    public async Task Speech(CreateSpeech command, CancellationToken cancellationToken)
    {
        var speech = await mediator.Send(command, cancellationToken);
        await LiveAudio.WriteAsync(Response, speech, encoder, cancellationToken);
    }
}
