using System.Net;
using Polly;
using Polly.Retry;

namespace Dictation.Client;

/// <summary>
/// Tries again what may be repeated, when the service is busy (429, 503) or cannot be reached: after the time that it asks for, else after
/// growing times.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly TimeProvider _clock;

    public RetryHandler(DictationClientOptions options, TimeProvider clock)
    {
        _clock = clock;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock };
        if (options.MaxRetries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(500),
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome switch
                {
                    { Exception: HttpRequestException } => true,
                    { Result: { } response } => IsRefusal(response) && !(Wait(response) > options.MaxRetryDelay),
                    _ => false,
                }),
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result is { } response ? Wait(response) : null),
                OnRetry = attempt =>
                {
                    attempt.Outcome.Result?.Dispose();
                    return default;
                },
            });
        }

        _pipeline = builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        MayBeRepeated(request)
            ? await _pipeline.ExecuteAsync(async token => await base.SendAsync(request, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

    /// <summary>A text submitted twice is one task: the service recognises it. Other posts would be done twice.</summary>
    private static bool MayBeRepeated(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get
        || request.Method == HttpMethod.Head
        || request.Method == HttpMethod.Delete
        || (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath is var path && (path.EndsWith("/tts/convert", StringComparison.Ordinal) || path.EndsWith("/tts/convert-multiple", StringComparison.Ordinal)));

    /// <summary>An unhealthy service reports its health with 503 too: that is an answer, and no refusal.</summary>
    private static bool IsRefusal(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && response.Content.Headers.ContentType?.MediaType != "application/json";

    private TimeSpan? Wait(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date - _clock.GetUtcNow() is var wait => wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
