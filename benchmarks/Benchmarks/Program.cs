using Dictation.Benchmarks;

// Scores against public checkouts: they take a path and write no page.
switch (args)
{
    case ["reading", var checkout, var language]:
        return ReadingScore.Run(checkout, language);
    case ["sentences", var checkout]:
        return SentenceScore.Run(checkout);
}

var benchmarks = new Dictionary<string, Func<Task<Report>>>(StringComparer.Ordinal)
{
    ["mms"] = MmsBenchmark.RunAsync,
    ["normalizing"] = () => Task.FromResult(NormalizingBenchmark.Run()),
    ["practice"] = PracticeBenchmark.RunAsync,
    ["published-voice"] = PublishedVoiceBenchmark.RunAsync,
    ["requests"] = RequestsBenchmark.RunAsync,
    ["scoring"] = () => Task.FromResult(ScoringBenchmark.Run()),
    ["scoring-textbook"] = TextbookBenchmark.RunAsync,
    ["service"] = ServiceBenchmark.RunAsync,
    ["sherpa"] = SherpaBenchmark.RunAsync,
    ["start"] = StartBenchmark.RunAsync,
    ["voice-settings"] = VoiceSettingsBenchmark.RunAsync,
};
var names = args.Length == 0 ? [.. benchmarks.Keys] : args;
if (names.FirstOrDefault(n => !benchmarks.ContainsKey(n)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no benchmark '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 1;
}

foreach (var name in names)
{
    var report = await benchmarks[name]();
    Console.WriteLine(report.ToMarkdown());
    PerformancePage.Write(name, report);
}

return 0;
