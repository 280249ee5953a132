using System.Text;
using Dictation.Speech.Markup;

namespace Dictation.Speech.Lexicons;

/// <summary>
/// Puts words into a text in the place of others: whole words, from left to right, the longest entry at each place, in one pass. What an
/// entry puts in is not looked up again. Immutable and thread-safe.
/// </summary>
public sealed class Lexicon
{
    private const string RawStart = "[[", RawEnd = "]]";

    private readonly WordTrie _exact = new(ignoresCase: false);
    private readonly WordTrie _anyCase = new(ignoresCase: true);

    private readonly Lexicon? _behind;

    /// <param name="entries">Of entries with the same text the first counts; one that is case-sensitive counts more than one that is not.</param>
    /// <param name="behind">Another lexicon, which has a say where these entries have none of the same length.</param>
    public Lexicon(IEnumerable<LexiconEntry> entries, Lexicon? behind = null)
    {
        _behind = behind;
        Entries = [.. entries];
        foreach (var entry in Entries)
        {
            (entry.CaseSensitive ? _exact : _anyCase).Add(entry);
        }
    }

    /// <summary>A lexicon without entries.</summary>
    public static Lexicon Empty { get; } = new([]);

    /// <summary>Its own entries.</summary>
    public IReadOnlyList<LexiconEntry> Entries { get; }

    /// <summary>Whether it changes no text.</summary>
    public bool IsEmpty => Entries.Count == 0 && _behind is null or { IsEmpty: true };

    /// <summary>The part with its words replaced; each new character points to the start of the word that it stands for.</summary>
    public ScriptPart Apply(ScriptPart part)
    {
        var text = new StringBuilder(part.Text.Length);
        var offsets = new List<int>(part.Text.Length);
        var ends = new List<int>(part.Text.Length);
        var at = 0;
        foreach (var (start, length, entry) in Matches(part))
        {
            Copy(start);
            text.Append(entry.Replacement);
            offsets.AddRange(Enumerable.Repeat(part.Offsets[start], entry.Replacement.Length));
            ends.AddRange(Enumerable.Repeat(part.Ends[start + length - 1], entry.Replacement.Length));
            at = start + length;
        }

        if (at == 0)
        {
            return part;
        }

        Copy(part.Text.Length);
        return part with { Text = text.ToString(), Offsets = offsets, Ends = ends };

        void Copy(int end)
        {
            text.Append(part.Text, at, end - at);
            for (; at < end; at++)
            {
                offsets.Add(part.Offsets[at]);
                ends.Add(part.Ends[at]);
            }
        }
    }

    /// <summary>The entries that the text has words of, each once, by their text. A lexicon of these alone changes the text in the same way.</summary>
    public IReadOnlyList<LexiconEntry> UsedIn(SpeechScript script) => IsEmpty
        ? []
        : [.. script.Parts.SelectMany(Matches).Select(m => m.Entry).Distinct().OrderBy(e => e.Text, StringComparer.Ordinal).ThenBy(e => e.CaseSensitive)];

    private IEnumerable<(int Start, int Length, LexiconEntry Entry)> Matches(ScriptPart part)
    {
        if (IsEmpty || part.SayAs != SayAs.Text)
        {
            yield break;
        }

        var text = part.Text;
        var raw = NextRaw(text, 0);
        for (var at = 0; at < text.Length;)
        {
            if (at == raw.Start)
            {
                at = raw.End;
                raw = NextRaw(text, at);
            }
            else if (WordBoundary.Is(text, at) && Longest(text, at) is var (length, entry) && at + length <= raw.Start)
            {
                yield return (at, length, entry);
                at += length;
            }
            else
            {
                at++;
            }
        }
    }

    private (int Length, LexiconEntry Entry)? Longest(string text, int at)
    {
        var (exact, anyCase) = (_exact.Longest(text, at), _anyCase.Longest(text, at));
        var own = exact is null || anyCase?.Length > exact.Value.Length ? anyCase : exact;
        return _behind?.Longest(text, at) is { } other && !(own?.Length >= other.Length) ? other : own;
    }

    /// <summary>Phonemes that the text gives itself stay as they are.</summary>
    private static (int Start, int End) NextRaw(string text, int from)
    {
        var start = text.IndexOf(RawStart, from, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(RawEnd, start, StringComparison.Ordinal);
        return end < 0 ? (int.MaxValue, int.MaxValue) : (start, end + RawEnd.Length);
    }
}
