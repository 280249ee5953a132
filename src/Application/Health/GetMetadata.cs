using Dictation.Application.Abstractions;
using Dictation.Application.Items;
using Dictation.Application.Tts;
using Dictation.Domain.Attempts;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using MediatR;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Health;

/// <summary>The build, what is configured, and every limit.</summary>
public sealed record GetMetadata : IRequest<MetadataResponse>;

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

public sealed class GetMetadataHandler(ServiceIdentity service, ServiceEnvironment environment, ITtsEngine engine, IOptions<QueueOptions> queue) : IRequestHandler<GetMetadata, MetadataResponse>
{
    private static readonly string[] Features =
    [
        "tts", "deduplication", "long_poll", "server_sent_events", "range_download", "markup", "timings", "audio_formats", "live_speech", "items", "attempts", "statistics",
    ];

    public Task<MetadataResponse> Handle(GetMetadata request, CancellationToken cancellationToken) => Task.FromResult(new MetadataResponse(
        service.Name,
        service.Version,
        Environment.Version.ToString(),
        Features,
        new ProvidersResponse(environment.Database, "local", "onnxruntime", engine.Status.Device),
        new LimitsResponse(
            TtsTask.MaxTextLength,
            ConvertTextsValidator.MaxTexts,
            CreateItemsValidator.MaxItems,
            Item.MaxTags,
            Attempt.MaxTranscriptionLength,
            PageRequestValidator.MaxPerPage,
            environment.MaxBodyBytes,
            queue.Value.Capacity)));
}
