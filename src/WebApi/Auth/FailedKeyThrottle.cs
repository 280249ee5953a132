using System.Net;

namespace Dictation.WebApi.Auth;

/// <summary>Counts unknown keys per address and minute. Thread-safe.</summary>
public sealed class FailedKeyThrottle(TimeProvider clock)
{
    public const int MaxPerMinute = 10;

    // Bounds the memory that an attacker with many addresses can fill.
    private const int MaxAddresses = 10_000;
    private static readonly TimeSpan Span = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<IPAddress, int> _counts = [];
    private DateTimeOffset _since = clock.GetUtcNow();

    /// <summary>How long keys from this address are refused unseen; null if the next one is looked up.</summary>
    public TimeSpan? Wait(IPAddress address)
    {
        lock (_lock)
        {
            Roll();
            return _counts.GetValueOrDefault(address) < MaxPerMinute ? null : _since + Span - clock.GetUtcNow();
        }
    }

    public void Add(IPAddress address)
    {
        lock (_lock)
        {
            Roll();
            if (_counts.Count < MaxAddresses || _counts.ContainsKey(address))
            {
                _counts[address] = _counts.GetValueOrDefault(address) + 1;
            }
        }
    }

    private void Roll()
    {
        // A clock that is set back starts a new minute too.
        if (clock.GetUtcNow() is var now && (now >= _since + Span || now < _since))
        {
            (_counts, _since) = ([], now);
        }
    }
}
