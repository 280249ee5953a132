using Dictation.Domain.Tts;
using Dictation.Speech.Audio;
using Dictation.Speech.Markup;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Timeline;

/// <summary>Gathers when each character of a text is heard, while it is spoken, and makes spans of words and sentences of that. Not thread-safe.</summary>
public sealed class SpeechTimeline(string text, SpeechScript script, int sampleRate)
{
    /// <summary>How long a clause mark inside a segment is, in letters: about 0.2 s, where a letter is about 65 ms.</summary>
    private const double ClauseWeight = 3;

    private readonly SourceText _source = new(text, script);
    private readonly List<(int Source, double Start, double End)> _heard = [];
    private readonly List<(int Source, double Start, double End)> _sentences = [];
    private bool _inSentence;
    private bool _estimated;

    /// <summary>A segment was spoken.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="sources">For each of its characters, the UTF-16 offset in the text as submitted.</param>
    /// <param name="times">When each character is heard, as the voice says; null where it does not say, and is estimated.</param>
    /// <param name="joined">Where that came to lie.</param>
    public void Add(string segment, Func<int, int> sources, IReadOnlyList<CharacterTime>? times, JoinedSegment joined)
    {
        double start = Seconds(joined, joined.Start), end = Seconds(joined, joined.End);
        if (times is not null)
        {
            foreach (var time in times.Where(t => IsHeard(segment, t.Character)))
            {
                _heard.Add((sources(time.Character), Seconds(joined, time.Start), Seconds(joined, time.End)));
            }
        }
        else
        {
            Estimate(segment, sources, start, end);
        }

        if (_inSentence)
        {
            _sentences[^1] = _sentences[^1] with { End = end };
        }
        else
        {
            _sentences.Add((sources(0), start, end));
            _inSentence = true;
        }
    }

    /// <summary>The sentence is over; the next segment begins another.</summary>
    public void EndSentence() => _inSentence = false;

    public SpeechTimings Build()
    {
        var words = new List<SpokenSpan>();
        var next = 0;
        foreach (var (start, end) in Words())
        {
            var (first, last) = (double.MaxValue, double.MinValue);
            for (; next < _heard.Count && _heard[next].Source < end; next++)
            {
                if (_heard[next].Source >= start)
                {
                    first = Math.Min(first, _heard[next].Start);
                    last = Math.Max(last, _heard[next].End);
                }
            }

            if (first <= last)
            {
                words.Add(new SpokenSpan(_source.InCodePoints(start, end), Rounded(first), Rounded(last)));
            }
        }

        return new SpeechTimings(_estimated, Sentences(), words);
    }

    private static bool IsHeard(string segment, int at) => SpokenPunctuation.IsWordCharacter(segment, at) || char.IsSymbol(segment, at);

    private static double Rounded(double seconds) => Math.Round(seconds, 3);

    private double Seconds(JoinedSegment joined, int sample) => (double)(joined.Origin + Math.Clamp(sample, joined.Start, joined.End)) / sampleRate;

    /// <summary>Shares the segment's time out among its letters and clause marks, evenly.</summary>
    private void Estimate(string segment, Func<int, int> sources, double start, double end)
    {
        _estimated = true;
        var total = 0.0;
        for (var i = 0; i < segment.Length; i++)
        {
            total += Weight(segment, i);
        }

        var at = 0.0;
        for (var i = 0; i < segment.Length; i++)
        {
            var next = at + Weight(segment, i);
            if (IsHeard(segment, i))
            {
                _heard.Add((sources(i), start + (end - start) * at / total, start + (end - start) * next / total));
            }

            at = next;
        }
    }

    // The last mark of a segment lies behind its speech.
    private static double Weight(string segment, int at) =>
        IsHeard(segment, at) ? 1 : at < segment.Length - 1 && segment[at] is ',' or ';' or ':' ? ClauseWeight : 0;

    /// <summary>The words of each part: between spaces, without silent punctuation at the ends; UTF-16 offsets in the text.</summary>
    private IEnumerable<(int Start, int End)> Words()
    {
        var heard = _heard.Select(h => h.Source).ToHashSet();
        foreach (var part in script.Parts)
        {
            for (var at = 0; at < part.Text.Length;)
            {
                var end = at;
                while (end < part.Text.Length && !char.IsWhiteSpace(part.Text[end]))
                {
                    end++;
                }

                var (first, last) = (at, end);
                while (first < last && IsSilent(first))
                {
                    first++;
                }

                while (last > first && IsSilent(last - 1))
                {
                    last--;
                }

                if (first < last)
                {
                    yield return (part.Offsets[first], part.Ends[last - 1]);
                }

                at = Math.Max(end, at + 1);

                bool IsSilent(int i) => char.IsPunctuation(part.Text[i]) && !heard.Contains(part.Offsets[i]);
            }
        }
    }

    private List<SpokenSpan> Sentences()
    {
        var spans = new List<SpokenSpan>(_sentences.Count);
        foreach (var (sentence, piece) in _sentences.Zip(_source.Cut([.. _sentences.Select(s => s.Source)])))
        {
            if (piece is var (start, end))
            {
                spans.Add(new SpokenSpan(_source.InCodePoints(start, end), Rounded(sentence.Start), Rounded(sentence.End)));
            }
        }

        return spans;
    }
}
