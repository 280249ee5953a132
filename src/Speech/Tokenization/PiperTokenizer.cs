using System.Text;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Turns text into the ids of phonemes as Piper does: each clause becomes phonemes, decomposed (NFD) and without the marks of a change of
/// language; the clause's mark follows, behind <c>, : ;</c> a space; then <c>^ _ p _ p _ … $</c>, a blank behind each phoneme. Thread-safe.
/// </summary>
public sealed class PiperTokenizer
{
    private const string Begin = "^", End = "$", Blank = "_";
    private const string ClauseMarks = ",:;", SentenceMarks = ".?!";

    private readonly IReadOnlyDictionary<string, long[]> _ids;
    private readonly IReadOnlyDictionary<string, string[]> _map;
    private readonly Func<string, string> _phonemize;

    /// <param name="ids">The ids of each phoneme, a phoneme being one code point; <c>^</c>, <c>$</c> and <c>_</c> among them.</param>
    /// <param name="map">Replacements of phonemes.</param>
    /// <param name="phonemize">Makes phonemes of a clause without punctuation.</param>
    /// <exception cref="VoiceException">One of <c>^</c>, <c>$</c> and <c>_</c> has no id.</exception>
    public PiperTokenizer(IReadOnlyDictionary<string, long[]> ids, IReadOnlyDictionary<string, string[]> map, Func<string, string> phonemize)
    {
        foreach (var needed in (string[])[Begin, End, Blank])
        {
            if (!ids.ContainsKey(needed))
            {
                throw new VoiceException($"phoneme_id_map has no id for {needed}.");
            }
        }

        _ids = ids;
        _map = map;
        _phonemize = phonemize;
    }

    /// <summary>The ids of one sentence, or a part of one.</summary>
    public PiperTokens Tokenize(string sentence)
    {
        var ids = new List<long>(4 * sentence.Length);
        var unknown = new List<string>();
        var speakable = false;
        ids.AddRange(_ids[Begin]);
        ids.AddRange(_ids[Blank]);
        foreach (var (clause, mark) in Clauses(sentence))
        {
            foreach (var phoneme in Phonemes(clause))
            {
                speakable |= Add(phoneme) && Rune.IsLetter(Rune.GetRuneAt(phoneme, 0));
            }

            if (mark is { } m)
            {
                Add(m.ToString());
                if (ClauseMarks.Contains(m, StringComparison.Ordinal))
                {
                    Add(" ");
                }
            }
        }

        ids.AddRange(_ids[End]);
        return new PiperTokens([.. ids], unknown, speakable);

        bool Add(string phoneme)
        {
            if (!_ids.TryGetValue(phoneme, out var its))
            {
                unknown.Add(phoneme);
                return false;
            }

            ids.AddRange(its);
            ids.AddRange(_ids[Blank]);
            return true;
        }
    }

    /// <summary>Pieces without their mark. A mark ends a clause where a space or the end follows.</summary>
    private static IEnumerable<(string Clause, char? Mark)> Clauses(string sentence)
    {
        var start = 0;
        for (var i = 0; i < sentence.Length; i++)
        {
            if ((ClauseMarks.Contains(sentence[i], StringComparison.Ordinal) || SentenceMarks.Contains(sentence[i], StringComparison.Ordinal))
                && (i + 1 == sentence.Length || char.IsWhiteSpace(sentence[i + 1])))
            {
                yield return (sentence[start..i].Trim(), sentence[i]);
                start = i + 1;
            }
        }

        yield return (sentence[start..].Trim(), null);
    }

    private IEnumerable<string> Phonemes(string clause)
    {
        if (clause.Length == 0)
        {
            yield break;
        }

        var inFlag = false;
        foreach (var rune in _phonemize(clause).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            // "(en)" tells that the language changes.
            if (rune.Value == '(' || inFlag)
            {
                inFlag = rune.Value != ')';
                continue;
            }

            var phoneme = rune.ToString();
            if (_map.TryGetValue(phoneme, out var instead))
            {
                foreach (var other in instead)
                {
                    yield return other;
                }
            }
            else
            {
                yield return phoneme;
            }
        }
    }
}

/// <param name="Ids">The input of the network.</param>
/// <param name="Unknown">Each phoneme that has no id, as often as it came.</param>
/// <param name="Speakable">Whether any sound is among them: punctuation alone says nothing.</param>
public sealed record PiperTokens(long[] Ids, IReadOnlyList<string> Unknown, bool Speakable);
