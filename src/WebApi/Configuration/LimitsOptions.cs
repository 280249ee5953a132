using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dictation.WebApi.Configuration;

/// <summary>The section <c>Limits</c>: how much one client, and all together, may ask for.</summary>
public sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <summary>Of one key, or of one address where there are no keys; 0 for any number.</summary>
    [Range(0, 1_000_000)]
    public int RequestsPerMinute { get; set; }

    /// <summary>Requests under way at a time, of all clients together; one that waits for events or for a task's end counts too.</summary>
    [Range(1, 100_000)]
    public int ConcurrentRequests { get; set; } = 2000;

    /// <summary>Open connections.</summary>
    [Range(1, 1_000_000)]
    public int Connections { get; set; } = 10_000;

    /// <summary>How long the line and the headers of a request may take to arrive, in seconds.</summary>
    [Range(1, 600)]
    public double HeaderSeconds { get; set; } = 15;

    /// <summary>How long a body, or the reader of an answer, may be slower than <see cref="BytesPerSecond"/>, in seconds.</summary>
    [Range(2, 600)]
    public double GraceSeconds { get; set; } = 5;

    /// <summary>How fast a body must arrive, and an answer be read, on average.</summary>
    [Range(1, 1_000_000)]
    public double BytesPerSecond { get; set; } = 240;

    /// <summary>How long a connection may stay open without a request, in seconds.</summary>
    [Range(1, 3600)]
    public double IdleSeconds { get; set; } = 130;

    // One after the other, but not more often than ten times a second.
    private int TokensAtOnce => Math.Max(1, RequestsPerMinute / 600);

    internal void Configure(KestrelServerLimits server)
    {
        server.MaxConcurrentConnections = Connections;
        server.RequestHeadersTimeout = TimeSpan.FromSeconds(HeaderSeconds);
        server.KeepAliveTimeout = TimeSpan.FromSeconds(IdleSeconds);
        server.MinRequestBodyDataRate = server.MinResponseDataRate = new MinDataRate(BytesPerSecond, TimeSpan.FromSeconds(GraceSeconds));
    }

    internal void Configure(RateLimiterOptions limiter)
    {
        // Probes must not fail because others ask much.
        var ofAll = PartitionedRateLimiter.Create<HttpContext, string>(context => ScopePolicies.IsOpen(context)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = ConcurrentRequests, QueueLimit = 0 }));
        limiter.GlobalLimiter = RequestsPerMinute == 0 ? ofAll : PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => ScopePolicies.IsOpen(context)
                ? RateLimitPartition.GetNoLimiter("")
                : RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => new TokenBucketRateLimiterOptions
                {
                    // A client may come in bursts of a minute's worth, and then as fast as the tokens do.
                    TokenLimit = RequestsPerMinute,
                    TokensPerPeriod = TokensAtOnce,
                    ReplenishmentPeriod = TimeSpan.FromMinutes((double)TokensAtOnce / RequestsPerMinute),
                    QueueLimit = 0,
                })),
            ofAll);
        limiter.OnRejected = (context, _) => new ValueTask(RefuseAsync(context));
    }

    private static string Client(HttpContext context) => context.User.Identity is { IsAuthenticated: true, Name.Length: > 0 } owner
        ? $"{owner.AuthenticationType} {owner.Name}"
        : (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString();

    private static Task RefuseAsync(OnRejectedContext context)
    {
        // Only a bucket knows when it will have more; requests under way end at any time.
        var ofOneClient = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
        context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(ofOneClient ? wait.TotalSeconds : 1).ToString(CultureInfo.InvariantCulture);
        return ofOneClient
            ? ErrorWriter.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests, "too_many_requests", "Too many requests.", "Wait as long as Retry-After says, and then ask less often.")
            : ErrorWriter.WriteAsync(context.HttpContext, StatusCodes.Status503ServiceUnavailable, "busy", "The service has too many requests under way.", "Send the request again after Retry-After seconds.");
    }
}
