namespace Dictation.Application;

/// <summary>
/// An error whose message is written for the client. One place, the web layer's exception handler, gives each type its
/// status. Any other exception is a bug and answers 500 without its cause.
/// </summary>
/// <param name="code">A stable machine word, such as <c>task_not_found</c>.</param>
/// <param name="message">A short sentence.</param>
/// <param name="detail">How to correct it, or null.</param>
public abstract class DictationException(string code, string message, string? detail = null) : Exception(message)
{
    public string Code { get; } = code;

    public string? Detail { get; } = detail;
}

/// <summary>An id that names nothing (404).</summary>
public sealed class NotFoundException(string code, string message, string? detail = null) : DictationException(code, message, detail)
{
    public static NotFoundException Task(string conversionId) => new(
        "task_not_found", "There is no such conversion.", $"Nothing is stored under '{Shorten(conversionId)}'. It may have been deleted; submit the text again.");

    public static NotFoundException Item(long id) => new("item_not_found", "There is no such item.", $"No item has the id {id}; it may have been deleted. GET /api/v1/items lists those there are.");

    public static NotFoundException Attempt(long id) => new("attempt_not_found", "There is no such attempt.", $"No attempt has the id {id}; it goes with its item.");

    public static NotFoundException Tag(long id) => new("tag_not_found", "There is no such tag.", $"No tag has the id {id}. GET /api/v1/tags lists those there are.");

    public static NotFoundException Lexicon(string language) => new(
        "lexicon_not_found", "The language has no lexicon.", $"No lexicon is stored for '{language}'. PUT /api/v1/lexicons/{language} stores one.");

    public static NotFoundException Timings() => new(
        "timings_missing", "There are no timings of this audio.", "It was spoken before this service kept them. Delete the conversion and submit the text again.");

    private static string Shorten(string id) => id.Length <= 64 ? id : id[..64] + "…";
}

/// <summary>The request does not fit the state that the thing is in (409).</summary>
public sealed class ConflictException(string code, string message, string? detail = null) : DictationException(code, message, detail);

/// <summary>The request is well formed and wrong (422).</summary>
public sealed class RequestInvalidException(IReadOnlyList<FieldError> errors)
    : DictationException("validation_failed", errors.Count == 1 ? errors[0].Message : $"{errors.Count} fields of the request are not valid.")
{
    public RequestInvalidException(string field, string message, string code)
        : this([new FieldError(field, message, code)])
    {
    }

    public IReadOnlyList<FieldError> Errors { get; } = errors;
}

/// <summary>A field of a request that is not valid.</summary>
/// <param name="Field">The field's name on the wire, such as <c>texts[3]</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Code">A stable machine word.</param>
public sealed record FieldError(string Field, string Message, string Code);

/// <summary>The service cannot do this now, and may soon (503).</summary>
public abstract class UnavailableException(string code, string message, string? detail, TimeSpan retryAfter) : DictationException(code, message, detail)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The engine was used before its start or after its stop, or has no room.</summary>
public sealed class TtsServiceException(string message, string? detail = null)
    : UnavailableException("tts_engine_unavailable", message, detail, TimeSpan.FromSeconds(5));

/// <summary>The database is away, busy, full or not writable. What the request was about to store may be stored or not.</summary>
public sealed class DatabaseUnavailableException() : UnavailableException(
    "database_unavailable",
    "The database cannot be used at the moment.",
    "Send the request again after Retry-After seconds; GET /health tells more.",
    TimeSpan.FromSeconds(5));

/// <summary>The audio store is away or cannot be read or written.</summary>
public sealed class AudioStoreUnavailableException() : UnavailableException(
    "audio_store_unavailable",
    "The audio store cannot be used at the moment.",
    "Send the request again after Retry-After seconds; GET /health tells more.",
    TimeSpan.FromSeconds(5));

/// <summary>The queue is at its configured capacity. Nothing was stored.</summary>
public sealed class QueueFullException(int capacity) : UnavailableException(
    "queue_full",
    "The queue is full; nothing was stored.",
    $"{capacity} conversions at most may be unfinished at a time. Send the request again later.",
    TimeSpan.FromSeconds(5));
