namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Commits the work of concurrent callers together: one transaction and one flush to the disk per group. A caller that finds no leader leads a
/// group at once; those that come meanwhile wait for the next group. Thread-safe.
/// </summary>
/// <param name="max">How many callers a group has at most.</param>
public sealed class GroupCommit<TWork, TResult>(int max)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _led;

    /// <param name="work">This caller's work.</param>
    /// <param name="write">
    /// Writes the works that its argument returns, and returns one result per work, in their order. It calls its argument as late as possible, so
    /// that many callers join. Every caller of the group gets its exception.
    /// </param>
    public async Task<TResult> RunAsync(TWork work, Func<Func<IReadOnlyList<TWork>>, Task<IReadOnlyList<TResult>>> write)
    {
        var mine = new Waiting(work);
        bool leads;
        lock (_gate)
        {
            leads = !_led;
            _led = true;
            if (!leads)
            {
                _waiting.Enqueue(mine);
            }
        }

        // A waiting caller gets either its result or the lead.
        if (!leads && await mine.Turn.Task is (false, var result))
        {
            return result!;
        }

        List<Waiting>? batch = null;
        try
        {
            var results = await write(() => (batch ??= Take(mine)).ConvertAll(w => w.Work));
            for (var i = 1; i < results.Count; i++)
            {
                batch![i].Turn.SetResult((false, results[i]));
            }

            return results[0];
        }
        catch (Exception exception)
        {
            batch?.Skip(1).ToList().ForEach(w => w.Turn.SetException(exception));
            throw;
        }
        finally
        {
            lock (_gate)
            {
                _led = _waiting.TryDequeue(out var next);
                next?.Turn.SetResult((true, default));
            }
        }
    }

    private List<Waiting> Take(Waiting mine)
    {
        List<Waiting> batch = [mine];
        lock (_gate)
        {
            while (batch.Count < max && _waiting.TryDequeue(out var other))
            {
                batch.Add(other);
            }
        }

        return batch;
    }

    private sealed class Waiting(TWork work)
    {
        public TWork Work => work;

        public TaskCompletionSource<(bool Leads, TResult? Result)> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
