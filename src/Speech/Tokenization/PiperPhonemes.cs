using System.Text;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Tokenization;

/// <summary>The phonemes that a Piper voice was trained on, and their ids.</summary>
public sealed class PiperPhonemes
{
    private readonly IReadOnlyDictionary<string, long[]> _ids;
    private readonly Dictionary<string, string[]> _replacements;
    private readonly string[] _clusters;

    /// <param name="ids">The ids of each phoneme; <c>^</c>, <c>$</c> and <c>_</c> among them.</param>
    /// <param name="replacements">What to say in a phoneme's place.</param>
    /// <param name="clusters">Phonemes that are one where they meet, such as <c>aɪ</c>. Those without an id are left apart.</param>
    /// <exception cref="VoiceException">One of <c>^</c>, <c>$</c> and <c>_</c> has no id.</exception>
    public PiperPhonemes(IReadOnlyDictionary<string, long[]> ids, IReadOnlyDictionary<string, string[]> replacements, IEnumerable<string> clusters)
    {
        (Begin, End, Blank) = (Needed("^"), Needed("$"), Needed("_"));
        _ids = ids;
        _replacements = replacements.ToDictionary(
            r => r.Key, r => r.Value.Where(said => said.Length > 0).Select(WellFormedText.From).ToArray(), StringComparer.Ordinal);
        _clusters = [.. clusters.Where(c => c.Length > 0 && ids.ContainsKey(c)).OrderByDescending(c => c.Length)];

        long[] Needed(string mark) => ids.GetValueOrDefault(mark) is { Length: > 0 } its
            ? its
            : throw new VoiceException($"Its phonemes have no id for {mark}, which every voice of Piper has.");
    }

    internal long[] Begin { get; }

    internal long[] End { get; }

    internal long[] Blank { get; }

    /// <summary>Cuts phonemes into those that have ids of their own; others come code point by code point.</summary>
    /// <param name="phonemes">Text of phonemes.</param>
    /// <returns>Each phoneme and the UTF-16 offset where it begins.</returns>
    internal IEnumerable<(string Phoneme, int At)> Split(string phonemes)
    {
        for (var at = 0; at < phonemes.Length;)
        {
            var length = Array.Find(_clusters, c => string.CompareOrdinal(phonemes, at, c, 0, c.Length) == 0)?.Length
                ?? (char.IsHighSurrogate(phonemes[at]) && at + 1 < phonemes.Length ? 2 : 1);
            var phoneme = phonemes.Substring(at, length);
            foreach (var said in _replacements.GetValueOrDefault(phoneme, [phoneme]))
            {
                yield return (said, at);
            }

            at += length;
        }
    }

    /// <summary>The ids of a phoneme; those of the parts it decomposes into where it has none itself; null where it has none at all.</summary>
    internal IReadOnlyList<long[]>? IdsOf(string phoneme)
    {
        if (_ids.TryGetValue(phoneme, out var its))
        {
            return [its];
        }

        // A letter below U+00C0 does not decompose.
        var parts = phoneme[0] < '\u00C0' ? phoneme : phoneme.Normalize(NormalizationForm.FormD);
        return parts != phoneme && parts.EnumerateRunes().All(r => _ids.ContainsKey(r.ToString()))
            ? [.. parts.EnumerateRunes().Select(r => _ids[r.ToString()])]
            : null;
    }
}
