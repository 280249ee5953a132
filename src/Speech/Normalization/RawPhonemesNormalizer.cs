using System.Text;
using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization;

/// <summary>Keeps phonemes in <c>[[ ]]</c> as they are written; another normaliser gets the text around, with a letter in the place of each.</summary>
internal sealed class RawPhonemesNormalizer(ITextNormalizer inner) : ITextNormalizer
{
    /// <summary>Letters of a script without case that no text of its own is spoken in.</summary>
    private const char FirstStandIn = '\uA000', LastStandIn = '\uA48C';

    public string? Ordinal(long number) => inner.Ordinal(number);

    /// <inheritdoc/>
    public SpokenText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var raw = RawPhonemes.In(text);
        var standIn = FirstStandIn;
        while (standIn < LastStandIn && text.Contains(standIn, StringComparison.Ordinal))
        {
            standIn++;
        }

        return raw.Count == 0 || standIn == LastStandIn ? inner.Normalize(text) : Restored(text, raw, standIn);
    }

    private SpokenText Restored(string text, MatchCollection raw, char standIn)
    {
        var around = new StringBuilder();
        var sources = new List<int>();
        var at = 0;
        foreach (Match match in raw)
        {
            around.Append(text, at, match.Index - at).Append(standIn);
            sources.AddRange(Enumerable.Range(at, match.Index - at + 1));
            at = match.Index + match.Length;
        }

        around.Append(text, at, text.Length - at);
        sources.AddRange(Enumerable.Range(at, text.Length - at));

        var normalized = inner.Normalize(around.ToString());
        var spoken = new StringBuilder();
        var offsets = new List<int>();
        var ends = new List<int>();
        var next = 0;
        var nextEnd = 0;
        for (var i = 0; i < normalized.Text.Length; i++)
        {
            for (; normalized.SentenceEnds is { } given && nextEnd < given.Count && given[nextEnd] <= i; nextEnd++)
            {
                ends.Add(spoken.Length);
            }

            var source = sources[normalized.SourceOffsets[i]];
            if (normalized.Text[i] != standIn || next == raw.Count)
            {
                spoken.Append(normalized.Text[i]);
                offsets.Add(source);
                continue;
            }

            var phonemes = WellFormedText.From(raw[next].Value);
            spoken.Append(phonemes);
            offsets.AddRange(Enumerable.Range(raw[next].Index, phonemes.Length));
            next++;
        }

        ends.Add(spoken.Length);
        return new SpokenText(spoken.ToString(), offsets)
        {
            SentenceEnds = normalized.SentenceEnds is null ? null : ends,
            Unspoken = [.. normalized.Unspoken.Select(span => span with { Start = sources[span.Start] })],
        };
    }
}
