using System.Diagnostics;
using System.Globalization;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using Dictation.Application.Items;
using Dictation.Application.Stats;
using Dictation.Application.Tts;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.Infrastructure;
using Dictation.Infrastructure.Persistence;
using Dictation.Shared;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dictation.Benchmarks;

/// <summary>Lists, searches and statistics with a thousand attempts and with a million, on SQLite.</summary>
internal static class PracticeBenchmark
{
    private const int Rounds = 25;
    private static readonly DateTime Now = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    // A year lies behind now; its parts are named by how far back they begin and end.
    private static readonly (string Name, Func<IMediator, Task> Call)[] Requests =
    [
        ("summary", m => m.Send(new GetSummary(null, null, null))),
        ("summary, the last 30 days", m => m.Send(new GetSummary(Now.AddDays(-30).AddMinutes(7), null, null))),
        ("summary, a month in the past", m => m.Send(new GetSummary(Now.AddDays(-120), Now.AddDays(-90), null))),
        ("summary, half a year in the past", m => m.Send(new GetSummary(Now.AddDays(-270), Now.AddDays(-90), null))),
        ("summary of a learner", m => m.Send(new GetSummary(null, null, "learner 7"))),
        ("practice log", m => m.Send(new GetPracticeLog(null, null, null))),
        ("practice log, page 50", m => m.Send(new GetPracticeLog(null, null, null, 50))),
        ("practice log, a month in the past", m => m.Send(new GetPracticeLog(Now.AddDays(-120), Now.AddDays(-90), null))),
        ("practice log of a learner", m => m.Send(new GetPracticeLog(null, null, "learner 7"))),
        ("one item", m => m.Send(new GetItemStats { Id = 7 })),
        ("progress, 365 days in Helsinki", m => m.Send(new GetProgress(null, null, null, 365, null, "Europe/Helsinki"))),
        ("progress, 30 days", m => m.Send(new GetProgress(null, null, null))),
        ("progress of a learner", m => m.Send(new GetProgress(null, null, "learner 7", 365))),
        ("progress on an item", m => m.Send(new GetProgress(null, null, null, 365, 7))),
        ("items", m => m.Send(new ListItems())),
        ("items by tag", m => m.Send(new ListItems(Tag: ["group 3"]))),
        ("items that failed", m => m.Send(new ListItems(TtsStatus: ItemSpeechStatus.Failed))),
        ("items by difficulty", m => m.Send(new ListItems(Difficulty: "2..4", Sort: "difficulty.asc"))),
        ("items by a part of the text", m => m.Send(new ListItems(Q: "LAUSE 77"))),
        ("attempts", m => m.Send(new ListAttempts(null, null, null, null))),
        ("attempts of a learner", m => m.Send(new ListAttempts(null, "learner 7", null, null))),
        ("tasks", m => m.Send(new ListTasks(null))),
        ("tasks that are done", m => m.Send(new ListTasks(TtsTaskStatus.Done))),
        ("tasks that failed", m => m.Send(new ListTasks(TtsTaskStatus.Failed))),
        ("statistics of tasks", m => m.Send(new GetTtsStatistics())),
    ];

    public static async Task<Report> RunAsync()
    {
        await using var few = await Database.FillAsync(attempts: 1_000, items: 1_000, learners: 20);
        await using var many = await Database.FillAsync(attempts: 1_000_000, items: 100_000, learners: 20_000);
        Console.WriteLine($"Asking, {Rounds} rounds…");
        var medians = await Timing.MediansAsync([.. Requests.SelectMany(r => (Func<Task>[])[() => few.AskAsync(r.Call), () => many.AskAsync(r.Call)])], Rounds);
        var firsts = new List<double>();
        foreach (var (_, call) in Requests)
        {
            firsts.Add(await many.AskFirstAsync(call));
        }

        return new Report(
            "Lists, filters and statistics",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- practice`: each request through its handler on SQLite, in milliseconds (medians of {Rounds} interleaved rounds), with 1,000 attempts on 1,000 items by 20 learners, and with 1,000,000 attempts on 100,000 items by 20,000 learners, over a year, and as many tasks as attempts. A list's time holds its total. The target is 1.3 times the time at 1,000. Counts and sums over 10,000 rows and more are kept for five seconds; *uncached* is a request that finds none kept, once in five seconds.",
            ["Request", "1,000", "1,000,000", "Ratio", "uncached"],
            [.. Requests.Select((r, i) => (string[])[r.Name, Timing.Milliseconds(medians[2 * i]), Timing.Milliseconds(medians[(2 * i) + 1]), (medians[(2 * i) + 1] / medians[2 * i]).ToString("0.0", CultureInfo.InvariantCulture), Timing.Milliseconds(firsts[i])])]);
    }

    private sealed class Database : IAsyncDisposable
    {
        private readonly TemporaryDirectory directory = new();
        private readonly ServiceProvider services;
        private readonly HeldClock clock = new();

        private Database()
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:ConnectionString"] = $"Data Source={Path.Combine(directory.Path, "dictation.db")}",
            }).Build();
            services = new ServiceCollection()
                .AddSingleton<IConfiguration>(configuration)
                .AddSingleton<TimeProvider>(clock)
                .AddSingleton<IAudioLinks, NoLinks>()
                .AddLogging()
                .AddApplication()
                .AddInfrastructure(DatabaseProviders.Sqlite)
                .BuildServiceProvider();
        }

        public static async Task<Database> FillAsync(int attempts, int items, int learners)
        {
            Console.WriteLine($"Filling a database with {attempts.ToString("N0", CultureInfo.InvariantCulture)} attempts…");
            var database = new Database();
            await database.services.GetServices<IHostedService>().OfType<DatabaseStarter>().Single().StartAsync(CancellationToken.None);
            await using var scope = database.services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<DictationDbContext>();
            var start = Now.AddDays(-365).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var step = TimeSpan.FromDays(365).TotalSeconds / attempts;
            await db.Database.ExecuteSqlAsync($"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {items})
                INSERT INTO Items (Id, Locale, Text, SearchText, Difficulty, DifficultyGiven, ConversionId, TtsStatus, AudioHash, Practiced, AttemptCount, BestScore, CreatedAt, UpdatedAt)
                SELECT i, 'fi-FI', 'Lause ' || i || ', jonka kirjoitan kuulemani mukaan.', 'lause ' || i || ', jonka kirjoitan kuulemani mukaan.', i % 5 + 1, 0, printf('%032x', i),
                    CASE i % 20 WHEN 0 THEN 'Failed' ELSE 'Ready' END, printf('%064x', i), 1, {attempts / items}, 100, {start}, {start}
                FROM n
                """);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO ItemTags (ItemId, Key, Name, Position)
                SELECT Id, 'tag ' || (Id % 50), 'Tag ' || (Id % 50), 0 FROM Items UNION ALL SELECT Id, 'group ' || (Id % 7), 'Group ' || (Id % 7), 1 FROM Items
                """);

            // The items take turns, so that the one before on the same item is known; an alignment has the length of a real one.
            await db.Database.ExecuteSqlAsync($"""
                WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {attempts - 1}),
                t AS (SELECT i, strftime('%Y-%m-%d %H:%M:%f', {start}, (i * {step}) || ' seconds') AS At FROM n)
                INSERT INTO Attempts (ItemId, UserId, Transcription, Score, Wer, Cer, WordsRef, WordsCorrect, Substitutions, Deletions, Insertions, Feedback, Alignment, MissedWords,
                    Profile, ScorerVersion, DurationMs, IsPersonalBest, PreviousAt, CreatedAt, Quarter)
                SELECT i * 17 % {items} + 1, 'learner ' || (i * 31 % {learners}), 'lause jonka kirjoitin', abs(i * 7919 % 101), i % 13 / 13.0, 0.1, 6, 4, 1, 1, 0, '4 of 6 words.',
                    '[]' || printf('%900s', ''), '["jonka","kuulemani"]', 'Standard', '1', i % 60000, 0,
                    CASE WHEN i >= {items} THEN strftime('%Y-%m-%d %H:%M:%f', {start}, ((i - {items}) * {step}) || ' seconds') END, At, unixepoch(At) / 900
                FROM t
                """);
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO PracticeTotals15Min (Quarter, Attempts, ScoreSum, BestScore, WorstScore, WerSum, Timed, DurationSum)
                SELECT Quarter, COUNT(*), SUM(Score), MAX(Score), MIN(Score), SUM(Wer), COUNT(DurationMs), SUM(DurationMs) FROM Attempts GROUP BY Quarter
                """);
            await db.Database.ExecuteSqlAsync($"""
                UPDATE Items SET FirstPracticedAt = a.First, LastPracticedAt = a.Last
                FROM (SELECT ItemId, MIN(CreatedAt) AS First, MAX(CreatedAt) AS Last FROM Attempts GROUP BY ItemId) a WHERE a.ItemId = Items.Id
                """);
            await db.Database.ExecuteSqlAsync($"""
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {attempts})
                INSERT INTO TtsTasks (ConversionId, ContentKey, TextHash, Text, Language, Voice, SpeakingRate, Status, HeldByClient, SubmittedAt, StartedAt, CompletedAt, FailedAt, ErrorMessage,
                    OutputFilePath, AudioHash, FileSize, SamplingRate, Duration, Segments, SynthesisSeconds, Device, Engine, Tries)
                SELECT printf('%032x', i), printf('%064x', i), printf('%032x', i), 'Lause ' || i || ', jonka palvelin puhuu.', 'fi', 'fi_FI-aino-tiny', 1, CASE i % 20 WHEN 0 THEN 'Failed' ELSE 'Done' END, 1,
                    {start}, {start}, CASE i % 20 WHEN 0 THEN NULL ELSE {start} END, CASE i % 20 WHEN 0 THEN {start} END, CASE i % 20 WHEN 0 THEN 'It failed.' END,
                    printf('%032x', i) || '.wav', printf('%064x', i), 100000, 16000, 3.1, 1, 0.016, 'cpu', 'Neural', 1
                FROM n
                """);
            return database;
        }

        public async Task AskAsync(Func<IMediator, Task> call)
        {
            await using var scope = services.CreateAsyncScope();
            await call(scope.ServiceProvider.GetRequiredService<IMediator>());
        }

        /// <returns>Milliseconds, when nothing is kept from the last time: the median of three.</returns>
        public async Task<double> AskFirstAsync(Func<IMediator, Task> call)
        {
            var times = new List<double>();
            for (var i = 0; i < 3; i++)
            {
                clock.Pass(TimeSpan.FromMinutes(1));
                var began = Stopwatch.GetTimestamp();
                await AskAsync(call);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            return Timing.Median(times);
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Dispose();
        }
    }

    /// <summary>The day stands still; time passes when it is told to.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private long passed;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => base.GetTimestamp() + passed;

        public void Pass(TimeSpan time) => passed += (long)(time.TotalSeconds * TimestampFrequency);
    }

    private sealed class NoLinks : IAudioLinks
    {
        public string TaskAudio(string conversionId) => conversionId;

        public string ItemAudio(long itemId) => itemId.ToString(CultureInfo.InvariantCulture);
    }
}
