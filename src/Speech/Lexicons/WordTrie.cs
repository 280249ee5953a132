using System.Text;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Lexicons;

/// <summary>Entries by their characters, to find the longest that stands at a place. White space of any kind is one.</summary>
/// <param name="ignoresCase">Whether small and capital letters are one.</param>
internal sealed class WordTrie(bool ignoresCase)
{
    private readonly Dictionary<long, int> _edges = [];
    private readonly Dictionary<int, LexiconEntry> _entries = [];
    private int _last;

    /// <summary>Adds an entry in both of Unicode's forms of its letters. Of entries with the same text the first stays.</summary>
    public void Add(LexiconEntry entry)
    {
        foreach (var form in (NormalizationForm[])[NormalizationForm.FormC, NormalizationForm.FormD])
        {
            var node = 0;
            foreach (var c in WellFormedText.From(entry.Text).Normalize(form))
            {
                var edge = Edge(node, c);
                if (!_edges.TryGetValue(edge, out var next))
                {
                    _edges[edge] = next = ++_last;
                }

                node = next;
            }

            _entries.TryAdd(node, entry);
        }
    }

    /// <param name="text">Any.</param>
    /// <param name="at">Where the entry begins.</param>
    /// <returns>The longest entry that ends at the end of a word, and its length; null where there is none.</returns>
    public (int Length, LexiconEntry Entry)? Longest(string text, int at)
    {
        (int, LexiconEntry)? longest = null;
        var node = 0;
        for (var end = at; end < text.Length && _edges.TryGetValue(Edge(node, text[end]), out node);)
        {
            end++;
            if (_entries.TryGetValue(node, out var entry) && WordBoundary.Is(text, end))
            {
                longest = (end - at, entry);
            }
        }

        return longest;
    }

    private long Edge(int node, char c) => ((long)node << 16) | (char.IsWhiteSpace(c) ? ' ' : ignoresCase ? char.ToUpperInvariant(c) : c);
}
