using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Prepares text for a character vocabulary: composed letters, one space for any white space, and for a character that the vocabulary does not have
/// the nearest that it has. What it has nothing for is left out. Thread-safe.
/// </summary>
/// <param name="has">Whether the vocabulary has a character.</param>
/// <param name="normalize">Whether case may be changed.</param>
public sealed class VitsTextPreparation(Func<Rune, bool> has, bool normalize)
{
    /// <summary>Stand-ins that no Unicode decomposition gives, the best first.</summary>
    private static readonly FrozenDictionary<int, string[]> StandIns = new Dictionary<string, string[]>
    {
        ["ø"] = ["ö", "o"],
        ["æ"] = ["ä", "ae"],
        ["œ"] = ["ö", "oe"],
        ["ß"] = ["ss"],
        ["ł"] = ["l"],
        ["đ"] = ["d"],
        ["ð"] = ["d"],
        ["þ"] = ["th"],
        ["ħ"] = ["h"],
        ["ŧ"] = ["t"],
        ["ı"] = ["i"],
        ["ŋ"] = ["ng"],
        ["ə"] = ["e"],
        // Romanian: comma below and cedilla are the same letter.
        ["ț"] = ["ţ"],
        ["ș"] = ["ş"],
        ["ţ"] = ["ț"],
        ["ş"] = ["ș"],
        ["‘"] = ["'"],
        ["’"] = ["'", "‘"],
        ["‛"] = ["'"],
        ["ʼ"] = ["'", "’"],
        ["´"] = ["'", "’"],
        ["`"] = ["'", "’"],
        ["'"] = ["’"],
        ["“"] = ["\""],
        ["”"] = ["\""],
        ["„"] = ["\""],
        ["«"] = ["\""],
        ["»"] = ["\""],
        ["‐"] = ["-"],
        ["‑"] = ["-"],
        ["‒"] = ["-", "–"],
        ["–"] = ["-", "—"],
        ["—"] = ["-", "–"],
        ["―"] = ["-", "–"],
        ["−"] = ["-", "–"],
        ["-"] = ["–", "‐"],
        ["…"] = ["...", "."],
    }.ToFrozenDictionary(pair => char.ConvertToUtf32(pair.Key, 0), pair => pair.Value);

    /// <summary>Prepares a text.</summary>
    public PreparedCharacters Prepare(string text)
    {
        var kept = new List<Rune>(text.Length);
        var sources = new List<int>(text.Length);
        var dropped = new List<DroppedSymbol>();
        foreach (var (rune, source) in Composed(text))
        {
            var before = kept.Count;
            if (!TryKeep(rune, kept, exceptCase: false))
            {
                dropped.Add(new DroppedSymbol(rune.ToString(), source, Math.Min(rune.Utf16SequenceLength, text.Length - source)));
            }

            // One space between words, also where something between two was left out.
            if (kept.Count == before + 1 && Rune.IsWhiteSpace(kept[^1]) && (before == 0 || Rune.IsWhiteSpace(kept[before - 1])))
            {
                kept.RemoveAt(before);
            }

            while (sources.Count < kept.Count)
            {
                sources.Add(source);
            }
        }

        if (kept.Count > 0 && Rune.IsWhiteSpace(kept[^1]))
        {
            kept.RemoveAt(kept.Count - 1);
        }

        var prepared = new StringBuilder(kept.Count);
        var offsets = new List<int>(kept.Count);
        for (var i = 0; i < kept.Count; i++)
        {
            prepared.Append(kept[i]);
            while (offsets.Count < prepared.Length)
            {
                offsets.Add(sources[i]);
            }
        }

        return new PreparedCharacters(prepared.ToString(), [.. offsets], dropped);
    }

    /// <summary>The text in its composed form, cluster by cluster, so that it stays known where each character comes from.</summary>
    private static IEnumerable<(Rune Character, int Source)> Composed(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            // Lone surrogates come out as U+FFFD, and U+FFFE, which Normalize refuses too, is made one.
            var cluster = new StringBuilder();
            var end = start;
            do
            {
                Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var length);
                cluster.Append(rune.Value == 0xFFFE ? Rune.ReplacementChar : rune);
                end += length;
            }
            while (end < text.Length && Rune.TryGetRuneAt(text, end, out var next) && Joins(next));

            var before = cluster.ToString();
            var composed = before.Normalize(NormalizationForm.FormC);
            var at = start;
            foreach (var rune in composed.EnumerateRunes())
            {
                yield return (rune, at);
                at += composed == before ? rune.Utf16SequenceLength : 0;
            }

            start = end;
        }
    }

    /// <summary>Whether a character may melt into the one before it: marks, and the vowels and finals of Hangul.</summary>
    private static bool Joins(Rune rune) => rune.Value is >= 0x1160 and <= 0x11FF
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    private bool TryKeep(Rune rune, List<Rune> kept, bool exceptCase)
    {
        if (has(rune))
        {
            kept.Add(rune);
            return true;
        }

        if (normalize && !exceptCase && OtherCase(rune) is { } other)
        {
            return TryKeep(other, kept, exceptCase: true);
        }

        if (Rune.IsWhiteSpace(rune) && has(new Rune(' ')))
        {
            kept.Add(new Rune(' '));
            return true;
        }

        foreach (var standIn in StandIns.GetValueOrDefault(rune.Value, []))
        {
            var before = kept.Count;
            if (standIn.EnumerateRunes().All(part => TryKeepCase(part, kept)))
            {
                return true;
            }

            kept.RemoveRange(before, kept.Count - before);
        }

        return TryKeepDecomposed(rune, kept);
    }

    private bool TryKeepCase(Rune rune, List<Rune> kept)
    {
        var found = has(rune) ? rune : normalize && OtherCase(rune) is { } other && has(other) ? other : (Rune?)null;
        if (found is { } character)
        {
            kept.Add(character);
        }

        return found is not null;
    }

    /// <summary>Lower case, as the tokenizer has it; upper case where that is all that the vocabulary has.</summary>
    private Rune? OtherCase(Rune rune)
    {
        Rune lower = Rune.ToLowerInvariant(rune), upper = Rune.ToUpperInvariant(rune);
        return lower != rune ? (has(lower) || !has(Rune.ToUpperInvariant(lower)) ? lower : Rune.ToUpperInvariant(lower))
            : upper != rune && has(upper) ? upper
            : null;
    }

    private bool TryKeepDecomposed(Rune rune, List<Rune> kept)
    {
        var whole = rune.ToString();
        var parts = whole.Normalize(NormalizationForm.FormKD);
        if (parts == whole)
        {
            return false;
        }

        var any = false;
        foreach (var part in parts.EnumerateRunes())
        {
            any |= TryKeep(part, kept, exceptCase: false);
        }

        return any;
    }
}

/// <param name="Text">The prepared text.</param>
/// <param name="Sources">For each UTF-16 unit of it, the offset in the original of what it stands for.</param>
/// <param name="Dropped">Each character that was left out, as often as it came.</param>
public sealed record PreparedCharacters(string Text, int[] Sources, IReadOnlyList<DroppedSymbol> Dropped);
