using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Dictation.Shared;

/// <summary>A clock that stands until the test moves it, and tells the test what waits on it.</summary>
internal sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero))
{
    private readonly Channel<(Timer Timer, int Setting, TimeSpan Due)> settings = Channel.CreateUnbounded<(Timer, int, TimeSpan)>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Set through the wrapper, so that the test hears of it after it is set.
        var timer = new Timer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Waits until a timer is set, and moves the clock to when it is due.</summary>
    /// <param name="expected">The time that the timer should be set to, when the test knows it.</param>
    public async Task<TimeSpan> AdvanceToNextAsync(TimeSpan? expected = null)
    {
        var due = await AdvanceToAsync(_ => true);
        Assert.That(due, Is.EqualTo(expected ?? due));
        return due;
    }

    /// <summary>Waits until a timer is set to that time, and lets it pass.</summary>
    public Task AdvanceByAsync(TimeSpan due) => AdvanceToAsync(d => d == due);

    private async Task<TimeSpan> AdvanceToAsync(Predicate<TimeSpan> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var (timer, setting, due) = await settings.Reader.ReadAsync(patience.Token);
            if (timer.IsAt(setting) && wanted(due))
            {
                Advance(due);
                return due;
            }
        }
    }

    private sealed class Timer(TestClock clock, ITimer inner) : ITimer
    {
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = Interlocked.Increment(ref setting);
            var isChanged = inner.Change(dueTime, period);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock.settings.Writer.TryWrite((this, changed, dueTime));
            }

            return isChanged;
        }

        /// <summary>Whether the timer was neither changed nor disposed of since.</summary>
        public bool IsAt(int of) => Volatile.Read(ref setting) == of;

        public void Dispose()
        {
            Interlocked.Increment(ref setting);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
