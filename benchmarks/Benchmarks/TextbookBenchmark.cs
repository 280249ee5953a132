using System.Globalization;
using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Benchmarks;

/// <summary>Words that the scorer gets through in a second, against the plain quadratic algorithm of textbooks.</summary>
internal static class TextbookBenchmark
{
    private const int Rounds = 15;

    public static async Task<Report> RunAsync()
    {
        (string Name, int Sentences, int Repeats)[] sizes = [("a sentence", 1, 400), ("ten sentences", 10, 40), ("a hundred sentences", 100, 1)];
        var random = new Random(2);
        List<IReadOnlyList<string>> rows = [];
        foreach (var (name, sentences, repeats) in sizes)
        {
            var pairs = Sentences.Finnish(sentences * repeats, seed: 9).Chunk(sentences).Select(s => string.Join(' ', s)).Select(t => (Said: t, Written: WithSlips(t, random))).ToArray();
            var words = pairs.Sum(p => Textbook.Words(p.Said).Length);
            var medians = await Timing.MediansAsync(
                [
                    () =>
                    {
                        foreach (var (said, written) in pairs)
                        {
                            AttemptScorer.Score(said, written, "fi");
                        }

                        return Task.CompletedTask;
                    },
                    () =>
                    {
                        foreach (var (said, written) in pairs)
                        {
                            Textbook.Score(said, written);
                        }

                        return Task.CompletedTask;
                    },
                ],
                Rounds);
            rows.Add([$"{name} ({(words / pairs.Length).ToString(CultureInfo.InvariantCulture)} words)", Rate(words, medians[0]), Rate(words, medians[1]), (medians[1] / medians[0]).ToString("0.00", CultureInfo.InvariantCulture)]);
        }

        return new Report(
            "Scoring against the textbook",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- scoring-textbook`: words of the reference per second (medians of {Rounds} interleaved rounds). The textbook's algorithm fills the whole table of word distances and of letter distances, which gives WER, CER and an alignment of words; ours also aligns letters, finds the best of all alignments by likeness, names each slip, weighs it, and writes the feedback.",
            ["Text", "Scorer", "Textbook", "Ratio"],
            rows);
    }

    private static string Rate(int words, double milliseconds) => (words / milliseconds * 1000).ToString("N0", CultureInfo.InvariantCulture);

    private static string WithSlips(string text, Random random) =>
        string.Join(' ', text.Split(' ').Select(w => random.Next(8) switch { 0 => w + "n", 1 => w.Length > 2 ? w[1..] : w, 2 => $"{w} {w}", _ => w }));

    private static class Textbook
    {
        public static string[] Words(string text) =>
            new string([.. text.ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        public static (double Wer, double Cer, int Aligned) Score(string said, string written)
        {
            var (a, b) = (Words(said), Words(written));
            var words = Table(a, b);
            var (x, y) = (string.Join(' ', a).ToCharArray(), string.Join(' ', b).ToCharArray());
            var letters = Table(x, y);
            return ((double)words[a.Length, b.Length] / a.Length, (double)letters[x.Length, y.Length] / x.Length, Aligned(words, a.Length, b.Length));
        }

        private static int[,] Table<T>(T[] a, T[] b)
            where T : IEquatable<T>
        {
            var table = new int[a.Length + 1, b.Length + 1];
            for (var i = 0; i <= a.Length; i++)
            {
                table[i, 0] = i;
            }

            for (var j = 0; j <= b.Length; j++)
            {
                table[0, j] = j;
            }

            for (var i = 1; i <= a.Length; i++)
            {
                for (var j = 1; j <= b.Length; j++)
                {
                    table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1].Equals(b[j - 1]) ? 0 : 1));
                }
            }

            return table;
        }

        /// <summary>How many words of both stand opposite each other, found by walking back.</summary>
        private static int Aligned(int[,] table, int i, int j)
        {
            var aligned = 0;
            while (i > 0 && j > 0)
            {
                if (table[i, j] == table[i - 1, j] + 1)
                {
                    i--;
                }
                else if (table[i, j] == table[i, j - 1] + 1)
                {
                    j--;
                }
                else
                {
                    (i, j, aligned) = (i - 1, j - 1, aligned + 1);
                }
            }

            return aligned;
        }
    }
}
