using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>A position of one row facing one of the other; -1 where nothing faces it.</summary>
internal readonly record struct AlignedPair(int Reference, int Attempt);

/// <summary>
/// Aligns two rows of symbols: with the fewest errors; of those alignments with the most hits; of those with the least total distance of the
/// pairs that differ; of those the one which, read from the start, first pairs where another deletes or inserts, then first deletes.
/// </summary>
/// <remarks>
/// All of that but the last is one number, the gain of an alignment: nothing for a deletion or an insertion, and for a pair what it saves against
/// both of these. The table of the best gains from each cell to the end is filled in strips of rows, from the last to the first, and in a strip by
/// anti-diagonals, the cells of which do not depend on each other. Of a cell only the differences to its neighbours exist, which are small enough
/// for many to be worked out at a time.
/// </remarks>
internal static class OptimalAlignment
{
    private const int TallStrip = 1024;

    /// <param name="symbols">Every symbol is a number from 0 up to and without this.</param>
    /// <param name="distances">Of the words that the symbols stand for; null where all pairs that differ do so by one.</param>
    public static List<AlignedPair> Align(int[] reference, int[] attempt, int symbols, WordDistances? distances)
    {
        // However far apart the two are.
        if (reference.Length == 1 && attempt.Length == 1)
        {
            return [new AlignedPair(0, 0)];
        }

        // An error outweighs any number of substitutions, a substitution any sum of distances; with the errors given, fewer substitutions are more hits.
        var substitution = (ulong)(distances?.MostBeyondOne ?? 0) + 1;
        var error = substitution * ((ulong)Math.Min(reference.Length, attempt.Length) + 1);
        return (error * 2, distances) switch
        {
            ( <= ushort.MaxValue, null) when symbols <= ushort.MaxValue => new Table<ushort>(reference, attempt, (ushort)error, (ushort)substitution, null).Align(),
            ( <= uint.MaxValue, _) => new Table<uint>(reference, attempt, (uint)error, (uint)substitution, distances).Align(),
            _ => new Table<ulong>(reference, attempt, error, substitution, distances).Align(),
        };
    }

    /// <typeparam name="T">Of a gain, twice an error at most; and of a symbol.</typeparam>
    private sealed class Table<T>
        where T : struct, IUnsignedNumber<T>
    {
        private static int Lanes => Vector256<T>.Count;

        private readonly int _rows;
        private readonly int _columns;
        private readonly int _height;
        private readonly int _vectors;
        private readonly Vector256<T> _hit;
        private readonly Vector256<T> _substitution;
        private readonly WordDistances? _distances;

        // The second one backwards. Elements after the end may be read and do not matter, here and below.
        private readonly T[] _reference;
        private readonly T[] _attempt;

        public Table(int[] reference, int[] attempt, T error, T substitution, WordDistances? distances)
        {
            _rows = reference.Length;
            _columns = attempt.Length;
            _height = Math.Min(_rows, distances is null ? TallStrip : WordDistances.MostWords);
            _vectors = (_height + Lanes - 1) / Lanes;
            _hit = Vector256.Create(error + error);
            _substitution = Vector256.Create(error - substitution);
            _distances = distances;
            _reference = new T[_rows + Lanes];
            _attempt = new T[_columns + Lanes];
            for (var i = 0; i < _rows; i++)
            {
                _reference[i] = T.CreateTruncating(reference[i]);
            }

            for (var j = 0; j < _columns; j++)
            {
                _attempt[_columns - 1 - j] = T.CreateTruncating(attempt[j]);
            }
        }

        private int Strips => _height == 0 ? 0 : (_rows + _height - 1) / _height;

        public List<AlignedPair> Align()
        {
            var moves = ArrayPool<byte>.Shared.Rent(Offset(0, 0, 0) + (_vectors * Lanes / 4) + sizeof(uint));
            try
            {
                Fill(moves);
                return Walk(moves);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(moves);
            }
        }

        /// <summary>
        /// Where the moves of a vector of cells are, two bits per cell; in the order they are found in, since always four bytes are written.
        /// </summary>
        private int Offset(int strip, int diagonal, int vector)
        {
            var diagonals = _columns + _height - 1;
            var before = ((Strips - 1L - strip) * diagonals) + diagonals - 1 - diagonal;
            return checked((int)(((before * _vectors) + vector) * Lanes / 4));
        }

        private void Fill(Span<byte> moves)
        {
            // How much more the gain of a cell is than that of its right or lower neighbour: in the first row of the strip below, and in the anti-diagonal
            // after this one, a row an element.
            var border = new T[_columns];
            var overRight = new T[_height + Lanes + 1];
            var overLower = new T[_height + Lanes];
            for (var strip = Strips - 1; strip >= 0; strip--)
            {
                var firstRow = strip * _height;
                var height = Math.Min(_height, _rows - firstRow);
                var beyondOne = _distances is null ? [] : _distances.BeyondOne(firstRow, height);
                Array.Clear(overLower);
                for (var diagonal = height + _columns - 2; diagonal >= 0; diagonal--)
                {
                    var row = Math.Max(0, diagonal - _columns + 1);
                    if (diagonal >= height - 1)
                    {
                        overRight[height] = border[diagonal - height + 1];
                    }

                    var cells = Math.Min(height - 1, diagonal) - row + 1;
                    FillDiagonal(
                        _reference.AsSpan(firstRow + row),
                        _attempt.AsSpan(_columns - 1 - diagonal + row),
                        beyondOne.IsEmpty ? [] : beyondOne[((diagonal * _height) + row)..],
                        overRight.AsSpan(row),
                        overLower.AsSpan(row),
                        moves[Offset(strip, diagonal, 0)..],
                        cells);
                    if (diagonal < _columns)
                    {
                        border[diagonal] = overRight[0];
                    }
                }
            }
        }

        /// <summary>The cells of an anti-diagonal in a strip, the highest first, from those of the one after it.</summary>
        private void FillDiagonal(ReadOnlySpan<T> reference, ReadOnlySpan<T> attempt, ReadOnlySpan<uint> beyondOne, Span<T> overRight, Span<T> overLower, Span<byte> moves, int cells)
        {
            var (hit, substitution) = (_hit, _substitution);
            var end = (cells + Lanes - 1) / Lanes * Lanes;

            // Cut once, so that nothing need be checked in the loop.
            reference = reference[..end];
            attempt = attempt[..end];
            beyondOne = beyondOne.IsEmpty ? [] : beyondOne[..end];
            overRight = overRight[..(end + 1)];
            overLower = overLower[..end];
            ref var above = ref MemoryMarshal.GetReference(reference);
            ref var beside = ref MemoryMarshal.GetReference(attempt);
            ref var beyond = ref MemoryMarshal.GetReference(beyondOne);
            ref var rights = ref MemoryMarshal.GetReference(overRight);
            ref var lowers = ref MemoryMarshal.GetReference(overLower);
            ref var bytes = ref MemoryMarshal.GetReference(moves[..((end / 4) + sizeof(uint))]);
            for (nuint i = 0; i < (nuint)end; i += (nuint)Lanes)
            {
                var delete = Vector256.LoadUnsafe(ref rights, i + 1);
                var insert = Vector256.LoadUnsafe(ref lowers, i);
                var isHit = Vector256.Equals(Vector256.LoadUnsafe(ref above, i), Vector256.LoadUnsafe(ref beside, i));
                var differs = beyondOne.IsEmpty ? substitution : substitution - Load(ref beyond, i);
                var pair = Vector256.ConditionalSelect(isHit, hit, differs);
                var best = Vector256.Max(Vector256.Max(pair, delete), insert);
                (best - insert).StoreUnsafe(ref rights, i);
                (best - delete).StoreUnsafe(ref lowers, i);
                var bits = Vector256.Equals(best, pair).ExtractMostSignificantBits() | (Vector256.Equals(best, delete).ExtractMostSignificantBits() << Lanes);
                Unsafe.WriteUnaligned(ref Unsafe.Add(ref bytes, i / 4), BitConverter.IsLittleEndian ? bits : BinaryPrimitives.ReverseEndianness(bits));
            }
        }

        private static Vector256<T> Load(ref uint values, nuint index)
        {
            if (typeof(T) == typeof(uint))
            {
                return Vector256.LoadUnsafe(ref values, index).As<uint, T>();
            }

            var narrow = Vector128.LoadUnsafe(ref values, index);
            return Vector256.Create(Vector128.WidenLower(narrow), Vector128.WidenUpper(narrow)).As<ulong, T>();
        }

        private List<AlignedPair> Walk(ReadOnlySpan<byte> moves)
        {
            var pairs = new List<AlignedPair>(Math.Max(_rows, _columns));
            var (row, column) = (0, 0);
            while (row < _rows && column < _columns)
            {
                var (strip, rowOfStrip) = Math.DivRem(row, _height);
                var diagonal = rowOfStrip + column;
                var (vector, lane) = Math.DivRem(rowOfStrip - Math.Max(0, diagonal - _columns + 1), Lanes);
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(moves[Offset(strip, diagonal, vector)..]) >> lane;
                if ((bits & 1) != 0)
                {
                    pairs.Add(new AlignedPair(row++, column++));
                }
                else if (((bits >> Lanes) & 1) != 0)
                {
                    pairs.Add(new AlignedPair(row++, -1));
                }
                else
                {
                    pairs.Add(new AlignedPair(-1, column++));
                }
            }

            while (row < _rows)
            {
                pairs.Add(new AlignedPair(row++, -1));
            }

            while (column < _columns)
            {
                pairs.Add(new AlignedPair(-1, column++));
            }

            return pairs;
        }
    }
}
