using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>
/// Edit distances (insertion, deletion and substitution 1 each) between the words of two texts, by Myers' bit vectors in Hyyrö's form (H. Hyyrö,
/// "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003), the words of the reference one after the other in one
/// column of bits. Letters are numbers from 0 up to and without the alphabet's size.
/// </summary>
internal sealed class WordDistances
{
    /// <summary>For how many words of the reference there are distances at a time.</summary>
    public const int MostWords = 64;

    private const int BlockRows = 64;

    private readonly int[][] _reference;
    private readonly int[][] _attempt;
    private readonly ulong[] _positions;

    // Whether the distances to the beginnings of each word of the attempt go up or down along the lowest row of the last block.
    private readonly (ulong Rises, ulong Falls)[] _border;

    // The block's parts of all words of the reference, and of those of more than one letter.
    private readonly List<Segment> _segments = new(BlockRows);
    private readonly List<Segment> _longSegments = new(BlockRows);
    private readonly int _width;
    private readonly uint[] _beyondOne;

    // Whether a row of the above was last that of a word of more than one letter.
    private readonly bool[] _isLong;

    /// <param name="positions">A zero for every letter there is; zeroes again between calls.</param>
    public WordDistances(int[][] reference, int[][] attempt, ulong[] positions)
    {
        _reference = reference;
        _attempt = attempt;
        _positions = positions;
        var letters = attempt.Sum(w => w.Length);
        _border = new (ulong Rises, ulong Falls)[letters];
        _width = Math.Min(MostWords, reference.Length);
        _beyondOne = new uint[((attempt.Length + _width) * _width) + Vector256<uint>.Count];
        _isLong = new bool[_width];
        MostBeyondOne = reference.Sum(w => w.Length - 1L) + letters - attempt.Length;
    }

    /// <summary>How much more than one the distances of the pairs of an alignment can be, all together.</summary>
    public long MostBeyondOne { get; }

    /// <param name="positions">As of the constructor.</param>
    public static int Between(int[] reference, int[] attempt, ulong[] positions)
    {
        if (reference.AsSpan().SequenceEqual(attempt))
        {
            return 0;
        }

        if (reference.Length == 0)
        {
            return attempt.Length;
        }

        return (int)new WordDistances([reference], [attempt], positions).BeyondOne(0, 1)[0] + 1;
    }

    /// <summary>
    /// How much more than one the distances are from some words of the reference, none of them empty, to those of the attempt; of a word to itself it
    /// does not matter.
    /// Word i of these against word j is at <c>((i + j) * width) + i</c>, the width being <see cref="MostWords"/> or all words; what comes after the last may be read too.
    /// </summary>
    public ReadOnlySpan<uint> BeyondOne(int firstWord, int words)
    {
        // From single letters to single letters, of which there can be very many, it is nothing, and nothing is written.
        for (var i = 0; i < words; i++)
        {
            var isLong = _reference[firstWord + i].Length > 1;
            if (_isLong[i] && !isLong)
            {
                for (var j = 0; j < _attempt.Length; j++)
                {
                    _beyondOne[((i + j) * _width) + i] = 0;
                }
            }

            _isLong[i] = isLong;
        }

        Fill(firstWord, words);
        return _beyondOne;
    }

    private void Fill(int firstWord, int words)
    {
        var (word, letter) = (0, 0);
        while (word < words)
        {
            var starts = 0ul;
            var (beginWord, beginLetter) = (word, letter);
            _segments.Clear();
            _longSegments.Clear();
            for (var bit = 0; bit < BlockRows && word < words;)
            {
                var letters = _reference[firstWord + word];
                var count = Math.Min(BlockRows - bit, letters.Length - letter);
                var segment = new Segment(word * (_width + 1), (ulong.MaxValue >> (BlockRows - count)) << bit);
                _segments.Add(segment);
                if (letters.Length > 1)
                {
                    _longSegments.Add(segment);
                }

                starts |= letter == 0 ? 1ul << bit : 0;
                for (var end = bit + count; bit < end; bit++)
                {
                    _positions[letters[letter++]] |= 1ul << bit;
                }

                if (letter == letters.Length)
                {
                    (word, letter) = (word + 1, 0);
                }
            }

            Sweep(starts);
            while (beginWord < word || beginLetter < letter)
            {
                var letters = _reference[firstWord + beginWord];
                _positions[letters[beginLetter++]] = 0;
                if (beginLetter == letters.Length)
                {
                    (beginWord, beginLetter) = (beginWord + 1, 0);
                }
            }
        }
    }

    /// <summary>
    /// Takes every word of the attempt through a block. The distance to no letter of the reference is the word's length; the differences down the
    /// rows are to be added.
    /// </summary>
    private void Sweep(ulong starts)
    {
        if ((starts & 1) != 0)
        {
            Array.Clear(_border);
        }

        var beyondOne = _beyondOne;
        var all = CollectionsMarshal.AsSpan(_segments);
        var ofLong = CollectionsMarshal.AsSpan(_longSegments);
        var at = 0;
        for (var j = 0; j < _attempt.Length; j++)
        {
            var letters = _attempt[j];
            var segments = letters.Length == 1 ? ofLong : all;
            if (segments.IsEmpty)
            {
                at += letters.Length;
                continue;
            }

            var (down, up) = Differences(letters, _positions, starts, _border.AsSpan(at, letters.Length));
            at += letters.Length;

            // Only the first can go on with a word.
            var before = (starts & 1) != 0 ? letters.Length - 1 : (int)beyondOne[segments[0].Row + (j * _width)];
            foreach (var segment in segments)
            {
                beyondOne[segment.Row + (j * _width)] = (uint)(before + BitOperations.PopCount(down & segment.Bits) - BitOperations.PopCount(up & segment.Bits));
                before = letters.Length - 1;
            }
        }
    }

    /// <summary>Where the distances to a whole word of the attempt go up or down along the rows of a block.</summary>
    private static (ulong Down, ulong Up) Differences(ReadOnlySpan<int> letters, ReadOnlySpan<ulong> positions, ulong starts, Span<(ulong Rises, ulong Falls)> border)
    {
        // No carry from a word to the next.
        var notLast = ~((starts >> 1) | (1ul << (BlockRows - 1)));
        var down = ulong.MaxValue;
        var up = 0ul;
        for (var i = 0; i < letters.Length; i++)
        {
            ref var above = ref border[i];
            var equal = positions[letters[i]] | above.Falls;
            var open = down & notLast;
            var free = (((equal & open) + open) ^ open) | (equal | up);
            var right = up | ~(free | down);
            var left = down & free;
            var shifted = (right << 1) | (starts | above.Rises);
            down = (((left << 1) & ~starts) | above.Falls) | ~(free | shifted);
            up = shifted & free;
            above = (right >> (BlockRows - 1), left >> (BlockRows - 1));
        }

        return (down, up);
    }

    /// <summary>The part of a word that lies in a block.</summary>
    /// <param name="Row">Where the word's distances begin.</param>
    private readonly record struct Segment(int Row, ulong Bits);
}
