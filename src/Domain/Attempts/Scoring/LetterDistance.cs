namespace Dictation.Domain.Attempts.Scoring;

/// <summary>Edit distances between the letters of folded words, made for asking about one word of the attempt many times in a row.</summary>
internal sealed class LetterDistance(IEnumerable<Word> reference, IEnumerable<Word> attempt, int alphabetSize)
{
    private const int MaxBits = 64;

    private readonly int[][] _reference = [.. reference.Select(w => w.Letters)];
    private readonly int[][] _attempt = [.. attempt.Select(w => w.Letters)];
    private readonly ulong[] _positions = new ulong[alphabetSize];
    private int _held = -1;

    /// <summary>Between the words at these positions.</summary>
    public int Between(int referenceWord, int attemptWord)
    {
        var rows = _attempt[attemptWord];
        var columns = _reference[referenceWord];
        if (rows.Length == 1 || columns.Length == 1)
        {
            var (one, other) = rows.Length == 1 ? (rows[0], columns) : (columns[0], rows);
            return other.Length - (other.Contains(one) ? 1 : 0);
        }

        if (rows.Length > MaxBits)
        {
            Hold(-1);
            return EditTable.Distance(rows, columns, _positions);
        }

        Hold(attemptWord);
        return Distance(rows.Length, columns);
    }

    private void Hold(int attemptWord)
    {
        if (attemptWord == _held)
        {
            return;
        }

        if (_held >= 0)
        {
            foreach (var letter in _attempt[_held])
            {
                _positions[letter] = 0;
            }
        }

        if (attemptWord >= 0)
        {
            var letters = _attempt[attemptWord];
            for (var i = 0; i < letters.Length; i++)
            {
                _positions[letters[i]] |= 1ul << i;
            }
        }

        _held = attemptWord;
    }

    /// <summary>One block of <see cref="EditTable"/>, counting along its last row.</summary>
    private int Distance(int rows, int[] columns)
    {
        var last = 1ul << (rows - 1);
        var down = ulong.MaxValue;
        var up = 0ul;
        var distance = rows;
        foreach (var letter in columns)
        {
            var equal = _positions[letter];
            var free = (((equal & down) + down) ^ down) | equal | up;
            var right = up | ~(free | down);
            var left = down & free;
            distance += ((right & last) != 0 ? 1 : 0) - ((left & last) != 0 ? 1 : 0);
            right = (right << 1) | 1;
            down = (left << 1) | ~(free | right);
            up = right & free;
        }

        return distance;
    }
}
