using System.Text;
using Dictation.Domain;
using Dictation.Domain.Tts;
using Dictation.Speech.Markup;

namespace Dictation.Speech.Timeline;

/// <summary>A text as submitted: where its characters end, and how its parts are counted in code points. Thread-safe.</summary>
/// <param name="text">The text as submitted.</param>
/// <param name="script">The same, its markup read.</param>
public sealed class SourceText(string text, SpeechScript script)
{
    private const int LongestReference = 32;

    private readonly int[] _points = CodePoints(text);

    /// <summary>The span in code points of a span in UTF-16 units.</summary>
    public TextSpan InCodePoints(int start, int end) => new(_points[start], _points[end]);

    /// <summary>Elements with their places in code points.</summary>
    public IReadOnlyList<UnhonouredMarkup> InCodePoints(IEnumerable<UnhonouredElement> elements) => [.. elements.Select(u => new UnhonouredMarkup(u.Element, InCodePoints(u.Start, u.Start + u.Length)))];

    /// <summary>Where the character at an offset begins.</summary>
    public int CharacterStart(int at) => at > 0 && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;

    /// <summary>Where the character before an offset ends: behind both halves of a pair, and behind a whole reference, where the text has markup.</summary>
    public int CharacterEnd(int end)
    {
        if (end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]))
        {
            return end + 1;
        }

        return script.HasMarkup && text[end - 1] == '&' && ReferenceEnd(end - 1) is { } behind ? behind : end;
    }

    /// <summary>
    /// Cuts what the text says into pieces: each from its beginning to that of the next, without white space at its ends. Null for a piece
    /// that has nothing left.
    /// </summary>
    /// <param name="starts">The offsets of the first heard character of each piece, never falling.</param>
    /// <returns>UTF-16 offsets.</returns>
    public IReadOnlyList<(int Start, int End)?> Cut(IReadOnlyList<int> starts)
    {
        var said = new List<(int Start, int End, bool IsSpace)>();
        foreach (var part in script.Parts)
        {
            for (var i = 0; i < part.Text.Length; i++)
            {
                said.Add((part.Offsets[i], part.Ends[i], char.IsWhiteSpace(part.Text[i])));
            }
        }

        var pieces = new List<(int, int)?>(starts.Count);
        var from = 0;
        for (var i = 0; i < starts.Count; i++)
        {
            var to = said.Count;
            if (i + 1 < starts.Count)
            {
                // An opening sign, such as a quotation mark, stands between a space and its first word.
                to = said.FindIndex(from, s => s.Start >= starts[i + 1]);
                while (to > from && !said[to - 1].IsSpace && said[to - 1].End == said[to].Start)
                {
                    to--;
                }
            }

            var (first, last) = (from, to - 1);
            while (first < last && said[first].IsSpace)
            {
                first++;
            }

            while (last > first && said[last].IsSpace)
            {
                last--;
            }

            pieces.Add(first <= last ? (said[first].Start, said[last].End) : null);
            from = to;
        }

        return pieces;
    }

    private int? ReferenceEnd(int at)
    {
        var end = text.IndexOf(';', at, Math.Min(LongestReference, text.Length - at));
        return end > at + 1 && text.AsSpan(at + 1, end - at - 1).IndexOfAnyExceptInRange('#', 'z') < 0 ? end + 1 : null;
    }

    /// <summary>For each UTF-16 offset, up to and with the end, the number of code points before it; a lone surrogate counts as one.</summary>
    private static int[] CodePoints(string text)
    {
        var points = new int[text.Length + 1];
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out _, out var length);
            for (var i = 0; i < length; i++)
            {
                points[at + i] = count;
            }

            at += length;
            count++;
        }

        points[text.Length] = count;
        return points;
    }
}
