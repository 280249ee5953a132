using System.Text;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

/// <summary>
/// The oracle: the rule of docs/scoring.md by the plain quadratic recurrence, on words that were made to be taken apart by Split and Trim.
/// </summary>
internal static class TextbookAlignment
{
    public static string[] Words(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Fold).Where(w => w.Length > 0)];

    public static string Fold(string word) => word.Trim('.', ',', '!', '?', '"', '”', '…').Replace('’', '\'').ToLowerInvariant();

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
                    : row[j - 1] with { Substitutions = row[j - 1].Substitutions + 1, Distance = row[j - 1].Distance + EditDistance.Between(reference[i - 1], attempt[j - 1]) };
                Path[] moves = [pair, row[j] with { Deletions = row[j].Deletions + 1 }, next[j - 1] with { Insertions = next[j - 1].Insertions + 1 }];
                next[j] = moves.MinBy(p => (p.Errors, -p.Hits, p.Distance))!;
            }

            row = next;
        }

        return row[^1];
    }

    /// <summary>Of the alignments that <see cref="Best"/> is about the one which, read from the start, first pairs (=), then first deletes (-), then inserts (+).</summary>
    public static string FirstBest(string[] reference, string[] attempt)
    {
        var distances = reference.Distinct().SelectMany(_ => attempt.Distinct(), (r, a) => (r, a)).ToDictionary(p => p, p => EditDistance.Between(p.r, p.a));
        var rest = new (int Errors, int Misses, int Distance)[reference.Length + 1, attempt.Length + 1];
        (int Errors, int Misses, int Distance) Pair(int i, int j)
        {
            var distance = distances[(reference[i], attempt[j])];
            var (errors, misses, sum) = rest[i + 1, j + 1];
            return distance == 0 ? (errors, misses, sum) : (errors + 1, misses + 1, sum + distance);
        }

        (int Errors, int Misses, int Distance) Gap(int i, int j) => rest[i, j] with { Errors = rest[i, j].Errors + 1 };
        IEnumerable<((int Errors, int Misses, int Distance) Cost, char Move)> Moves(int i, int j)
        {
            if (i < reference.Length && j < attempt.Length)
            {
                yield return (Pair(i, j), '=');
            }

            if (i < reference.Length)
            {
                yield return (Gap(i + 1, j), '-');
            }

            if (j < attempt.Length)
            {
                yield return (Gap(i, j + 1), '+');
            }
        }

        for (var i = reference.Length; i >= 0; i--)
        {
            for (var j = attempt.Length; j >= 0; j--)
            {
                rest[i, j] = Moves(i, j).Select(m => m.Cost).DefaultIfEmpty().Min();
            }
        }

        var moves = new StringBuilder();
        for (var (i, j) = (0, 0); i < reference.Length || j < attempt.Length;)
        {
            var move = Moves(i, j).First(m => m.Cost == rest[i, j]).Move;
            moves.Append(move);
            i += move == '+' ? 0 : 1;
            j += move == '-' ? 0 : 1;
        }

        return moves.ToString();
    }

    /// <param name="Distance">Sum over the substitutions.</param>
    public sealed record Path(int Hits, int Substitutions, int Deletions, int Insertions, int Distance)
    {
        public int Errors => Substitutions + Deletions + Insertions;
    }
}
