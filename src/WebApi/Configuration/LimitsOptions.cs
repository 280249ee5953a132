using System.ComponentModel.DataAnnotations;

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
}
