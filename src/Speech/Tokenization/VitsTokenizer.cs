using System.Collections.Frozen;
using System.Text;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Turns text into the ids of a character vocabulary, as Hugging Face's VitsTokenizer does for voices without phonemes or romanisation.
/// Where that one drops every character outside the vocabulary, this one first looks for what it may be replaced with. Thread-safe.
/// </summary>
public sealed class VitsTokenizer
{
    private const int Blank = 0;

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

    private readonly FrozenDictionary<int, long> _ids;
    private readonly bool _normalize;
    private readonly bool _addBlank;

    /// <param name="vocabulary">Tokens and their ids. Those of more than one character cannot be met in text and play no part.</param>
    /// <param name="normalize">Lower-case what the vocabulary does not hold as it is.</param>
    /// <param name="addBlank">Put id 0 before, between and after the characters.</param>
    public VitsTokenizer(IReadOnlyDictionary<string, long> vocabulary, bool normalize, bool addBlank)
    {
        _ids = vocabulary
            .Where(token => Rune.TryGetRuneAt(token.Key, 0, out var rune) && rune.Utf16SequenceLength == token.Key.Length)
            .ToFrozenDictionary(token => char.ConvertToUtf32(token.Key, 0), token => token.Value);
        _normalize = normalize;
        _addBlank = addBlank;
    }

    /// <summary>The ids of a text. Space at either end is left out.</summary>
    public TokenizedText Tokenize(string text)
    {
        var kept = new List<Rune>(text.Length);
        var sources = new List<int>(text.Length);
        var dropped = new List<string>();
        var at = 0;
        var composed = Composed(text);
        foreach (var rune in composed.EnumerateRunes())
        {
            if (!TryKeep(rune, kept))
            {
                dropped.Add(rune.ToString());
            }

            while (sources.Count < kept.Count)
            {
                sources.Add(at);
            }

            at += rune.Utf16SequenceLength;
        }

        while (kept.Count > 0 && Rune.IsWhiteSpace(kept[^1]))
        {
            kept.RemoveAt(kept.Count - 1);
        }

        var start = 0;
        while (start < kept.Count && Rune.IsWhiteSpace(kept[start]))
        {
            start++;
        }

        var speakable = false;
        var count = kept.Count - start;
        var ids = new long[_addBlank ? 2 * count + 1 : count];
        Array.Fill(ids, Blank);
        for (var i = 0; i < count; i++)
        {
            var rune = kept[start + i];
            ids[_addBlank ? 2 * i + 1 : i] = _ids[rune.Value];
            speakable |= Rune.IsLetterOrDigit(rune);
        }

        // Where composing moved characters, offsets into the one are none into the other.
        return new TokenizedText(ids, composed == text ? [.. sources[start..(start + count)]] : null, speakable, dropped);
    }

    private static string Composed(string text)
    {
        // Lone surrogates, which Normalize refuses, come out of the enumeration as U+FFFD; U+FFFE, which it refuses too, does not.
        var valid = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            valid.Append(rune);
        }

        return valid.Replace('\uFFFE', '\uFFFD').ToString().Normalize(NormalizationForm.FormC);
    }

    private bool TryKeep(Rune rune, List<Rune> kept)
    {
        if (_ids.ContainsKey(rune.Value))
        {
            kept.Add(rune);
            return true;
        }

        var lower = _normalize ? Rune.ToLowerInvariant(rune) : rune;
        if (lower != rune)
        {
            return TryKeep(lower, kept);
        }

        if (Rune.IsWhiteSpace(rune) && _ids.ContainsKey(' '))
        {
            kept.Add(new Rune(' '));
            return true;
        }

        foreach (var standIn in StandIns.GetValueOrDefault(rune.Value, []))
        {
            if (standIn.All(c => _ids.ContainsKey(c)))
            {
                foreach (var c in standIn)
                {
                    kept.Add(new Rune(c));
                }

                return true;
            }
        }

        return TryKeepDecomposed(rune, kept);
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
            any |= TryKeep(part, kept);
        }

        return any;
    }
}

/// <param name="Ids">The input of the model.</param>
/// <param name="Sources">For each id that is no blank between characters, the UTF-16 offset in the text of what it stands for; null where the text was not in canonical form.</param>
/// <param name="Speakable">Whether a letter or digit is among them: punctuation alone says nothing.</param>
/// <param name="Dropped">Each character that the vocabulary has nothing for, as often as it came.</param>
public sealed record TokenizedText(long[] Ids, int[]? Sources, bool Speakable, IReadOnlyList<string> Dropped);
