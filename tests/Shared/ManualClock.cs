using System.Threading.Channels;

namespace Dictation.Shared;

/// <summary>Time that stands until the test moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Channel<(Timer Timer, int Setting, TimeSpan Due)> settings = Channel.CreateUnbounded<(Timer, int, TimeSpan)>();
    private DateTimeOffset now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.UtcTicks;

    /// <summary>Lets time pass; timers that are set stay where they are.</summary>
    public void Advance(TimeSpan time) => now += time;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until somebody waits, and lets that time pass.</summary>
    /// <param name="expected">How long it should wait, where the test knows.</param>
    public async Task<TimeSpan> AdvanceToNextAsync(TimeSpan? expected = null)
    {
        var due = await FireAsync(_ => true);
        Assert.That(due, Is.EqualTo(expected ?? due));
        return due;
    }

    /// <summary>Waits until somebody waits that long, and lets that time pass. Who waited otherwise before waits for good.</summary>
    public Task AdvanceByAsync(TimeSpan due) => FireAsync(d => d == due);

    private async Task<TimeSpan> FireAsync(Predicate<TimeSpan> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var (timer, setting, due) = await settings.Reader.ReadAsync(patience.Token);
            if (timer.IsAt(setting) && wanted(due))
            {
                now += due;
                timer.Fire();
                return due;
            }
        }
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = Interlocked.Increment(ref setting);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.settings.Writer.TryWrite((this, changed, dueTime));
            }

            return true;
        }

        /// <summary>Whether it was neither changed nor disposed of.</summary>
        public bool IsAt(int of) => Volatile.Read(ref setting) == of;

        public void Fire() => callback(state);

        public void Dispose() => Interlocked.Increment(ref setting);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
