using System.Numerics;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>A position of one row facing one of the other; -1 where nothing faces it.</summary>
internal readonly record struct AlignedPair(int Reference, int Attempt);

/// <summary>
/// Aligns two rows of symbols: with the fewest errors; of those alignments with the most hits; of those with the least total distance of the
/// pairs that differ; of those the one which, read from the start, first pairs where another deletes or inserts, then first deletes.
/// </summary>
internal static class OptimalAlignment
{
    private const long Unreached = long.MaxValue;

    // The move's rank is the lowest two bits of a key, the cost the rest; so the least key is the least cost and of those the first move.
    private const int MoveBits = 2;
    private const long MoveMask = (1L << MoveBits) - 1;
    private const long Pair = 0;
    private const long Delete = 1;
    private const long Insert = 2;

    // Outweighs any sum of distances: with the errors given, fewer substitutions are more hits.
    private const long Substitution = 1L << 32;

    /// <param name="positions">A zero for every symbol there is; zeroes again on return.</param>
    /// <param name="distance">Of the pair of these positions, 1 or more; null where all pairs that differ do so by the same.</param>
    public static List<AlignedPair> Align(ReadOnlySpan<int> reference, ReadOnlySpan<int> attempt, ulong[] positions, Func<int, int, int>? distance)
    {
        if (reference.Length == 1 && attempt.Length == 1)
        {
            return [new AlignedPair(0, 0)];
        }

        var moves = EditTable.Of(reference, attempt, positions);
        var firstRow = Choose(reference, attempt, moves, distance);
        return Walk(reference.Length, attempt.Length, moves, firstRow);
    }

    /// <summary>
    /// From the end back to the start over the cells that least-error paths pass through, leaves in each the best move onwards: in the table, whose
    /// bits of a cell are not needed once it is passed (a set bit of <see cref="EditTable.DownCosts"/> now says delete, of
    /// <see cref="EditTable.RightCosts"/> insert), and in the row returned for the cells above it.
    /// </summary>
    private static long[] Choose(ReadOnlySpan<int> reference, ReadOnlySpan<int> attempt, EditTable table, Func<int, int, int>? distance)
    {
        var columns = attempt.Length;
        var below = new long[columns + 1];
        Array.Fill(below, Unreached);
        below[columns] = 0;

        // Keys of the cells of this column and of the one to the left; [0] is the last row of the block above.
        var keys = new long[EditTable.BlockRows + 1];
        var keysLeft = new long[EditTable.BlockRows + 1];
        Array.Fill(keys, Unreached);
        Array.Fill(keysLeft, Unreached);
        for (var block = EditTable.Blocks(reference.Length) - 1; block >= 0; block--)
        {
            var firstRow = block * EditTable.BlockRows;
            var height = Math.Min(EditTable.BlockRows, reference.Length - firstRow);
            var reached = 0ul;
            for (var j = columns; j >= 0; j--)
            {
                if (reached == 0 && below[j] == Unreached)
                {
                    below[j] = keys[0];
                    keys[0] = Unreached;
                    (keys, keysLeft) = (keysLeft, keys);
                    continue;
                }

                if (below[j] != Unreached)
                {
                    keys[height] = Math.Min(keys[height], below[j]);
                    reached |= 1ul << (height - 1);
                }

                var slot = table.Slot(block, j);
                var (free, right, down) = j == 0 ? (ulong.MaxValue, 0ul, ulong.MaxValue) : (table.DiagonalIsFree[slot], table.RightCosts[slot], table.DownCosts[slot]);
                var reachedLeft = 0ul;
                var deletes = 0ul;
                var inserts = 0ul;
                while (reached != 0)
                {
                    // A run of cells that lie one above the other, from the lowest; deletions lead from each to the next.
                    var bit = BitOperations.Log2(reached);
                    var fromBelow = Unreached;
                    do
                    {
                        var key = Math.Min(keys[bit + 1], fromBelow);
                        keys[bit + 1] = Unreached;
                        var cost = key & ~MoveMask;
                        deletes |= (ulong)(key & Delete) << bit;
                        inserts |= (ulong)((key & Insert) >> 1) << bit;
                        if (((right >> bit) & 1) != 0)
                        {
                            keysLeft[bit + 1] = Math.Min(keysLeft[bit + 1], cost | Insert);
                            reachedLeft |= 1ul << bit;
                        }

                        var isFree = ((free >> bit) & 1) != 0;
                        if (!isFree || (j > 0 && reference[firstRow + bit] == attempt[j - 1]))
                        {
                            var pair = isFree ? cost : cost + ((Substitution + (distance?.Invoke(firstRow + bit, j - 1) ?? 1)) << MoveBits);
                            keysLeft[bit] = Math.Min(keysLeft[bit], pair | Pair);
                            reachedLeft |= (1ul << bit) >> 1;
                        }

                        fromBelow = ((down >> bit) & 1) != 0 ? cost | Delete : Unreached;
                        bit--;
                    }
                    while (bit >= 0 && (fromBelow != Unreached || ((reached >> bit) & 1) != 0));

                    keys[bit + 1] = Math.Min(keys[bit + 1], fromBelow);
                    reached &= (1ul << (bit + 1)) - 1;
                }

                table.DownCosts[slot] = deletes;
                table.RightCosts[slot] = inserts;
                below[j] = keys[0];
                keys[0] = Unreached;
                (keys, keysLeft) = (keysLeft, keys);
                reached = reachedLeft;
            }
        }

        for (var j = columns; j > 0; j--)
        {
            if (below[j] != Unreached)
            {
                below[j - 1] = Math.Min(below[j - 1], (below[j] & ~MoveMask) | Insert);
            }
        }

        return below;
    }

    private static List<AlignedPair> Walk(int rows, int columns, EditTable table, long[] firstRow)
    {
        var pairs = new List<AlignedPair>(Math.Max(rows, columns));
        var (row, column) = (0, 0);
        while (row < rows || column < columns)
        {
            long move;
            if (row == 0)
            {
                move = firstRow[column] & MoveMask;
            }
            else
            {
                var slot = table.Slot((row - 1) / EditTable.BlockRows, column);
                var bit = (row - 1) % EditTable.BlockRows;
                move = ((table.DownCosts[slot] >> bit) & 1) != 0 ? Delete : ((table.RightCosts[slot] >> bit) & 1) != 0 ? Insert : Pair;
            }

            pairs.Add(new AlignedPair(move == Insert ? -1 : row, move == Delete ? -1 : column));
            row += move == Insert ? 0 : 1;
            column += move == Delete ? 0 : 1;
        }

        return pairs;
    }
}
