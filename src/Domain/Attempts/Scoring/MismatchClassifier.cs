namespace Dictation.Domain.Attempts.Scoring;

/// <summary>Says of two words that face each other how they differ.</summary>
internal sealed class MismatchClassifier
{
    private const int ShortestForOneSlip = 3;
    private const int ShortestForTwoSlips = 10;

    private readonly IReadOnlyList<Word> _reference;
    private readonly IReadOnlyList<Word> _attempt;
    private readonly Alphabet _alphabet;
    private readonly bool _isFinnish;
    private readonly HashSet<string> _referenceWords;
    private readonly int _a;
    private readonly int _o;
    private readonly int _ring;

    public MismatchClassifier(IReadOnlyList<Word> reference, IReadOnlyList<Word> attempt, Alphabet alphabet, bool isFinnish)
    {
        _reference = reference;
        _attempt = attempt;
        _alphabet = alphabet;
        _isFinnish = isFinnish;
        _a = alphabet.Add("a");
        _o = alphabet.Add("o");
        _ring = alphabet.Add("å");
        _referenceWords = [.. reference.Select(w => Word.Key(w.Bare))];
    }

    /// <summary>The kind of each pair; null where the words are the same in every character once normalised.</summary>
    public MismatchKind?[] Classify(List<AlignedPair> pairs)
    {
        var kinds = new MismatchKind?[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            if (IsPair(pairs[i]) && !SameBare(pairs[i]))
            {
                MarkBoundarySlip(pairs, kinds, i);
            }
        }

        for (var i = 0; i < pairs.Count; i++)
        {
            kinds[i] ??= pairs[i] switch
            {
                { Attempt: < 0 } => MismatchKind.Missing,
                { Reference: < 0 } => MismatchKind.Extra,
                var (r, a) => Between(_reference[r], _attempt[a]),
            };
        }

        return kinds;
    }

    private static bool IsPair(AlignedPair pair) => pair is { Reference: >= 0, Attempt: >= 0 };

    private static bool JoinedEqual(Word first, Word second, Word whole) =>
        first.Bare.Length + second.Bare.Length == whole.Bare.Length
        && whole.Bare.AsSpan().StartsWith(first.Bare)
        && whole.Bare.AsSpan().EndsWith(second.Bare);

    private bool SameBare(AlignedPair pair) => _reference[pair.Reference].Bare.AsSpan().SequenceEqual(_attempt[pair.Attempt].Bare);

    /// <summary>A substitution with an insertion or deletion beside it, where the two words of one side joined are the word of the other.</summary>
    private void MarkBoundarySlip(List<AlignedPair> pairs, MismatchKind?[] kinds, int pair)
    {
        foreach (var other in (int[])[pair + 1, pair - 1])
        {
            if (other >= 0 && other < pairs.Count && kinds[other] is null && !IsPair(pairs[other]) && IsBoundarySlip(pairs[Math.Min(pair, other)], pairs[Math.Max(pair, other)]))
            {
                kinds[pair] = kinds[other] = MismatchKind.Boundary;
                return;
            }
        }
    }

    private bool IsBoundarySlip(AlignedPair first, AlignedPair second) => (first, second) switch
    {
        ({ Reference: < 0 }, _) => JoinedEqual(_attempt[first.Attempt], _attempt[second.Attempt], _reference[second.Reference]),
        (_, { Reference: < 0 }) => JoinedEqual(_attempt[first.Attempt], _attempt[second.Attempt], _reference[first.Reference]),
        ({ Attempt: < 0 }, _) => JoinedEqual(_reference[first.Reference], _reference[second.Reference], _attempt[second.Attempt]),
        _ => JoinedEqual(_reference[first.Reference], _reference[second.Reference], _attempt[first.Attempt]),
    };

    private MismatchKind? Between(Word reference, Word attempt)
    {
        if (reference.Letters.AsSpan().SequenceEqual(attempt.Letters))
        {
            return BetweenEqual(reference, attempt);
        }

        if (reference.Bare.AsSpan().SequenceEqual(attempt.Bare))
        {
            return WithApostrophes(reference).SequenceEqual(WithApostrophes(attempt)) ? MismatchKind.Punctuation : MismatchKind.Apostrophe;
        }

        // A number with another digit is another number, however alike they look.
        if (reference.HasDigit || attempt.HasDigit)
        {
            return MismatchKind.WrongWord;
        }

        return BetweenLetters(reference.Bare, attempt.Bare);
    }

    private static MismatchKind? BetweenEqual(Word reference, Word attempt)
    {
        var around = Symbols(reference.Whole.AsSpan(0, reference.Before)).SequenceEqual(Symbols(attempt.Whole.AsSpan(0, attempt.Before)))
            && Symbols(reference.Whole.AsSpan(reference.Before + reference.Core.Length)).SequenceEqual(Symbols(attempt.Whole.AsSpan(attempt.Before + attempt.Core.Length)));
        if (!around)
        {
            return MismatchKind.Punctuation;
        }

        return Symbols(reference.Core.Span).SequenceEqual(Symbols(attempt.Core.Span)) ? null : MismatchKind.Case;
    }

    private MismatchKind BetweenLetters(int[] reference, int[] attempt)
    {
        var heard = _isFinnish ? FinnishSlip(0, reference, attempt) : MarkSlip(reference, attempt);
        if (heard is { } kind)
        {
            return kind;
        }

        var tolerated = reference.Length >= ShortestForTwoSlips ? 2 : reference.Length >= ShortestForOneSlip ? 1 : 0;
        var slips = 1;
        while (slips <= tolerated && !Slips.AtMost(slips, reference, attempt))
        {
            slips++;
        }

        if (slips > tolerated || _referenceWords.Contains(Word.Key(attempt)))
        {
            return MismatchKind.WrongWord;
        }

        return (_isFinnish ? FinnishSlip(slips - 1, reference, attempt) : null) ?? MismatchKind.Typo;
    }

    private MismatchKind? MarkSlip(int[] reference, int[] attempt) =>
        reference.Length == attempt.Length && Unmarked(reference, _a).AsSpan().SequenceEqual(Unmarked(attempt, _a)) ? MismatchKind.Diacritic : null;

    /// <summary>Whether marks or lengths explain the mistake: the kind that, taken away, leaves at most this many other slips.</summary>
    private MismatchKind? FinnishSlip(int otherSlips, int[] reference, int[] attempt)
    {
        if (Slips.AtMost(otherSlips, Collapsed(reference), Collapsed(attempt)))
        {
            return MismatchKind.Length;
        }

        // å is heard as o and looks like a; the pair may have either in mind.
        var hasRing = reference.Contains(_ring) || attempt.Contains(_ring);
        foreach (var plain in hasRing ? (int[])[_a, _o] : [_a])
        {
            var (a, b) = (Unmarked(reference, plain), Unmarked(attempt, plain));
            if (Slips.AtMost(otherSlips, a, b))
            {
                return MismatchKind.Diacritic;
            }

            if (Slips.AtMost(otherSlips, Collapsed(a), Collapsed(b)))
            {
                return MismatchKind.Length;
            }
        }

        return null;
    }

    /// <param name="plain">What å becomes.</param>
    private int[] Unmarked(int[] letters, int plain) => Array.ConvertAll(letters, letter => letter == _ring ? plain : _alphabet.Base(letter));

    private static ReadOnlySpan<int> Collapsed(int[] letters)
    {
        var collapsed = new int[letters.Length];
        var length = 0;
        foreach (var letter in letters)
        {
            if (length == 0 || collapsed[length - 1] != letter)
            {
                collapsed[length++] = letter;
            }
        }

        return collapsed.AsSpan(0, length);
    }

    private int[] WithApostrophes(Word word)
    {
        var kept = new List<int>(word.Core.Length);
        foreach (var grapheme in word.Core.Span)
        {
            if (grapheme.Class is not (GraphemeClass.Connector or GraphemeClass.Stop or GraphemeClass.Comma))
            {
                kept.Add(_alphabet.Folded(grapheme.Symbol));
            }
        }

        return [.. kept];
    }

    private static List<int> Symbols(ReadOnlySpan<Grapheme> graphemes)
    {
        var symbols = new List<int>(graphemes.Length);
        foreach (var grapheme in graphemes)
        {
            symbols.Add(grapheme.Symbol);
        }

        return symbols;
    }
}
