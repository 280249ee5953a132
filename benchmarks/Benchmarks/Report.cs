using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Dictation.Shared;

namespace Dictation.Benchmarks;

/// <summary>A table of figures from one run.</summary>
internal sealed record Report(string Title, string Explanation, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    public string ToMarkdown()
    {
        var text = new StringBuilder().Append("## ").Append(Title).Append("\n\n").Append(Explanation).Append("\n\n");
        foreach (var row in (IReadOnlyList<string>[])[Columns, [.. Columns.Select((_, i) => i == 0 ? "---" : "---:")], .. Rows])
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        return text.ToString();
    }
}

/// <summary>docs/performance.md: a section a benchmark, each replaced by its next run.</summary>
internal static class PerformancePage
{
    public static void Write(string name, Report report)
    {
        var file = Path.Combine(Repository.Root, "docs", "performance.md");
        var text = File.ReadAllText(file);
        var (begin, end) = ($"<!-- {name}: written by benchmarks/Benchmarks -->", $"<!-- end of {name} -->");
        var section = $"{begin}\n{report.ToMarkdown()}\nMeasured on {Machine()}\n\n{end}";
        var pattern = $"{Regex.Escape(begin)}.*?{Regex.Escape(end)}";
        File.WriteAllText(file, Regex.IsMatch(text, pattern, RegexOptions.Singleline)
            ? Regex.Replace(text, pattern, _ => section, RegexOptions.Singleline)
            : $"{text.TrimEnd()}\n\n{section}\n");
    }

    private static string Machine()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var processor = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{processor ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Split('#')[0].Trim()}, .NET {Environment.Version}.");
    }
}

internal static class Timing
{
    /// <summary>The first rounds compile and fill caches, and do not count.</summary>
    public const int WarmUpRounds = 3;

    /// <summary>Milliseconds of each case: the median of many rounds, in each of which every case has one turn, in an order by chance: what one leaves behind in caches then meets all the others alike.</summary>
    public static async Task<IReadOnlyList<double>> MediansAsync(IReadOnlyList<Func<Task>> cases, int rounds) => [.. (await RoundsAsync(cases, rounds)).Select(Median)];

    /// <summary>As <see cref="MediansAsync"/>, each round's time of each case.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> RoundsAsync(IReadOnlyList<Func<Task>> cases, int rounds)
    {
        var times = cases.Select(_ => new List<double>()).ToList();
        var random = new Random(1);
        int[] order = [.. Enumerable.Range(0, cases.Count)];
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            random.Shuffle(order);
            foreach (var i in order)
            {
                var started = Stopwatch.GetTimestamp();
                await cases[i]();

                if (round >= 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        return times;
    }

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    public static string Milliseconds(double value) => value.ToString(value < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
