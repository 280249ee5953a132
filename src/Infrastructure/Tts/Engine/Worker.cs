using System.Collections.Concurrent;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>A dedicated thread that takes jobs from a queue, one at a time, until the queue is completed and empty.</summary>
internal sealed class Worker
{
    private readonly Lock _workerGate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BlockingCollection<Job> _queue;
    private readonly Action<Job> _run;
    private readonly HungThreads _hung;
    private readonly Thread _thread;
    private Job? _current;
    private bool _abandoned;

    public Worker(string name, BlockingCollection<Job> queue, Action<Job> run, HungThreads hung)
    {
        (_queue, _run, _hung) = (queue, run, hung);
        _thread = new Thread(Work) { Name = name, IsBackground = true };
    }

    public string Name => _thread.Name!;

    public bool IsAlive => _thread.IsAlive;

    /// <summary>Completes when the queue is completed and empty, unless the worker was abandoned before.</summary>
    public Task Ended => _ended.Task;

    public void Start() => _thread.Start();

    /// <summary>Abandons the thread if it runs this job: it takes no other.</summary>
    public bool Abandon(Job job)
    {
        lock (_workerGate)
        {
            return _abandoned = _current == job;
        }
    }

    private void Work()
    {
        // After a stop the rest of the queue comes through here too; each job sees that it is cancelled and hands itself back.
        foreach (var job in _queue.GetConsumingEnumerable())
        {
            Take(job);
            _run(job);
            if (!Complete())
            {
                _hung.Remove();
                return;
            }
        }

        _ended.SetResult();
    }

    private void Take(Job job)
    {
        lock (_workerGate)
        {
            _current = job;
        }
    }

    /// <returns>Whether it may take another job.</returns>
    private bool Complete()
    {
        lock (_workerGate)
        {
            _current = null;
            return !_abandoned;
        }
    }
}
