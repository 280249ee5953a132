using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Auth;

/// <summary>Authenticates a request by its API key.</summary>
/// <remarks>
/// Unknown keys are counted per address. After <see cref="FailedKeyThrottle.MaxPerMinute"/> in a minute no key from there is looked up until
/// the minute ends. Open endpoints look up no key, so a wrong one does not count there.
/// </remarks>
internal sealed partial class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ApiKeys keys,
    AuthOptions auth,
    FailedKeyThrottle throttle) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";

    private IPAddress Address => Context.Connection.RemoteIpAddress ?? IPAddress.None;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        switch ((await HandleAuthenticateOnceAsync()).Failure)
        {
            case TooManyFailedKeysException e:
                Response.Headers.RetryAfter = Math.Ceiling(e.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await ErrorWriter.WriteAsync(
                    Context,
                    StatusCodes.Status429TooManyRequests,
                    "too_many_failed_keys",
                    "Too many wrong API keys came from this address.",
                    "Wait as long as Retry-After says, then send the right one.");
                break;
            case KeyUnknownException:
                await WriteUnauthorizedAsync("key_unknown", "This API key is not known.", "Check it, or ask the operator for a new one; it may have been taken back.");
                break;
            default:
                await WriteUnauthorizedAsync(
                    "key_missing",
                    auth.Jwt.IsEnabled ? "This needs an API key or a token." : "This needs an API key.",
                    $"Send it as '{Credentials.KeyHeader}: <key>' or 'Authorization: Bearer <{(auth.Jwt.IsEnabled ? "key or token" : "key")}>'.");
                break;
        }
    }

    private AuthenticateResult Authenticate()
    {
        if (ScopePolicies.IsOpen(Context) || (Credentials.Key(Request) ?? Credentials.Bearer(Request)) is not { } presented)
        {
            return AuthenticateResult.NoResult();
        }

        if (throttle.Wait(Address) is { } wait)
        {
            return AuthenticateResult.Fail(new TooManyFailedKeysException(wait));
        }

        if (keys.Find(presented) is not { } key)
        {
            throttle.Add(Address);
            LogWrongKey(Logger, Address);
            return AuthenticateResult.Fail(new KeyUnknownException());
        }

        return AuthenticateResult.Success(new AuthenticationTicket(ClientPrincipal.Create(SchemeName, key.Name, key.Scopes), SchemeName));
    }

    private Task WriteUnauthorizedAsync(string code, string error, string detail)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorWriter.WriteAsync(Context, StatusCodes.Status401Unauthorized, code, error, detail);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A wrong API key came from {Address}")]
    private static partial void LogWrongKey(ILogger logger, IPAddress address);

    private sealed class KeyUnknownException() : AuthenticationFailureException("The key is not known.");

    private sealed class TooManyFailedKeysException(TimeSpan retryAfter) : AuthenticationFailureException("Too many unknown keys came from this address.")
    {
        public TimeSpan RetryAfter { get; } = retryAfter;
    }
}
