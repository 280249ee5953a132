using System.Globalization;
using System.Net;
using Dictation.WebApi.Errors;

namespace Dictation.WebApi.Auth;

/// <summary>Lets a request through when its key has the scope that the endpoint needs. Without keys everybody may do everything.</summary>
/// <remarks>Wrong keys are counted by address: after some in a minute, no key from there is looked at until the minute is over.</remarks>
public sealed partial class ApiKeyMiddleware(RequestDelegate next, ApiKeys keys, FailedTries failures, ILogger<ApiKeyMiddleware> logger)
{
    private const string Header = "X-API-Key";
    private const string Bearer = "Bearer ";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!keys.Required || context.GetEndpoint() is not { } endpoint || ScopeAttribute.Of(endpoint.Metadata, context.Request.Method) is not { } needed)
        {
            await next(context);
            return;
        }

        if (Presented(context.Request) is not { } presented)
        {
            await RefuseAsync(context, "key_missing", "This needs an API key.", $"Send it as '{Header}: <key>' or 'Authorization: Bearer <key>'.");
            return;
        }

        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (failures.Wait(address) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await ErrorWriter.WriteAsync(
                context, StatusCodes.Status429TooManyRequests, "too_many_failed_keys", "Too many wrong API keys came from this address.", "Wait as long as Retry-After says, then send the right one.");
            return;
        }

        if (keys.Find(presented) is not { } key)
        {
            failures.Add(address);
            LogWrongKey(address);
            await RefuseAsync(context, "key_unknown", "This API key is not known.", "Check it, or ask the operator for a new one; it may have been taken back.");
            return;
        }

        if (!key.Scopes.HasFlag(needed))
        {
            await ErrorWriter.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                "scope_missing",
                $"This API key lacks the scope '{needed.ToString().ToLowerInvariant()}'.",
                $"It has: {key.Scopes.ToString().ToLowerInvariant()}. Use one that has it, or ask the operator.");
            return;
        }

        context.Items[typeof(ApiKey)] = key;
        await next(context);
    }

    private static string? Presented(HttpRequest request) =>
        request.Headers[Header] is [{ Length: > 0 } key] ? key
        : request.Headers.Authorization is [{ } value] && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && value[Bearer.Length..].Trim() is { Length: > 0 } token ? token
        : null;

    private static Task RefuseAsync(HttpContext context, string code, string error, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorWriter.WriteAsync(context, StatusCodes.Status401Unauthorized, code, error, detail);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong API key came from {Address}")]
    private partial void LogWrongKey(IPAddress address);
}

/// <summary>How many wrong keys came from where.</summary>
public sealed class FailedTries(TimeProvider clock)
{
    public const int MaxPerMinute = 10;

    // So that an attacker with a whole network behind him cannot fill the memory.
    private const int MaxAddresses = 10_000;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<IPAddress, int> _counts = [];
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>How long no key from there is looked at; null when the next one is.</summary>
    public TimeSpan? Wait(IPAddress address)
    {
        lock (_lock)
        {
            Roll();
            return _counts.GetValueOrDefault(address) < MaxPerMinute ? null : _since + Span - clock.GetUtcNow();
        }
    }

    public void Add(IPAddress address)
    {
        lock (_lock)
        {
            Roll();
            if (_counts.Count < MaxAddresses || _counts.ContainsKey(address))
            {
                _counts[address] = _counts.GetValueOrDefault(address) + 1;
            }
        }
    }

    private void Roll()
    {
        // A clock that was set back begins a new minute too.
        if (clock.GetUtcNow() is var now && (now >= _since + Span || now < _since))
        {
            (_counts, _since) = ([], now);
        }
    }
}
