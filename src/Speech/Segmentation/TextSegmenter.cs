using System.Globalization;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Segmentation;

/// <summary>Cuts a spoken text into the runs that a voice says at once. Time is linear in the text's length.</summary>
public static class TextSegmenter
{
    private const int LongestCluster = 32, LongestRaw = 1000;

    /// <summary>
    /// One segment a sentence; a sentence longer than the limit is cut behind its last clause mark below it, else at its last space, else
    /// hard, but never inside a surrogate pair. Every letter, digit and mark lands in exactly one segment, in order, and sentences and
    /// clauses keep their final punctuation; pieces with nothing to say are left out.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="maxCharacters">The most UTF-16 units a segment may have, at least 1; a surrogate pair stays whole even where it is longer.</param>
    /// <param name="voiceEnds">
    /// Offsets behind sentences, rising, as the voice reads them, for a text that does not know its own; null to tell sentences by their marks. A line
    /// break ends one in any case.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCharacters"/> is below 1.</exception>
    public static IReadOnlyList<SpeechSegment> Split(SpokenText text, int maxCharacters, IReadOnlyList<int>? voiceEnds = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCharacters);
        var sentenceEnds = text.SentenceEnds ?? voiceEnds;
        var segments = new List<SpeechSegment>();
        var all = text.Text;
        var start = 0;
        var nextEnd = 0;
        while (start < all.Length)
        {
            var end = sentenceEnds is null ? SentenceEnd(all, start) : GivenEnd(all, start, sentenceEnds, ref nextEnd);
            var next = end;
            var atBreak = false;
            while (next < all.Length && char.IsWhiteSpace(all[next]))
            {
                atBreak |= all[next++] == '\n';
            }

            AddSentence(segments, all, start, end, maxCharacters);
            if (atBreak && segments.Count > 0)
            {
                segments[^1] = segments[^1] with { Pause = Pause.Paragraph };
            }

            start = next;
        }

        return segments;
    }

    // Behind the run of final marks that a space, a line break or the end follows; or at the line break.
    private static int SentenceEnd(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                return i;
            }

            if (text[i] is '.' or '!' or '?' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])))
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    private static int GivenEnd(string text, int start, IReadOnlyList<int> ends, ref int next)
    {
        while (next < ends.Count && ends[next] <= start)
        {
            next++;
        }

        var end = next < ends.Count ? Math.Min(ends[next], text.Length) : text.Length;
        var line = text.IndexOf('\n', start, end - start);
        return line >= 0 ? line : end;
    }

    private static void AddSentence(List<SpeechSegment> segments, string text, int start, int end, int maxCharacters)
    {
        while (true)
        {
            while (start < end && char.IsWhiteSpace(text[start]))
            {
                start++;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            if (end - start <= maxCharacters)
            {
                Add(segments, text, start, end, Pause.Sentence);
                return;
            }

            var (cut, pause) = FindCut(text, start, start + maxCharacters);
            Add(segments, text, start, cut, pause);
            start = cut;
        }
    }

    private static (int Cut, Pause Pause) FindCut(string text, int start, int limit)
    {
        for (var i = limit; i > start; i--)
        {
            if (text[i - 1] is ',' or ';' or ':' or '-' && char.IsWhiteSpace(text[i]) && !IsRaw(text, start, i))
            {
                return (i, Pause.Clause);
            }
        }

        for (var i = limit; i > start; i--)
        {
            if (char.IsWhiteSpace(text[i]) && !IsRaw(text, start, i))
            {
                return (i, Pause.None);
            }
        }

        for (var i = limit; i > Math.Max(start, limit - LongestCluster); i--)
        {
            if (!char.IsLowSurrogate(text[i]) && !IsMark(text[i]))
            {
                return (i, Pause.None);
            }
        }

        if (!char.IsLowSurrogate(text[limit]) || !char.IsHighSurrogate(text[limit - 1]))
        {
            return (limit, Pause.None);
        }

        return (limit - 1 > start ? limit - 1 : limit + 1, Pause.None);
    }

    // Phonemes in [[ ]] stay whole, unless they alone are longer than a segment.
    private static bool IsRaw(string text, int start, int at) =>
        text.LastIndexOf("[[", at - 1, at - start, StringComparison.Ordinal) is var open and >= 0
        && text.IndexOf("]]", open, at - open, StringComparison.Ordinal) < 0
        && text.IndexOf("]]", at, Math.Min(LongestRaw, text.Length - at), StringComparison.Ordinal) >= 0;

    private static bool IsMark(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private static void Add(List<SpeechSegment> segments, string text, int start, int end, Pause pause)
    {
        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        for (var i = start; i < end; i++)
        {
            if (SpokenPunctuation.IsWordCharacter(text, i) || char.IsSymbol(text, i))
            {
                segments.Add(new SpeechSegment(text[start..end], start, pause));
                return;
            }
        }
    }
}
