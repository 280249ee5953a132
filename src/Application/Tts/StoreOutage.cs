using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>
/// Whether the audio store takes what is spoken: a full disk or a lost mount is no fault of the tasks that meet it. From a failure on, one
/// task at a time tries it, at growing intervals, and the others wait in the queue; the first audio that is stored ends the outage.
/// </summary>
public sealed class StoreOutage(TimeProvider clock, IOptions<QueueOptions> options)
{
    /// <summary>Between two attempts at most.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a task waits for the store in all, from when work on it was first begun.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private int _failures;
    private long _failedAt;

    public bool IsOn => Volatile.Read(ref _failures) > 0;

    private TimeSpan Delay => Shorter(options.Value.RetryDelay(Volatile.Read(ref _failures)), LongestDelay);

    /// <summary>Whether an attempt is worth its work now.</summary>
    public bool MayTry()
    {
        lock (_gate)
        {
            return _failures == 0 || clock.GetElapsedTime(_failedAt) >= Delay;
        }
    }

    public void Failed()
    {
        lock (_gate)
        {
            // Those that were under way together are one failure.
            if (MayTry())
            {
                _failures++;
                _failedAt = clock.GetTimestamp();
            }
        }
    }

    /// <summary>How long a task that met a failure waits: the longer, the longer it has tried. One too large for what is left on the disk must not try all the time.</summary>
    /// <param name="tried">Since work on it was first begun.</param>
    public TimeSpan DelayOf(TimeSpan tried) => Shorter(tried > Delay * 2 ? tried / 2 : Delay, LongestDelay);

    public void Ended() => Volatile.Write(ref _failures, 0);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
