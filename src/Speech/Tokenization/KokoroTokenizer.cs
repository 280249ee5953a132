using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Turns text into Kokoro's ids: a phonemiser reads what stands between marks, the marks stay, one id per code point, a pad before and behind.
/// Thread-safe.
/// </summary>
/// <param name="vocabulary">The id of each phoneme; the pad is 0.</param>
/// <param name="phonemizer">Of the speaker's language.</param>
/// <param name="american">Whether the speaker is American.</param>
public sealed partial class KokoroTokenizer(IReadOnlyDictionary<string, long> vocabulary, IPhonemizer phonemizer, bool american)
{
    /// <summary>The most ids of one run of the network, without the pads.</summary>
    public const int MostIds = 510;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouyæɑɐɒəɚɛɜɝɪɔʊʌᵻɨøœ");

    private const string Marks = ";:,.!?¡¿—…\"«»“”(){}[]";

    /// <summary>The runs of a text; more than one only where it has more than <see cref="MostIds"/> ids: then it is divided behind clauses, else words.</summary>
    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public IReadOnlyList<KokoroTokens> Tokenize(string text)
    {
        var (phonemes, owners, words, unknown) = Read(text);
        var runs = new List<KokoroTokens>();
        for (var start = 0; start < phonemes.Count;)
        {
            var end = EndOfRun(phonemes, start);
            runs.Add(Run(phonemes, owners, words, start, end, runs.Count == 0 ? unknown : []));
            start = end;
        }

        return runs.Count > 0 ? runs : [new KokoroTokens([0, 0], "", false, unknown, [])];
    }

    /// <summary>The phonemes of a text, as they are before they become ids.</summary>
    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public string Phonemes(string text) => Spell(text).Phonemes;

    private (List<(string Symbol, long Id)> Ids, List<int> Owners, SpokenWords Words, List<DroppedSymbol> Unknown) Read(string text)
    {
        var (phonemes, owners, words) = Spell(text);
        var ids = new List<(string, long)>();
        var kept = new List<int>();
        var unknown = new List<DroppedSymbol>();
        var at = 0;
        foreach (var rune in phonemes.EnumerateRunes())
        {
            var symbol = rune.ToString();
            if (vocabulary.TryGetValue(symbol, out var id))
            {
                ids.Add((symbol, id));
                kept.Add(owners[at]);
            }
            else if (!Rune.IsWhiteSpace(rune) && !Marks.Contains(symbol, StringComparison.Ordinal))
            {
                var source = owners[at] >= 0 ? words.Span(owners[at], 0, 0) : new HeardSpan(0, 1, 0, 0);
                unknown.Add(new DroppedSymbol(symbol, source.Character, source.Characters));
            }

            at += rune.Utf16SequenceLength;
        }

        return (ids, kept, words, unknown);
    }

    private (string Phonemes, IReadOnlyList<int> Owners, SpokenWords Words) Spell(string source)
    {
        var text = PhonemizerText.From(Quotes(source));
        var pieces = Pieces(text.Text);
        var words = new SpokenWords(text, [.. pieces.Where(p => p.Piece is not null).Select(p => p.Piece!)], phonemizer);
        var spelled = new KokoroPhonemes(american);
        var spoken = 0;
        foreach (var (mark, piece) in pieces)
        {
            if (piece is null)
            {
                spelled.Add(mark, -1);
                continue;
            }

            var owners = words.Owners(spoken++);
            for (var i = 0; i < piece.Phonemes.Length; i++)
            {
                spelled.Add(piece.Phonemes[i], owners[i]);
            }
        }

        var (phonemes, all) = spelled.Build();
        var (from, to) = (0, phonemes.Length);
        while (from < to && char.IsWhiteSpace(phonemes[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(phonemes[to - 1]))
        {
            to--;
        }

        return (phonemes[from..to], [.. all.Skip(from).Take(to - from)], words);
    }

    // Sections between marks, the marks with the blanks around them, and phonemes that the text gives itself.
    private List<(string Mark, PhonemizedText.Piece? Piece)> Pieces(string text)
    {
        var pieces = new List<(string, PhonemizedText.Piece?)>();
        var at = 0;
        foreach (Match match in Section().Matches(text))
        {
            AddSection(pieces, text, at, match.Index);
            at = match.Index + match.Length;
            pieces.Add(match.Value.StartsWith("[[", StringComparison.Ordinal)
                ? ("", new PhonemizedText.Piece(match.Value[2..^2].Trim(), match.Index, at, ClauseEnding.From(""), IsRaw: true))
                : (Brackets(match.Value), null));
        }

        AddSection(pieces, text, at, text.Length);
        return pieces;
    }

    private void AddSection(List<(string, PhonemizedText.Piece?)> pieces, string text, int start, int end)
    {
        var (first, last) = (start, end);
        while (first < last && char.IsWhiteSpace(text[first]))
        {
            first++;
        }

        while (last > first && char.IsWhiteSpace(text[last - 1]))
        {
            last--;
        }

        if (first == last)
        {
            if (end > start)
            {
                pieces.Add((" ", null));
            }

            return;
        }

        if (first > start)
        {
            pieces.Add((" ", null));
        }

        var phonemes = string.Join(' ', PhonemizedText.Clauses(text[first..last], phonemizer).Select(c => c.Phonemes).Where(p => p.Length > 0)).Normalize(NormalizationForm.FormC);
        pieces.Add(("", new PhonemizedText.Piece(WithStress(phonemes), first, last, ClauseEnding.From(""), IsRaw: false)));
        if (last < end)
        {
            pieces.Add((" ", null));
        }
    }

    // When espeak-ng speaks, a clause has one main stress at least; its phonemes alone lack it where all words are weak: "what", "hmm".
    private static string WithStress(string phonemes)
    {
        if (phonemes.Contains('ˈ'))
        {
            return phonemes;
        }

        var weak = phonemes.LastIndexOf('ˌ');
        if (weak >= 0)
        {
            return string.Concat(phonemes.AsSpan(0, weak), "ˈ", phonemes.AsSpan(weak + 1));
        }

        var vowel = phonemes.AsSpan().LastIndexOfAny(Vowels);
        return vowel < 0 ? phonemes : phonemes.Insert(vowel, "ˈ");
    }

    private static string Quotes(string text) => text.Replace('“', '"').Replace('”', '"').Replace('«', '"').Replace('»', '"').Replace('‘', '\'').Replace('’', '\'');

    // Round brackets are quotation marks for Kokoro, without a sound.
    private static string Brackets(string marks) => marks.Replace('(', '«').Replace(')', '»');

    private static int EndOfRun(List<(string Symbol, long Id)> phonemes, int start)
    {
        if (phonemes.Count - start <= MostIds)
        {
            return phonemes.Count;
        }

        var limit = start + MostIds;
        for (var end = limit; end > start + 1; end--)
        {
            if (phonemes[end - 1].Symbol == " " && Marks.Contains(phonemes[end - 2].Symbol, StringComparison.Ordinal))
            {
                return end;
            }
        }

        for (var end = limit; end > start; end--)
        {
            if (phonemes[end - 1].Symbol == " ")
            {
                return end;
            }
        }

        return limit;
    }

    private static KokoroTokens Run(List<(string Symbol, long Id)> phonemes, List<int> owners, SpokenWords words, int start, int end, IReadOnlyList<DroppedSymbol> unknown)
    {
        var ids = new long[end - start + 2];
        var text = new StringBuilder();
        var speakable = false;
        var spans = new List<(int Word, int First, int End)>();
        for (var i = start; i < end; i++)
        {
            var at = i - start + 1;
            ids[at] = phonemes[i].Id;
            text.Append(phonemes[i].Symbol);
            speakable |= phonemes[i].Symbol != " " && !Marks.Contains(phonemes[i].Symbol, StringComparison.Ordinal);
            if (owners[i] < 0)
            {
                continue;
            }

            if (spans.Count > 0 && spans[^1].Word == owners[i])
            {
                spans[^1] = spans[^1] with { End = at + 1 };
            }
            else if (spans.Count == 0 || spans[^1].Word < owners[i])
            {
                spans.Add((owners[i], at, at + 1));
            }
        }

        return new KokoroTokens(ids, text.ToString(), speakable, unknown, [.. spans.Select(span => words.Span(span.Word, span.First, span.End))]);
    }

    [GeneratedRegex(@"\[\[[^\n]*?\]\]|\s*[;:,.!?¡¿—…""«»“”(){}\[\]]+(?:\s*[;:,.!?¡¿—…""«»“”(){}\[\]]+)*\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Section();
}

/// <summary>One run of the network.</summary>
/// <param name="Ids">With the pads, at most <see cref="KokoroTokenizer.MostIds"/> and two.</param>
/// <param name="Phonemes">What the ids stand for.</param>
/// <param name="Speakable">Whether any sound is among them.</param>
/// <param name="Unknown">Each phoneme that has no id, as often as it came.</param>
/// <param name="Heard">Which characters are heard as which ids, in the order of both.</param>
public sealed record KokoroTokens(long[] Ids, string Phonemes, bool Speakable, IReadOnlyList<DroppedSymbol> Unknown, IReadOnlyList<HeardSpan> Heard);
