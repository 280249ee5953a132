using Dictation.Speech;

namespace Dictation.Benchmarks;

/// <summary>
/// How many of NeMo-text-processing's test inputs are read as its files say, by letters and digits alone. The files are not part of this
/// repository: the checkout's path is given.
/// </summary>
internal static class ReadingScore
{
    /// <param name="checkout">A checkout of NVIDIA/NeMo-text-processing.</param>
    /// <param name="language">Primary code: <c>en</c>.</param>
    public static int Run(string checkout, string language)
    {
        var folder = Path.Combine(checkout, "tests", "nemo_text_processing", language, "data_text_normalization");
        var normalizer = new TextNormalizers().For(language, voiceReadsDigits: false);
        var (total, right) = (0, 0);
        List<string> misses = [];
        foreach (var file in Directory.EnumerateFiles(folder, "test_cases_*.txt").Order(StringComparer.Ordinal))
        {
            var inputs = Inputs(file).ToList();
            var before = misses.Count;
            foreach (var (written, readings) in inputs)
            {
                var spoken = normalizer.Normalize(written).Text;
                if (!readings.Exists(reading => Sounds(reading) == Sounds(spoken)))
                {
                    misses.Add($"{Path.GetFileNameWithoutExtension(file)["test_cases_".Length..]}: {written} | {spoken} | {string.Join(" / ", readings)}");
                }
            }

            var found = inputs.Count - (misses.Count - before);
            Console.WriteLine($"{Path.GetFileNameWithoutExtension(file)}: {found} of {inputs.Count}");
            (total, right) = (total + inputs.Count, right + found);
        }

        misses.ForEach(Console.WriteLine);
        Console.WriteLine(FormattableString.Invariant($"All: {right} of {total} ({(double)right / total:P1})"));
        return 0;
    }

    // "written~spoken" lines, or a line "~written" and a line for each reading that counts.
    private static IEnumerable<(string Written, List<string> Readings)> Inputs(string file)
    {
        var lines = File.ReadAllLines(file);
        if (!file.Contains("with_audio", StringComparison.Ordinal))
        {
            foreach (var line in lines.Where(line => line.Contains('~', StringComparison.Ordinal)))
            {
                var parts = line.Split('~', 2);
                yield return (parts[0], [parts[1]]);
            }

            yield break;
        }

        for (var i = 0; i < lines.Length;)
        {
            var written = lines[i++];
            var readings = lines[i..].TakeWhile(line => !line.StartsWith('~')).ToList();
            i += readings.Count;
            if (written.StartsWith('~'))
            {
                yield return (written.TrimStart('~'), readings);
            }
        }
    }

    private static string Sounds(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));
}
