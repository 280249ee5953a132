namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Waits for nothing but remembers for how long it was to wait. The time limit of a read runs out when a test says so.</summary>
internal sealed class HastyClock : TimeProvider
{
    private readonly Lock _changing = new();
    private readonly List<Limit> _limits = [];

    public List<double> Waited { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.FromSeconds(30) && dueTime != Timeout.InfiniteTimeSpan)
        {
            Waited.Add(dueTime.TotalSeconds);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }

        var limit = new Limit(this, System.CreateTimer(callback, state, dueTime, period));
        lock (_changing)
        {
            _limits.Add(limit);
        }

        return limit;
    }

    /// <summary>Lets the time limits of all reads run out that wait now.</summary>
    /// <returns>Whether any did.</returns>
    public bool Stall()
    {
        lock (_changing)
        {
            _limits.ForEach(limit => limit.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
            var any = _limits.Count > 0;
            _limits.Clear();
            return any;
        }
    }

    private sealed class Limit(HastyClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            Forget();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Forget();
            return timer.DisposeAsync();
        }

        private void Forget()
        {
            lock (clock._changing)
            {
                clock._limits.Remove(this);
            }
        }
    }
}
