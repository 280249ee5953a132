namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Where many want to write of one kind at once, one of them writes for all who wait: one transaction and one flush to the disk instead of
/// one for each. A caller that finds no writer writes at once. Thread-safe.
/// </summary>
/// <param name="max">How many are written for at once, at most.</param>
public sealed class GroupCommit<TWork, TResult>(int max)
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private bool _led;

    /// <param name="work">What is to be written.</param>
    /// <param name="write">
    /// Writes all that its argument returns, and returns a result for each, in their order. It asks as late as it can, so that as many as can
    /// come along. What it throws, all of them throw.
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

        // A waiting caller gets either its result or the turn to write.
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
