using System.Globalization;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Turns text into the ids of phonemes as Piper does: <c>^ _ p _ p _ … $</c>, a blank behind all ids of each phoneme. A phonemiser reads the text
/// clause by clause; the clause's mark follows its phonemes, and behind <c>, : ;</c> a space. A voice without a phonemiser is spoken by its letters.
/// Thread-safe.
/// </summary>
/// <remarks>
/// Where a clause ends within a sentence without a mark of Piper's, Piper glues the words together. Here an ellipsis is heard as a comma, and any
/// other such end as a space.
/// </remarks>
/// <param name="phonemes">The phonemes of the voice.</param>
/// <param name="phonemizer">Reads its texts; null for a voice whose phonemes are letters.</param>
public sealed class PiperTokenizer(PiperPhonemes phonemes, IPhonemizer? phonemizer)
{
    private const string MarksBeforeSpace = ",:;";

    /// <summary>Whether a phonemiser reads its texts.</summary>
    public bool HasPhonemizer => phonemizer is not null;

    /// <summary>The ids of a segment, as one run of the network.</summary>
    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public PiperTokens Tokenize(string segment)
    {
        if (phonemizer is null)
        {
            return LetterTokens(segment);
        }

        var text = PhonemizedText.Read(segment, phonemizer);
        return Tokens(text.Text, text.Pieces);
    }

    /// <summary>The ids of each sentence of a text that has something to say.</summary>
    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public IReadOnlyList<PiperTokens> TokenizeSentences(string text)
    {
        if (phonemizer is null)
        {
            return LetterTokens(text) is { Speakable: true } letters ? [letters] : [];
        }

        var read = PhonemizedText.Read(text, phonemizer);
        var sentences = new List<PiperTokens>();
        var start = 0;
        for (var i = 0; i < read.Pieces.Count; i++)
        {
            if (i + 1 == read.Pieces.Count || read.Pieces[i].Ending.EndsSentence)
            {
                var tokens = Tokens(read.Text, [.. read.Pieces.Skip(start).Take(i + 1 - start)]);
                start = i + 1;
                if (tokens.Speakable)
                {
                    sentences.Add(tokens);
                }
            }
        }

        return sentences;
    }

    /// <summary>Where the sentences of a text end for this voice; null where it does not matter to it.</summary>
    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public IReadOnlyList<int>? SentenceEnds(string text) => phonemizer is null ? null : PhonemizedText.Read(text, phonemizer).SentenceEnds();

    private PiperTokens Tokens(PhonemizerText text, IReadOnlyList<PhonemizedText.Piece> pieces)
    {
        var ids = new PiperIds(phonemes);
        var words = new SpokenWords(text, pieces, phonemizer!);
        var last = pieces.Count;
        while (last > 0 && pieces[last - 1].Phonemes.Length == 0)
        {
            last--;
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            var owners = words.Owners(i);
            foreach (var (phoneme, at) in phonemes.Split(pieces[i].Phonemes))
            {
                if (phoneme == " ")
                {
                    ids.AddSpace();
                }
                else
                {
                    words.Heard(owners[at], ids.Add(phoneme, words.Source(owners[at], pieces[i])));
                }
            }

            AddEnding(ids, pieces[i].Ending, i + 1 < last ? pieces[i + 1] : null);
        }

        return ids.Build(words.Spans());
    }

    private static void AddEnding(PiperIds ids, ClauseEnding ending, PhonemizedText.Piece? next)
    {
        var mark = ending.Mark ?? (ending.IsEllipsis && next is not null ? ',' : null);
        if (mark is { } m)
        {
            if (!ids.EndsInMark)
            {
                ids.AddMark(m);
            }

            if (next is not null || MarksBeforeSpace.Contains(m, StringComparison.Ordinal))
            {
                ids.AddSpace();
            }
        }
        else if (next is { IsRaw: false, FollowsRaw: false })
        {
            ids.AddSpace();
        }
    }

    private PiperTokens LetterTokens(string source)
    {
        var ids = new PiperIds(phonemes);
        var spans = new List<HeardSpan>();
        var text = WellFormedText.From(source);
        var elements = StringInfo.ParseCombiningCharacters(text);
        for (var i = 0; i < elements.Length; i++)
        {
            var (start, end) = (elements[i], i + 1 < elements.Length ? elements[i + 1] : text.Length);
            var (first, next) = ids.AddLetter(text[start..end], start);
            if (next > first)
            {
                spans.Add(new HeardSpan(start, end - start, first, next));
            }
        }

        return ids.Build(spans);
    }
}

/// <param name="Ids">The input of the network.</param>
/// <param name="Unknown">Each phoneme that has no id, as often as it came.</param>
/// <param name="Speakable">Whether any sound is among them: punctuation alone says nothing.</param>
/// <param name="Heard">Which characters are heard as which ids, in the order of both.</param>
public sealed record PiperTokens(long[] Ids, IReadOnlyList<DroppedSymbol> Unknown, bool Speakable, IReadOnlyList<HeardSpan> Heard)
{
    /// <summary>The phonemes, marks and spaces that have ids, in order.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];
}
