using System.Globalization;
using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Benchmarks;

/// <summary>How long an attempt of the longest kind takes to score, by the shape of the texts.</summary>
internal static class ScoringBenchmark
{
    private const int Rounds = 15;
    private const int Length = 10_000;
    private static readonly string[] Words = ["tuuli", "tuli", "pöytä", "kissa", "istuu", "ikkunalla", "ja", "katselee", "lintuja", "pihalla", "aamulla", "hyvin", "varhain"];

    public static Report Run()
    {
        var random = new Random(1);
        var text = Fill(() => Words[random.Next(Words.Length)] + " ");
        var mutated = string.Join(' ', text.Split(' ').Select(w => random.Next(8) switch { 0 => w + "n", 1 => w.Length > 2 ? w[1..] : w, 2 => $"{w} {w}", _ => w }))[..Length];
        var numbers = Fill(i => $"{(char)('a' + i % 26)}{i:x4} ");
        var letters = Fill(() => $"{(char)('a' + random.Next(26))} ");
        (string Name, string Reference, string Attempt, string Locale)[] shapes =
        [
            ("an attempt with slips", text, mutated, "fi"),
            ("another text", text, Fill(() => Words[random.Next(Words.Length)] + " "), "fi"),
            ("all words different", numbers, Fill(i => $"{(char)('a' + i % 26)}{i + 9999:x4} "), "fi"),
            ("words of one letter", letters, Fill(() => $"{(char)('a' + random.Next(26))} "), "fi"),
            ("words of one letter, halves swapped", letters, letters[5000..] + letters[..5000], "fi"),
            ("one word of 10,000 letters", Fill(() => $"{(char)('a' + random.Next(26))}"), Fill(() => $"{(char)('a' + random.Next(26))}"), "fi"),
            ("Chinese", Fill(() => $"{(char)('一' + random.Next(3000))}"), Fill(() => $"{(char)('一' + random.Next(3000))}"), "zh"),
            ("Chinese, halves swapped", Halves('一', '七'), Halves('七', '一'), "zh"),
            ("Chinese with Latin words among it", Fill(() => Mixed(random)), Fill(() => Mixed(random)), "zh"),
            ("words of one and two letters", Fill(() => Short(random)), Fill(() => Short(random)), "fi"),
            ("nothing but spaces", text, new string(' ', Length), "fi"),
        ];
        var medians = Timing.MediansAsync(
            [.. shapes.Select(s => (Func<Task>)(() =>
            {
                AttemptScorer.Score(s.Reference, s.Attempt, s.Locale);
                return Task.CompletedTask;
            }))],
            Rounds).GetAwaiter().GetResult();
        return new Report(
            "Scoring",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- scoring`: {Length.ToString("N0", CultureInfo.InvariantCulture)} characters against as many, in milliseconds (medians of {Rounds} interleaved rounds). The target is 100.",
            ["Text and attempt", "ms"],
            [.. shapes.Zip(medians, (s, m) => (string[])[s.Name, Timing.Milliseconds(m)])]);
    }

    private static string Mixed(Random random) => random.Next(3) == 0 ? $" {Words[random.Next(Words.Length)]} " : $"{(char)('一' + random.Next(3000))}";

    private static string Short(Random random) => random.Next(2) == 0 ? $"{(char)('a' + random.Next(26))} " : $"{(char)('a' + random.Next(26))}{(char)('a' + random.Next(26))} ";

    private static string Fill(Func<string> next) => Fill(_ => next());

    private static string Fill(Func<int, string> next) => string.Concat(Enumerable.Range(0, Length).Select(next))[..Length];

    private static string Halves(char first, char second) => new string(first, Length / 2) + new string(second, Length / 2);
}
