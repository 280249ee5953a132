using System.Globalization;
using System.Text.Json;

namespace Dictation.Client;

/// <summary>The service answered with another status than success.</summary>
public class DictationException : Exception
{
    /// <summary>As the generated client throws it.</summary>
    /// <param name="message">The message when the answer has no <see cref="ErrorResponse"/>.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="response">The answer's body, where it is text.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="innerException">Why the answer could not be read, where that is so.</param>
    public DictationException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : this(message, statusCode, response, headers, Read(response), innerException)
    {
    }

    private protected DictationException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, ErrorResponse? problem, Exception? innerException)
        : base(problem is null ? message : $"{string.Join(' ', new[] { problem.Error, problem.Detail }.Where(s => s is not null))} ({statusCode} {problem.Code})", innerException)
    {
        StatusCode = statusCode;
        Response = response;
        Headers = headers;
        Problem = problem;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The answer's body, where it was read as text.</summary>
    public string? Response { get; }

    /// <summary>The answer's headers.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; }

    /// <summary>The error as the service describes it; null when something else answered, such as a proxy.</summary>
    public ErrorResponse? Problem { get; }

    /// <summary>When to try again, where the service says so.</summary>
    public TimeSpan? RetryAfter =>
        Headers.TryGetValue("Retry-After", out var values) && int.TryParse(values.FirstOrDefault(), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>A status that the document does not have comes as text.</summary>
    private static ErrorResponse? Read(string? response)
    {
        try
        {
            return response is { Length: > 0 } && JsonSerializer.Deserialize<ErrorResponse>(response) is { Error: not null, Code: not null } problem ? problem : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The service answered with another status than success, and a body that says more.</summary>
/// <typeparam name="TResult">Nearly always <see cref="ErrorResponse"/>.</typeparam>
public sealed class DictationException<TResult> : DictationException
{
    /// <summary>As the generated client throws it.</summary>
    /// <param name="message">The message when <paramref name="result"/> is no <see cref="ErrorResponse"/>.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="response">The answer's body, where it is text.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="result">The answer's body.</param>
    /// <param name="innerException">Always null.</param>
    public DictationException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, TResult result, Exception? innerException)
        : base(message, statusCode, response, headers, result as ErrorResponse, innerException) =>
        Result = result;

    /// <summary>The answer's body.</summary>
    public TResult Result { get; }
}
