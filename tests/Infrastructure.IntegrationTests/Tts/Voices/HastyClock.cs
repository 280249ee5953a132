namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Waits for nothing but remembers for how long it was to wait. The time limit of a read runs out when a test says so.</summary>
internal sealed class HastyClock : TimeProvider
{
    private readonly Lock _changing = new();
    private readonly List<ITimer> _limits = [];

    public List<double> Waited { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.FromSeconds(30) && dueTime != Timeout.InfiniteTimeSpan)
        {
            Waited.Add(dueTime.TotalSeconds);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }

        var limit = System.CreateTimer(callback, state, dueTime, period);
        lock (_changing)
        {
            _limits.Add(limit);
        }

        return limit;
    }

    /// <summary>Lets the time limits of all reads run out that wait now.</summary>
    public void Stall()
    {
        lock (_changing)
        {
            // One that was disposed of does nothing.
            _limits.ForEach(limit => limit.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
            _limits.Clear();
        }
    }
}
