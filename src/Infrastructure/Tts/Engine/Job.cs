using System.Diagnostics;
using Dictation.Application.Abstractions;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>One try to speak a task: its cancellation, its time limit and its end. Thread-safe.</summary>
internal sealed class Job : IDisposable
{
    private readonly Lock _jobGate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation;
    private readonly ITimer _timer;
    private TimeSpan _grace;
    private bool _over;

    /// <param name="request">The text and how to speak it.</param>
    /// <param name="cancellation">Cancelled when the engine stops; disposed of with the job.</param>
    /// <param name="clock">Measures the time limit.</param>
    /// <param name="abandon">Called without a lock when the job was interrupted and ignores it.</param>
    public Job(TtsJob request, CancellationTokenSource cancellation, TimeProvider clock, Action<Job> abandon)
    {
        Request = request;
        Interrupted = cancellation.Token;
        _cancellation = cancellation;
        _timer = clock.CreateTimer(_ => OnTime(abandon), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TtsJob Request { get; }

    public CancellationToken Interrupted { get; }

    /// <summary>Whether it has waited for its voice.</summary>
    public bool WasDeferred { get; set; }

    /// <summary>The span of this try, while somebody listens to traces.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Completes once the job's last event is out.</summary>
    public Task Ended => _ended.Task;

    public bool HasEnded => Volatile.Read(ref _over);

    /// <summary>Whether it was interrupted because it took too long.</summary>
    public bool TimeIsUp { get; private set; }

    /// <summary>Starts the clock: the job has <paramref name="limit"/>, and <paramref name="grace"/> from the moment when it is interrupted.</summary>
    public void Begin(TimeSpan limit, TimeSpan grace)
    {
        lock (_jobGate)
        {
            _grace = grace;
            _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }

        Interrupted.Register(() =>
        {
            lock (_jobGate)
            {
                _timer.Change(_grace, Timeout.InfiniteTimeSpan);
            }
        });
    }

    public void Cancel()
    {
        lock (_jobGate)
        {
            if (!_over)
            {
                _cancellation.Cancel();
            }
        }
    }

    /// <returns>Whether this call ends it: exactly one does.</returns>
    public bool TryEnd()
    {
        lock (_jobGate)
        {
            var first = !_over;
            _over = true;
            return first;
        }
    }

    /// <summary>The last event is out.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _cancellation.Dispose();
        _ended.TrySetResult();
    }

    private void OnTime(Action<Job> abandon)
    {
        lock (_jobGate)
        {
            if (_over)
            {
                return;
            }

            if (!Interrupted.IsCancellationRequested)
            {
                TimeIsUp = true;
                _cancellation.Cancel();
                return;
            }
        }

        abandon(this);
    }
}
