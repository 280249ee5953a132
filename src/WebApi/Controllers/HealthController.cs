using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Application.Health;
using Dictation.Application.Items;
using Dictation.Application.Tts;
using Dictation.Domain.Attempts;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Dictation.WebApi.Configuration;

using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Controllers;

/// <summary>How the service is and what it can do.</summary>
[ApiController]
public sealed class HealthController(IMediator mediator) : ControllerBase
{
    /// <summary>The health of every part; 503 when the service does not do its job.</summary>
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

    /// <summary>Answers as long as the process does.</summary>
    [AllowAnonymous]
    [HttpGet("/health/live", Name = "GetLiveness")]
    public LivenessResponse Live() => new("alive");

    /// <summary>The build, what is configured, and every limit.</summary>
    [HttpGet("/metadata", Name = "GetMetadata")]
    public MetadataResponse Metadata(
        [FromServices] ServiceIdentity service,
        [FromServices] ITtsEngine engine,
        [FromServices] DatabaseProvider database,
        [FromServices] IOptions<ServerOptions> server,
        [FromServices] IOptions<QueueOptions> queue) => new(
            service.Name,
            service.Version,
            Environment.Version.ToString(),
            ["tts", "deduplication", "long_poll", "server_sent_events", "range_download", "markup", "timings", "audio_formats", "live_speech", "items", "attempts", "statistics"],
            new ProvidersResponse(database.Name.ToLowerInvariant(), "local", "onnxruntime", engine.Status.Device),
            new LimitsResponse(
                TtsTask.MaxTextLength,
                ConvertTextsValidator.MaxTexts,
                CreateItemsValidator.MaxItems,
                Item.MaxTags,
                Attempt.MaxTranscriptionLength,
                PageRequestValidator.MaxPerPage,
                server.Value.MaxBodyBytes,
                queue.Value.Capacity));
}

/// <summary>That the process answers.</summary>
/// <param name="Status">Always <c>alive</c>.</param>
public sealed record LivenessResponse(string Status);

/// <summary>The build, what is configured, and every limit.</summary>
/// <param name="Runtime">The .NET version.</param>
public sealed record MetadataResponse(string Service, string Version, string Runtime, IReadOnlyList<string> Features, ProvidersResponse Providers, LimitsResponse Limits);

/// <summary>What the service is built on.</summary>
public sealed record ProvidersResponse(string Database, string AudioStore, string TtsEngine, string? Device);

/// <summary>What the service takes at most.</summary>
/// <param name="MaxTextLength">Code points.</param>
/// <param name="MaxTranscriptionLength">Code points.</param>
/// <param name="MaxBodyBytes">Bytes.</param>
/// <param name="QueueCapacity">Unfinished conversions at a time.</param>
public sealed record LimitsResponse(
    int MaxTextLength,
    int MaxTextsPerRequest,
    int MaxItemsPerRequest,
    int MaxTagsPerItem,
    int MaxTranscriptionLength,
    int MaxPerPage,
    long MaxBodyBytes,
    int QueueCapacity);
