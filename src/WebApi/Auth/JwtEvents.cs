using System.Security.Claims;
using Dictation.Application;
using Dictation.WebApi.Errors;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace Dictation.WebApi.Auth;

/// <summary>Turns a valid token into the user of the request, and answers in the one shape of errors when it is not valid.</summary>
internal sealed partial class JwtEvents(AuthOptions auth, ILogger<JwtEvents> logger) : JwtBearerEvents
{
    public const string SchemeName = "JwtBearer";

    /// <summary>Claims that name the client, the best first.</summary>
    private static readonly string[] NameClaims = ["sub", "client_id", "azp"];

    /// <summary>Keeps the name and the known scopes only: no other claim of a token decides anything here.</summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        var token = context.Principal!;
        var name = NameClaims.Select(token.FindFirstValue).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        context.Principal = ClientPrincipal.Create(SchemeName, name, ReadScopes(token));
        return Task.CompletedTask;
    }

    /// <summary>Tells a token that is not valid from one that cannot be checked because the issuer's keys cannot be fetched.</summary>
    public override async Task AuthenticationFailed(AuthenticationFailedContext context)
    {
        try
        {
            await context.Options.ConfigurationManager!.GetConfigurationAsync(context.HttpContext.RequestAborted);

            // The type only: the message may quote the token.
            var reason = context.Exception.GetType().Name;
            LogInvalidToken(reason);
        }
        catch (InvalidOperationException)
        {
            LogIssuerUnavailable(auth.Jwt.Authority);
            context.Fail(new TokenIssuerUnavailableException());
        }
    }

    public override Task Challenge(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        if (context.AuthenticateFailure is UnavailableException unavailable)
        {
            throw unavailable;
        }

        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return ErrorWriter.WriteAsync(
            context.HttpContext,
            StatusCodes.Status401Unauthorized,
            "token_invalid",
            "This token is not valid.",
            "It may have expired, or be for another service. Get a new one from the issuer.");
    }

    private Scopes ReadScopes(ClaimsPrincipal token)
    {
        var names = token.FindAll(auth.Jwt.ScopeClaim).SelectMany(c => c.Value.Split(' ')).ToHashSet(StringComparer.Ordinal);
        return ScopeNames.All.Where(s => names.Contains(s.ToName())).Aggregate(Scopes.None, (all, scope) => all | scope);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A token was refused: {Reason}")]
    private partial void LogInvalidToken(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The keys of the token issuer {Authority} cannot be fetched; its tokens cannot be checked")]
    private partial void LogIssuerUnavailable(string authority);

    private sealed class TokenIssuerUnavailableException() : UnavailableException(
        "token_issuer_unavailable",
        "The token cannot be checked at the moment.",
        "Send the request again after Retry-After seconds.",
        TimeSpan.FromSeconds(5));
}
