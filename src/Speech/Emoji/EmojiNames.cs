using System.Collections.Concurrent;
using System.Text;
using Dictation.Speech.Markup;

namespace Dictation.Speech.Emoji;

/// <summary>
/// Puts the names of emoji into a text, set off by commas. The names are those of Unicode CLDR, in Finnish and English. Skin tones are not
/// named. Immutable and thread-safe.
/// </summary>
public sealed class EmojiNames
{
    private const char Joiner = '\u200D', TextSelector = '\uFE0E', EmojiSelector = '\uFE0F';

    private static readonly string[] Languages = ["fi", "en"];
    private static readonly ConcurrentDictionary<string, Lazy<EmojiNames>> Loaded = new(StringComparer.Ordinal);

    private readonly Dictionary<(int Node, int Rune), int> _edges = [];
    private readonly Dictionary<int, string> _names = [];

    private EmojiNames(IEnumerable<(string Emoji, string Name)> names)
    {
        var last = 0;
        foreach (var (emoji, name) in names)
        {
            var node = 0;
            foreach (var rune in emoji.EnumerateRunes())
            {
                if (!_edges.TryGetValue((node, rune.Value), out var next))
                {
                    _edges[(node, rune.Value)] = next = ++last;
                }

                node = next;
            }

            _names[node] = name;
        }
    }

    /// <summary>The names in a language; null where there are none.</summary>
    /// <param name="language">BCP 47 primary language.</param>
    public static EmojiNames? For(string language) =>
        Languages.Contains(language) ? Loaded.GetOrAdd(language, l => new Lazy<EmojiNames>(() => Load(l))).Value : null;

    /// <summary>Whether a text has an emoji with a name.</summary>
    public bool IsUsedIn(SpeechScript script) => script.Parts.Any(p => p.SayAs == SayAs.Text && Next(p.Text, 0) is not null);

    /// <summary>The part with emoji replaced by their names; each new character points to the emoji.</summary>
    public ScriptPart Apply(ScriptPart part)
    {
        if (part.SayAs != SayAs.Text || Next(part.Text, 0) is not { } found)
        {
            return part;
        }

        var named = new NamedText(part);
        var at = 0;
        for (var next = (Found?)found; next is { } emoji; next = Next(part.Text, at))
        {
            named.Copy(at, emoji.Start);
            named.Name(emoji.Name, emoji.Start);
            at = emoji.End;
        }

        named.Copy(at, part.Text.Length);
        return named.Build();
    }

    private static EmojiNames Load(string language)
    {
        using var file = typeof(EmojiNames).Assembly.GetManifestResourceStream($"emoji.{language}.tsv")!;
        using var reader = new StreamReader(file, Encoding.UTF8);
        var names = new List<(string, string)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var emoji, var name])
            {
                names.Add((emoji, name));
            }
        }

        return new EmojiNames(names);
    }

    private static bool IsSilent(Rune rune) => rune.Value is EmojiSelector or TextSelector or (>= 0x1F3FB and <= 0x1F3FF);

    private Found? Next(string text, int from)
    {
        for (var at = from; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (_edges.ContainsKey((0, rune.Value)) && Longest(text, at) is { } found)
            {
                return found;
            }

            at += length;
        }

        return null;
    }

    private Found? Longest(string text, int start)
    {
        Found? longest = null;
        var node = 0;
        for (var at = start; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            var isStep = _edges.TryGetValue((node, rune.Value), out var next);
            if (!isStep && (at == start || !IsSilent(rune)))
            {
                // A sequence that has no name of its own is named by its parts; the joiner between them is not said.
                return longest is { } known && known.End == at && rune.Value == Joiner ? known with { End = at + length } : longest;
            }

            at += length;
            node = isStep ? next : node;
            if (_names.TryGetValue(node, out var name))
            {
                longest = new Found(start, at, name);
            }
        }

        return longest;
    }

    private readonly record struct Found(int Start, int End, string Name);

    /// <summary>A part while its emoji are named.</summary>
    private sealed class NamedText(ScriptPart part)
    {
        private readonly StringBuilder _text = new(part.Text.Length * 2);
        private readonly List<int> _offsets = new(part.Text.Length * 2);
        private readonly List<int> _ends = new(part.Text.Length * 2);
        private bool _behindName;

        /// <summary>Copies the text between two emoji.</summary>
        public void Copy(int start, int end)
        {
            var first = start;
            while (first < end && char.IsWhiteSpace(part.Text[first]) && part.Text[first] != '\n')
            {
                first++;
            }

            if (_behindName && first < end && (char.IsLetterOrDigit(part.Text, first) || char.IsSymbol(part.Text, first)))
            {
                Append(", ", start);
                start = first;
            }

            for (; start < end; start++)
            {
                _text.Append(part.Text[start]);
                _offsets.Add(part.Offsets[start]);
                _ends.Add(part.Ends[start]);
                _behindName = false;
            }
        }

        public void Name(string name, int at)
        {
            var end = _text.Length;
            while (end > 0 && char.IsWhiteSpace(_text[end - 1]) && _text[end - 1] != '\n')
            {
                end--;
            }

            if (end > 0 && (_behindName || !(char.IsPunctuation(_text[end - 1]) || _text[end - 1] == '\n')))
            {
                _text.Length = end;
                _offsets.RemoveRange(end, _offsets.Count - end);
                _ends.RemoveRange(end, _ends.Count - end);
                Append(", ", at);
            }
            else if (end > 0 && end == _text.Length && _text[end - 1] != '\n')
            {
                Append(" ", at);
            }

            Append(name, at);
            _behindName = true;
        }

        public ScriptPart Build() => part with { Text = _text.ToString(), Offsets = _offsets, Ends = _ends };

        private void Append(string piece, int at)
        {
            _text.Append(piece);
            _offsets.AddRange(Enumerable.Repeat(part.Offsets[at], piece.Length));
            _ends.AddRange(Enumerable.Repeat(part.Ends[at], piece.Length));
        }
    }
}
