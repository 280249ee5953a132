using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Dictation.WebApi.Auth;
using Dictation.WebApi.Configuration;
using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.RateLimiting;

namespace Dictation.WebApi.RateLimiting;

/// <summary>Limits the requests of one client and of all clients together: 429 for one client's rate, 503 for the concurrency of all.</summary>
internal static class RequestLimits
{
    public static void AddRequestLimits(this IServiceCollection services, LimitsOptions limits) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = limits.RequestsPerMinute == 0
            ? Concurrency(limits)
            : PartitionedRateLimiter.CreateChained(Rate(limits), Concurrency(limits));
        limiter.OnRejected = (context, _) => new ValueTask(RefuseAsync(context));
    });

    // Probes are exempt: they must not fail because others ask much.
    private static PartitionedRateLimiter<HttpContext> Concurrency(LimitsOptions limits) => PartitionedRateLimiter.Create<HttpContext, string>(context => ScopePolicies.IsOpen(context)
        ? RateLimitPartition.GetNoLimiter("")
        : RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = limits.ConcurrentRequests, QueueLimit = 0 }));

    /// <summary>A client may send a minute's requests at once, and then one per new token.</summary>
    private static PartitionedRateLimiter<HttpContext> Rate(LimitsOptions limits)
    {
        // One token after the other, but not more often than ten times per second.
        var tokensAtOnce = Math.Max(1, limits.RequestsPerMinute / 600);
        return PartitionedRateLimiter.Create<HttpContext, string>(context => ScopePolicies.IsOpen(context)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetTokenBucketLimiter(Client(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = limits.RequestsPerMinute,
                TokensPerPeriod = tokensAtOnce,
                ReplenishmentPeriod = TimeSpan.FromMinutes((double)tokensAtOnce / limits.RequestsPerMinute),
                QueueLimit = 0,
            }));
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
