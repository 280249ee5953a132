using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>
/// The worker threads from one start of the engine to its stop, and the queue from which they take jobs. The engine calls <see cref="Abandon"/>
/// under its gate; everything else is thread-safe.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    /// <summary>How many threads may hang before no more are replaced: each may keep a core busy for good.</summary>
    private const int MaxHung = 8;

    private readonly BlockingCollection<Job> _queue = [];
    private readonly CancellationTokenSource _interrupt = new();
    private readonly Action<Job> _run;
    private readonly HungThreads _hung;
    private volatile ImmutableList<Worker> _workers;

    /// <param name="workers">How many threads.</param>
    /// <param name="run">Runs a job on a worker's thread, and never throws.</param>
    /// <param name="hung">Counts threads that were abandoned, over all starts of the engine.</param>
    public WorkerPool(int workers, Action<Job> run, HungThreads hung)
    {
        (_run, _hung) = (run, hung);
        _workers = [.. Enumerable.Range(1, workers).Select(i => Create($"tts-worker-{i}"))];
    }

    /// <summary>Cancelled when the engine stops.</summary>
    public CancellationToken Interrupted => _interrupt.Token;

    public int LivingThreads => _workers.Count(w => w.IsAlive);

    public bool HasWorkers => !_workers.IsEmpty;

    /// <summary>Completes when every worker has emptied the queue and ended.</summary>
    public Task Ended => Task.WhenAll(_workers.Select(w => w.Ended));

    public void Start() => _workers.ForEach(w => w.Start());

    public void Enqueue(Job job) => _queue.Add(job);

    public bool TryTake([MaybeNullWhen(false)] out Job waiting) => _queue.TryTake(out waiting);

    /// <summary>Takes no more jobs and cancels those that it has.</summary>
    public Task InterruptAsync()
    {
        _queue.CompleteAdding();
        return _interrupt.CancelAsync();
    }

    /// <summary>Abandons the thread that runs a job, and replaces it unless too many hang.</summary>
    /// <param name="keepWorkers">Replace it in any case.</param>
    /// <returns>The thread's name; null if no thread runs the job.</returns>
    public string? Abandon(Job job, bool keepWorkers)
    {
        if (_workers.Find(w => w.Abandon(job)) is not { } hung)
        {
            return null;
        }

        if (_hung.Add() < MaxHung || keepWorkers)
        {
            var next = Create(hung.Name);
            _workers = _workers.Replace(hung, next);
            next.Start();
        }
        else
        {
            _workers = _workers.Remove(hung);
        }

        return hung.Name;
    }

    public void Dispose()
    {
        _queue.Dispose();
        _interrupt.Dispose();
    }

    private Worker Create(string name) => new(name, _queue, _run, _hung);
}

/// <summary>How many abandoned threads have not ended yet. Thread-safe.</summary>
internal sealed class HungThreads
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <returns>How many there are now.</returns>
    public int Add() => Interlocked.Increment(ref _count);

    public void Remove() => Interlocked.Decrement(ref _count);
}
