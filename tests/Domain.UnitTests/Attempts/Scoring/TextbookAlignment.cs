namespace Dictation.Domain.UnitTests.Attempts.Scoring;

/// <summary>
/// The oracle: the rule of docs/scoring.md by the plain quadratic recurrence, on words that were made to be taken apart by Split and Trim.
/// </summary>
internal static class TextbookAlignment
{
    public static string[] Words(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Fold).Where(w => w.Length > 0)];

    public static string Fold(string word) => word.Trim('.', ',', '!', '?', '"', '”', '…').Replace('’', '\'').ToLowerInvariant();

    public static int Distance(string a, string b)
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

    /// <summary>Fewest errors, then most hits, then least distance of the pairs that differ.</summary>
    public static Path Best(string[] reference, string[] attempt)
    {
        var row = Enumerable.Range(0, attempt.Length + 1).Select(j => new Path(0, 0, 0, j, 0)).ToArray();
        for (var i = 1; i <= reference.Length; i++)
        {
            var next = new Path[attempt.Length + 1];
            next[0] = new Path(0, 0, i, 0, 0);
            for (var j = 1; j <= attempt.Length; j++)
            {
                var pair = reference[i - 1] == attempt[j - 1]
                    ? row[j - 1] with { Hits = row[j - 1].Hits + 1 }
                    : row[j - 1] with { Substitutions = row[j - 1].Substitutions + 1, Distance = row[j - 1].Distance + Distance(reference[i - 1], attempt[j - 1]) };
                Path[] moves = [pair, row[j] with { Deletions = row[j].Deletions + 1 }, next[j - 1] with { Insertions = next[j - 1].Insertions + 1 }];
                next[j] = moves.MinBy(p => (p.Errors, -p.Hits, p.Distance))!;
            }

            row = next;
        }

        return row[^1];
    }

    /// <param name="Distance">Sum over the substitutions.</param>
    public sealed record Path(int Hits, int Substitutions, int Deletions, int Insertions, int Distance)
    {
        public int Errors => Substitutions + Deletions + Insertions;
    }
}
