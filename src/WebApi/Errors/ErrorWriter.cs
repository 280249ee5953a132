using System.Globalization;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.WebApi.Configuration;
using Dictation.WebApi.Wire;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Dictation.WebApi.Errors;

/// <summary>Writes every error answer, whichever layer it comes from. This is the one place where an error gets its status.</summary>
public sealed partial class ErrorWriter(IDatabaseFaults faults, ILogger<ErrorWriter> logger) : IExceptionHandler
{
    public const string ContentType = "application/problem+json";

    /// <summary>Our own exceptions have a status each; any other is a bug, and its text stays in the log.</summary>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await (exception switch
        {
            RequestInvalidException e => WriteAsync(httpContext, StatusCodes.Status422UnprocessableEntity, e.Code, e.Message, e.Detail, e.Errors),
            NotFoundException e => WriteAsync(httpContext, StatusCodes.Status404NotFound, e.Code, e.Message, e.Detail),
            ConflictException e => WriteAsync(httpContext, StatusCodes.Status409Conflict, e.Code, e.Message, e.Detail),
            UnavailableException e => WriteUnavailableAsync(httpContext, e),
            BadHttpRequestException { StatusCode: var status } => WriteStatusAsync(httpContext, status),

            // Exceptions of the client's connection are handled above: nobody is there to answer.
            IOException => WriteOutageAsync(httpContext, new AudioStoreUnavailableException(), exception),
            _ when faults.IsOutage(exception) => WriteOutageAsync(httpContext, new DatabaseUnavailableException(), exception),
            _ => WriteBugAsync(httpContext, exception),
        });
        return true;
    }

    /// <summary>An answer that has a status and no body yet: unknown routes, wrong methods, media types, and what the server itself refuses.</summary>
    public static Task WriteStatusAsync(HttpContext context, int status)
    {
        var (code, error, detail) = status switch
        {
            StatusCodes.Status400BadRequest => ("malformed_request", "The request cannot be read.", "Check its syntax: a JSON body in UTF-8, complete, with Content-Type application/json."),
            StatusCodes.Status404NotFound => ("route_not_found", "There is nothing at this address.", $"Check the path; {ListOfEndpoints(context)} lists the endpoints."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", $"This address does not answer {context.Request.Method}.", $"It answers {context.Response.Headers.Allow}."),
            StatusCodes.Status406NotAcceptable => ("not_acceptable", "No representation fits the Accept header.", "Accept application/json."),
            StatusCodes.Status408RequestTimeout => ("request_timeout", "The request did not arrive in time.", "Send it again."),
            StatusCodes.Status413PayloadTooLarge => ("body_too_large", "The request body is too large.", "Split it; GET /metadata tells the limit."),
            StatusCodes.Status415UnsupportedMediaType => ("unsupported_media_type", "The body's media type is not supported.", "Send JSON in UTF-8 with Content-Type: application/json."),
            StatusCodes.Status416RangeNotSatisfiable => ("range_not_satisfiable", "The range lies outside the audio.", "Content-Range tells its length."),
            _ => ("error", ReasonPhrases.GetReasonPhrase(status), null),
        };
        return WriteAsync(context, status, code, error, detail);
    }

    public static async Task WriteAsync(
        HttpContext context, int status, string code, string error, string? detail = null, IReadOnlyList<FieldError>? errors = null)
    {
        if (context.Response.HasStarted)
        {
            // Part of the answer is sent. Only a cut connection can still tell the client that it failed.
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        var body = new ErrorResponse
        {
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Instance = context.Request.Path.Value ?? "/",
            Error = error,
            Detail = detail,
            Code = code,
            Errors = errors,
            RequestId = context.TraceIdentifier,
        };
        await context.Response.WriteAsJsonAsync(body, Json.Options, ContentType, CancellationToken.None);
    }

    private static string ListOfEndpoints(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<OpenApiOptions>>().Value is { Enabled: true, UiPath: var path } ? path : "the README";

    private static Task WriteUnavailableAsync(HttpContext context, UnavailableException e)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(e.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, e.Code, e.Message, e.Detail);
    }

    private Task WriteOutageAsync(HttpContext context, UnavailableException answer, Exception exception)
    {
        LogOutage(exception, context.Request.Method, context.TraceIdentifier, answer.Code);
        return WriteUnavailableAsync(context, answer);
    }

    private Task WriteBugAsync(HttpContext context, Exception exception)
    {
        LogBug(exception, context.Request.Method, context.TraceIdentifier);
        return WriteAsync(
            context,
            StatusCodes.Status500InternalServerError,
            "internal_error",
            "Something went wrong on our side.",
            "Tell the operator the request_id: the log says more under it.");
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} request {RequestId} was answered 503, {Code}")]
    private partial void LogOutage(Exception exception, string method, string requestId, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unhandled exception in {Method} request {RequestId}")]
    private partial void LogBug(Exception exception, string method, string requestId);
}
