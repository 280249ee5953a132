namespace Dictation.Domain.Attempts.Scoring;

/// <summary>
/// The table of edit distances between two rows of symbols (insertion, deletion and substitution 1 each), 64 cells at a time by Myers' bit
/// vectors in Hyyrö's form (H. Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", 2003): of a cell only the
/// differences to its neighbours exist. Symbols are numbers from 0 up to and without the alphabet's size.
/// </summary>
internal sealed class EditTable
{
    /// <summary>How many rows a block has.</summary>
    public const int BlockRows = 64;

    private readonly int _columns;

    private EditTable(int rows, int columns)
    {
        _columns = columns;

        // The elements of column 0 are left as they are: of that column there is nothing to say.
        var slots = Blocks(rows) * (columns + 1);
        DiagonalIsFree = GC.AllocateUninitializedArray<ulong>(slots);
        RightCosts = GC.AllocateUninitializedArray<ulong>(slots);
        DownCosts = GC.AllocateUninitializedArray<ulong>(slots);
    }

    /// <summary>A bit a cell, an element 64 rows of a column; see <see cref="Slot"/>. Set where the cell's distance is that of its upper left neighbour.</summary>
    public ulong[] DiagonalIsFree { get; }

    /// <summary>Set where the cell's distance is one more than its left neighbour's: an insertion leads here at least cost.</summary>
    public ulong[] RightCosts { get; }

    /// <summary>Set where the cell's distance is one more than its upper neighbour's: a deletion leads here at least cost.</summary>
    public ulong[] DownCosts { get; }

    public static int Blocks(int rows) => (rows + BlockRows - 1) / BlockRows;

    /// <param name="positions">A zero for every symbol there is; zeroes again on return.</param>
    public static int Distance(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ulong[] positions) => Fill(rows, columns, positions, null);

    /// <param name="positions">As of <see cref="Distance(ReadOnlySpan{int}, ReadOnlySpan{int}, ulong[])"/>.</param>
    public static EditTable Of(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ulong[] positions)
    {
        var table = new EditTable(rows.Length, columns.Length);
        _ = Fill(rows, columns, positions, table);
        return table;
    }

    /// <summary>Which element of the bit tables holds rows 64 * <paramref name="block"/> + 1 and on of a column; columns count from 0, the empty one.</summary>
    public int Slot(int block, int column) => (block * (_columns + 1)) + column;

    private static int Fill(ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, ulong[] positions, EditTable? table)
    {
        // Whether each column goes up or down along the lowest row so far.
        var rises = new ulong[columns.Length];
        var falls = new ulong[columns.Length];
        Array.Fill(rises, 1ul);
        for (var block = 0; block < Blocks(rows.Length); block++)
        {
            var part = rows[(block * BlockRows)..Math.Min(rows.Length, (block + 1) * BlockRows)];
            for (var i = 0; i < part.Length; i++)
            {
                positions[part[i]] |= 1ul << i;
            }

            FillBlock(part.Length - 1, columns, positions, rises, falls, table, table?.Slot(block, 1) ?? 0);
            foreach (var symbol in part)
            {
                positions[symbol] = 0;
            }
        }

        var distance = rows.Length;
        for (var j = 0; j < columns.Length; j++)
        {
            distance += (int)rises[j] - (int)falls[j];
        }

        return distance;
    }

    private static void FillBlock(int lastRow, ReadOnlySpan<int> columns, ulong[] positions, Span<ulong> rises, Span<ulong> falls, EditTable? table, int slot)
    {
        var down = ulong.MaxValue;
        var up = 0ul;
        for (var j = 0; j < columns.Length; j++, slot++)
        {
            var equal = positions[columns[j]] | falls[j];
            var free = (((equal & down) + down) ^ down) | equal | up;
            var right = up | ~(free | down);
            var left = down & free;
            var (rightAbove, leftAbove) = (rises[j], falls[j]);
            rises[j] = (right >> lastRow) & 1;
            falls[j] = (left >> lastRow) & 1;
            var shiftedRight = (right << 1) | rightAbove;
            down = (left << 1) | leftAbove | ~(free | shiftedRight);
            up = shiftedRight & free;
            if (table is not null)
            {
                table.DiagonalIsFree[slot] = free;
                table.RightCosts[slot] = right;
                table.DownCosts[slot] = down;
            }
        }
    }
}
