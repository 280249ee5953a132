using Dictation.Application;

namespace Dictation.WebApi.Wire;

/// <summary>The one shape of every error (RFC 9457, <c>application/problem+json</c>), from whatever layer.</summary>
public sealed record ErrorResponse
{
    /// <summary>Names the kind of problem; <c>about:blank</c>, the code says more.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>The path that was asked for.</summary>
    public required string Instance { get; init; }

    /// <summary>The error, in a short sentence.</summary>
    public required string Error { get; init; }

    /// <summary>How to correct it, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>A stable machine word, such as <c>task_not_found</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The fields that are not valid, for a validation error; else null.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>Find the request in the log by this.</summary>
    public required string RequestId { get; init; }
}
