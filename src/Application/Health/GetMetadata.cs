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
/// <param name="Service">Name of the service.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="Runtime">The .NET version.</param>
/// <param name="Features">What this build can do.</param>
/// <param name="Providers">What the service is built on.</param>
/// <param name="Limits">What the service takes at most.</param>
public sealed record MetadataResponse(string Service, string Version, string Runtime, IReadOnlyList<string> Features, ProvidersResponse Providers, LimitsResponse Limits);

/// <summary>What the service is built on.</summary>
/// <param name="Database">The database's kind.</param>
/// <param name="AudioStore">Where audio files are kept.</param>
/// <param name="TtsEngine">What speaks.</param>
/// <param name="Device">Where the arithmetic runs, such as cpu; null before the engine has started.</param>
public sealed record ProvidersResponse(string Database, string AudioStore, string TtsEngine, string? Device);

/// <summary>What the service takes at most.</summary>
/// <param name="MaxTextLength">Code points.</param>
/// <param name="MaxTextsPerRequest">Texts in a request for several.</param>
/// <param name="MaxItemsPerRequest">Items in a bulk request.</param>
/// <param name="MaxTagsPerItem">Tags on an item.</param>
/// <param name="MaxTranscriptionLength">Code points.</param>
/// <param name="MaxPerPage">Entries on a page.</param>
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
