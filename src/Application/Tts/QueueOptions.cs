using System.ComponentModel.DataAnnotations;
using Dictation.Domain.Tts;

namespace Dictation.Application.Tts;

/// <summary>The section <c>Queue</c>: how much is accepted, and how work is claimed and tried again.</summary>
public sealed class QueueOptions
{
    public const string Section = "Queue";

    /// <summary>Unfinished tasks at most; past it a submission answers 503.</summary>
    [Range(1, 10_000_000)]
    public int Capacity { get; set; } = 10_000;

    /// <summary>How long a claim holds without a heartbeat, in seconds. After a crash, interrupted tasks wait this long.</summary>
    [Range(1, 3600)]
    public double LeaseSeconds { get; set; } = 15;

    /// <summary>How often work on a task is begun before it fails.</summary>
    [Range(1, 100)]
    public int MaxTries { get; set; } = 3;

    /// <summary>The wait before the second try, in seconds; it doubles with each further one.</summary>
    [Range(0.01, 3600)]
    public double RetryDelaySeconds { get; set; } = 2;

    /// <summary>How often the table is looked at when nothing is announced, in seconds: finds what other processes left and retries that fell due.</summary>
    [Range(0.01, 60)]
    public double PollSeconds { get; set; } = 1;

    public TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);

    public TimeSpan Poll => TimeSpan.FromSeconds(PollSeconds);

    public ClaimTerms Terms => new(Lease, MaxTries, Max(Lease, RetryDelay(MaxTries), AudioStoreCircuitBreaker.LongestDelay));

    public TimeSpan RetryDelay(int tries) => TimeSpan.FromSeconds(RetryDelaySeconds * Math.Pow(2, Math.Clamp(tries - 1, 0, 10)));

    private static TimeSpan Max(params ReadOnlySpan<TimeSpan> times)
    {
        var max = TimeSpan.Zero;
        foreach (var time in times)
        {
            max = time > max ? time : max;
        }

        return max;
    }
}
