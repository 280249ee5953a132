namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>Which nodes of one graph wait for which others.</summary>
internal sealed class OnnxNodeOrder
{
    private readonly List<List<string>> _reads = [];
    private readonly Dictionary<string, int> _makers = new(StringComparer.Ordinal);

    /// <summary>Whether a node waits for what is made of its own output.</summary>
    public bool HasCycle
    {
        get
        {
            var waiting = new int[_reads.Count];
            var readers = new List<int>[_reads.Count];
            for (var i = 0; i < waiting.Length; i++)
            {
                foreach (var name in _reads[i])
                {
                    if (_makers.TryGetValue(name, out var maker))
                    {
                        (readers[maker] ??= []).Add(i);
                        waiting[i]++;
                    }
                }
            }

            var ready = new Stack<int>(Enumerable.Range(0, waiting.Length).Where(i => waiting[i] == 0));
            var done = 0;
            while (ready.TryPop(out var node))
            {
                done++;
                foreach (var reader in readers[node] ?? [])
                {
                    if (--waiting[reader] == 0)
                    {
                        ready.Push(reader);
                    }
                }
            }

            return done < waiting.Length;
        }
    }

    /// <summary>The tensors that no node makes, nor the graph has itself.</summary>
    /// <param name="own">The graph's inputs and weights.</param>
    public List<string> ReadFromOutside(HashSet<string> own) =>
        [.. _reads.SelectMany(names => names).Where(name => !_makers.ContainsKey(name) && !own.Contains(name)).Distinct(StringComparer.Ordinal)];

    /// <summary>Adds a node.</summary>
    /// <param name="reads">The tensors that the node reads, its own graphs' among them.</param>
    /// <param name="makes">The tensors that it makes.</param>
    public void Add(List<string> reads, List<string> makes)
    {
        foreach (var name in makes)
        {
            if (name.Length > 0)
            {
                _makers[name] = _reads.Count;
            }
        }

        _reads.Add(reads);
    }
}
