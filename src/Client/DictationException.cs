using System.Globalization;

namespace Dictation.Client;

/// <summary>The service answered with another status than success.</summary>
public class DictationException : Exception
{
    /// <summary>As the generated client throws it.</summary>
    /// <param name="message">What is to be read where the answer has no <see cref="ErrorResponse"/>.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="response">The answer's body, where it is text.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="innerException">Why the answer could not be read, where that is so.</param>
    public DictationException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? innerException)
        : base(message, innerException)
    {
        StatusCode = statusCode;
        Response = response;
        Headers = headers;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The answer's body, where it is text and was not read into <see cref="Problem"/>.</summary>
    public string? Response { get; }

    /// <summary>The answer's headers.</summary>
    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; }

    /// <summary>What the service says is wrong; null where something else answered, such as a proxy.</summary>
    public virtual ErrorResponse? Problem => null;

    /// <summary>When to try again, where the service says so.</summary>
    public TimeSpan? RetryAfter =>
        Headers.TryGetValue("Retry-After", out var values) && int.TryParse(values.FirstOrDefault(), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>The service answered with another status than success, and a body that says more.</summary>
/// <typeparam name="TResult">Nearly always <see cref="ErrorResponse"/>.</typeparam>
public sealed class DictationException<TResult> : DictationException
{
    /// <summary>As the generated client throws it.</summary>
    /// <param name="message">What is to be read where <paramref name="result"/> is no <see cref="ErrorResponse"/>.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="response">The answer's body, where it is text.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="result">The answer's body.</param>
    /// <param name="innerException">Always null.</param>
    public DictationException(
        string message, int statusCode, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, TResult result, Exception? innerException)
        : base(result is ErrorResponse e ? $"{string.Join(' ', new[] { e.Error, e.Detail }.Where(s => s is not null))} ({statusCode} {e.Code})" : message, statusCode, response, headers, innerException) =>
        Result = result;

    /// <summary>The answer's body.</summary>
    public TResult Result { get; }

    /// <inheritdoc/>
    public override ErrorResponse? Problem => Result as ErrorResponse;
}
