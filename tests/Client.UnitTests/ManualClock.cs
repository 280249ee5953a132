using System.Threading.Channels;

namespace Dictation.Client.UnitTests;

/// <summary>Time that stands until the test moves it.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Channel<(TimeSpan Due, Action Fire)> timers = Channel.CreateUnbounded<(TimeSpan, Action)>();
    private DateTimeOffset now = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

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
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (due, fire) = await timers.Reader.ReadAsync(patience.Token);
        Assert.That(due, Is.EqualTo(expected ?? due));
        now += due;
        fire();
        return due;
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan && !disposed)
            {
                clock.timers.Writer.TryWrite((dueTime, () => callback(state)));
            }

            return true;
        }

        public void Dispose() => disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
