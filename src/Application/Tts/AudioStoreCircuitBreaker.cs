using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>
/// Whether audio can be stored. A full disk or a lost mount is not the fault of a task. A failure opens the breaker: tasks
/// wait in the queue. After a delay that grows it is half-open: one task at a time tries the store. The first audio that is stored closes it. Thread-safe.
/// </summary>
public sealed class AudioStoreCircuitBreaker(TimeProvider clock, IOptions<QueueOptions> options)
{
    /// <summary>The longest time between two attempts.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a task waits for the store in all, from when work on it first began.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private int _failures;
    private long _failedAt;

    /// <summary>Whether the last audio could not be stored.</summary>
    public bool IsOpen => Volatile.Read(ref _failures) > 0;

    private TimeSpan Delay => Shorter(options.Value.RetryDelay(Volatile.Read(ref _failures)), LongestDelay);

    /// <summary>Whether an attempt may be made now: always when closed, and once the delay is over when open.</summary>
    public bool AllowsAttempt()
    {
        lock (_gate)
        {
            return _failures == 0 || clock.GetElapsedTime(_failedAt) >= Delay;
        }
    }

    public void RecordFailure()
    {
        lock (_gate)
        {
            // Those that were under way together are one failure.
            if (AllowsAttempt())
            {
                _failures++;
                _failedAt = clock.GetTimestamp();
            }
        }
    }

    /// <summary>How long a task that met a failure waits: the longer, the longer it has tried. One too large for the space left must not try all the time.</summary>
    /// <param name="tried">Since work on it first began.</param>
    public TimeSpan DelayOf(TimeSpan tried) => Shorter(tried > Delay * 2 ? tried / 2 : Delay, LongestDelay);

    public void Close() => Volatile.Write(ref _failures, 0);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
