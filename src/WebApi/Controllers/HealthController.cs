using Dictation.Application.Health;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Dictation.WebApi.Controllers;

/// <summary>How the service is and what it can do.</summary>
[ApiController]
public sealed class HealthController(IMediator mediator) : ControllerBase
{
    /// <summary>The health of every part; 503 when the service cannot work.</summary>
    /// <returns>The service works.</returns>
    [AllowAnonymous]
    [HttpGet("/", Name = "GetService")]
    [HttpGet("/health", Name = "GetHealth")]
    [HttpGet("/health/ready", Name = "GetReadiness")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<HealthResponse>> Get(CancellationToken cancellationToken)
    {
        var health = await mediator.Send(new GetHealth(), cancellationToken);
        Response.Headers.CacheControl = "no-store";
        return StatusCode(health.Status == HealthState.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK, health);
    }

    /// <summary>Answers as long as the process runs.</summary>
    /// <returns>The process runs.</returns>
    [AllowAnonymous]
    [HttpGet("/health/live", Name = "GetLiveness")]
    public LivenessResponse Live() => new("alive");

    /// <summary>The build, what is configured, and every limit.</summary>
    /// <returns>The build, the configuration and the limits.</returns>
    [HttpGet("/metadata", Name = "GetMetadata")]
    public Task<MetadataResponse> Metadata(CancellationToken cancellationToken) => mediator.Send(new GetMetadata(), cancellationToken);
}
