using System.Text.RegularExpressions;
using Dictation.Speech;

namespace Dictation.Benchmarks;

/// <summary>
/// How many texts of pragmatic_segmenter's English spec are cut as the spec says, by the letters and digits of each sentence. The spec is not part
/// of this repository: the checkout's path is given.
/// </summary>
internal static partial class SentenceScore
{
    /// <param name="checkout">A checkout of diasks2/pragmatic_segmenter.</param>
    public static int Run(string checkout)
    {
        var spec = File.ReadAllText(Path.Combine(checkout, "spec", "pragmatic_segmenter", "languages", "english_spec.rb"));
        var behindRules = spec.IndexOf("describe '#segment'", StringComparison.Ordinal);
        var counts = new (int Right, int All)[2];
        foreach (Match test in Test().Matches(spec))
        {
            var text = Literal().Match(test.Groups["text"].Value);
            var expected = Literal().Matches(test.Groups["sentences"].Value).Select(Unquoted).Select(Sounds).Where(s => s.Length > 0).ToList();
            var found = Sentences(Unquoted(text)).Select(Sounds).Where(s => s.Length > 0).ToList();
            var isRight = expected.SequenceEqual(found);
            ref var count = ref counts[test.Index < behindRules ? 0 : 1];
            count = (count.Right + (isRight ? 1 : 0), count.All + 1);
            if (!isRight)
            {
                Console.WriteLine($"{test.Groups["name"].Value}\n  right: {string.Join(" | ", expected)}\n  found: {string.Join(" | ", found)}");
            }
        }

        Console.WriteLine($"Golden Rules: {counts[0].Right} of {counts[0].All}; texts behind them: {counts[1].Right} of {counts[1].All}");
        return 0;
    }

    /// <summary>The sentences as English's normaliser ends them, each as it is written.</summary>
    private static IEnumerable<string> Sentences(string text)
    {
        var spoken = new TextNormalizers().For("en", voiceReadsDigits: false).Normalize(text);
        var start = 0;
        foreach (var end in spoken.SentenceEnds ?? [])
        {
            var next = end;
            while (next < spoken.Text.Length && spoken.Text[next] is ' ' or '\n')
            {
                next++;
            }

            var stop = next < spoken.Text.Length ? spoken.SourceOffsets[next] : text.Length;
            yield return text[start..stop];
            start = stop;
        }
    }

    private static string Sounds(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsLetterOrDigit));

    private static string Unquoted(Match literal)
    {
        var body = literal.Value[1..^1];
        return literal.Value[0] == '\''
            ? body.Replace("\\'", "'", StringComparison.Ordinal)
            : Escape().Replace(body, m => m.Value[1] switch { 'n' => "\n", 'r' => "\r", 't' => "\t", var c => c.ToString() });
    }

    [GeneratedRegex(
        "it [\"'](?<name>[^\n]*?)[\"'] do\n(?:(?!\n    end).)*?text(?:: | = )(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')(?:(?!\n    end).)*?to eq\\((?<sentences>(?:(?!\n    end).)*)",
        RegexOptions.Singleline)]
    private static partial Regex Test();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();
}
