using Dictation.Domain.Tts;
using Dictation.Speech.Normalization;
using Dictation.Speech.Timeline;
using Dictation.Speech.Tokenization;

namespace Dictation.Speech.Reading;

/// <summary>Gathers what of a text is not said: by the language's reading, and by the voice. Not thread-safe.</summary>
/// <param name="source">The text as submitted.</param>
/// <param name="read">The text as it is said.</param>
public sealed class UnspokenSpans(SourceText source, ReadScript read)
{
    private readonly List<UnspokenSpan> _spans = [.. read.Unspoken];

    /// <summary>The voice left something of a segment out. Marks and spaces, which only shape speech, do not count.</summary>
    public void Add(ScriptSegment segment, IReadOnlyList<DroppedSymbol> dropped)
    {
        foreach (var symbol in dropped)
        {
            var start = segment.SourceOf(symbol.Start);
            if (Enumerable.Range(symbol.Start, symbol.Length).Any(at => IsSaid(segment.Segment.Text, at)))
            {
                _spans.Add(new UnspokenSpan(start, segment.SourceOf(symbol.Start + symbol.Length - 1) + 1 - start, UnspokenReason.NotInVoice));
            }
        }
    }

    /// <summary>In the order of the text, neighbours of one reason as one.</summary>
    public IReadOnlyList<UnspokenText> Build()
    {
        var joined = new List<(int Start, int End, UnspokenReason Reason)>();
        foreach (var span in _spans.OrderBy(s => s.Start).ThenByDescending(s => s.Length))
        {
            var (start, end) = (source.CharacterStart(span.Start), source.CharacterEnd(span.Start + span.Length));
            if (joined.Count > 0 && joined[^1] is var last && start <= last.End && (last.Reason == span.Reason || end <= last.End))
            {
                joined[^1] = last with { End = Math.Max(end, last.End) };
            }
            else
            {
                joined.Add((start, end, span.Reason));
            }
        }

        return [.. joined.Select(j => new UnspokenText(source.InCodePoints(j.Start, j.End), j.Reason.ToString()))];
    }

    private static bool IsSaid(string text, int at) =>
        SpokenPunctuation.IsWordCharacter(text, at) || char.IsSymbol(text, at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at);
}
