namespace Dictation.Shared;

internal static class EditDistance
{
    /// <summary>Levenshtein distance in UTF-16 units, as textbooks compute it.</summary>
    public static int Between(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var next = new int[b.Length + 1];
            next[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                next[j] = Math.Min(Math.Min(row[j], next[j - 1]) + 1, row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            row = next;
        }

        return row[^1];
    }
}
