using System.Text;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Tokenization;

/// <summary>Finds which ids are heard as which words of a text: what stands between white space.</summary>
internal sealed class SpokenWords
{
    private const string Separator = "\n\n";

    private readonly PhonemizerText _text;
    private readonly IReadOnlyList<PhonemizedText.Piece> _pieces;
    private readonly List<(int Start, int End)> _words = [];
    private readonly int[] _firstWords;
    private readonly string[] _alone;
    private readonly (int First, int End)[] _ids;

    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public SpokenWords(PhonemizerText text, IReadOnlyList<PhonemizedText.Piece> pieces, IPhonemizer phonemizer)
    {
        (_text, _pieces) = (text, pieces);
        _firstWords = new int[pieces.Count + 1];
        for (var i = 0; i < pieces.Count; i++)
        {
            AddWords(pieces[i]);
            _firstWords[i + 1] = _words.Count;
        }

        _ids = new (int, int)[_words.Count];
        _alone = Alone(phonemizer);
    }

    /// <summary>For each character of a piece's phonemes the number of the word that it is heard as; -1 for none.</summary>
    public int[] Owners(int piece)
    {
        var (first, end) = (_firstWords[piece], _firstWords[piece + 1]);
        var phonemes = _pieces[piece].Phonemes;
        if (end - first <= 1)
        {
            return [.. Enumerable.Repeat(end > first ? first : -1, phonemes.Length)];
        }

        var owners = WordAligner.Owners(_alone[first..end], phonemes);
        for (var i = 0; i < owners.Length; i++)
        {
            owners[i] += owners[i] >= 0 ? first : 0;
        }

        return owners;
    }

    /// <summary>Ids are heard as a word.</summary>
    public void Heard(int word, (int First, int End) ids)
    {
        if (word >= 0 && ids.End > ids.First)
        {
            _ids[word] = _ids[word].End > 0 ? (_ids[word].First, ids.End) : ids;
        }
    }

    /// <summary>Where in the source a word is; all of the piece for a phoneme that belongs to none.</summary>
    public (int Start, int Length) Source(int word, PhonemizedText.Piece piece)
    {
        var (start, end) = word >= 0 ? Heard(_words[word]) : (piece.Start, piece.End);
        var from = _text.Offsets[start];
        return (from, _text.Offsets[Math.Max(start, end - 1)] + 1 - from);
    }

    /// <summary>The words that are heard, in order.</summary>
    public List<HeardSpan> Spans()
    {
        var spans = new List<HeardSpan>();
        for (var word = 0; word < _words.Count; word++)
        {
            if (_ids[word] is { End: > 0 } ids)
            {
                spans.Add(Span(word, ids.First, ids.End));
            }
        }

        return spans;
    }

    /// <summary>The characters of a word, heard as the ids from <paramref name="first"/> to <paramref name="end"/>.</summary>
    public HeardSpan Span(int word, int first, int end)
    {
        var heard = Heard(_words[word]);
        var (from, to) = (_text.Offsets[heard.Start], _text.Offsets[heard.End - 1] + 1);
        return new HeardSpan(from, to - from, first, end);
    }

    private void AddWords(PhonemizedText.Piece piece)
    {
        if (piece.IsRaw)
        {
            _words.Add((piece.Start, piece.End));
            return;
        }

        for (var at = piece.Start; at < piece.End;)
        {
            var start = at;
            while (at < piece.End && !char.IsWhiteSpace(_text.Text[at]))
            {
                at++;
            }

            if (at > start)
            {
                _words.Add((start, at));
            }

            at++;
        }
    }

    /// <summary>Each word as it is pronounced alone, all in one reading; blank lines keep them apart.</summary>
    private string[] Alone(IPhonemizer phonemizer)
    {
        var alone = new string[_words.Count];
        Array.Fill(alone, "");
        if (!Enumerable.Range(0, _pieces.Count).Any(i => _firstWords[i + 1] - _firstWords[i] > 1))
        {
            return alone;
        }

        var starts = new List<int>(_words.Count);
        var text = new StringBuilder();
        foreach (var (start, end) in _words)
        {
            starts.Add(text.Length);
            text.Append(_text.Text, start, end - start).Append(Separator);
        }

        var word = 0;
        foreach (var clause in PhonemizedText.Clauses(text.ToString(), phonemizer).Where(c => c.Phonemes.Length > 0))
        {
            while (word + 1 < starts.Count && starts[word + 1] <= clause.Start)
            {
                word++;
            }

            alone[word] += (alone[word].Length > 0 ? " " : "") + clause.Phonemes;
        }

        return alone;
    }

    /// <summary>The word without silent punctuation around it; all of it where nothing else is there.</summary>
    private (int Start, int End) Heard((int Start, int End) word)
    {
        var (start, end) = word;
        while (start < end && !IsHeard(start))
        {
            start++;
        }

        while (end > start && !IsHeard(end - 1))
        {
            end--;
        }

        return start < end ? (start, end) : word;

        bool IsHeard(int at) => SpokenPunctuation.IsWordCharacter(_text.Text, at)
            || char.IsSymbol(_text.Text, at > 0 && char.IsLowSurrogate(_text.Text[at]) ? at - 1 : at);
    }
}
