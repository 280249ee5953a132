using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>How SQLite goes about the queries on items and attempts, by its own account, with a hundred thousand items and a million attempts.</summary>
public sealed class PracticeQueryPlanTests
{
    private const int Items = 100_000;
    private const int Attempts = 1_000_000;
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly TestCaseData[] ItemCalls =
    [
        .. Lists(new ItemFilter(MaxId: Items), "everything"),
        .. Lists(new ItemFilter(Locale: "fi-FI", MaxId: Items), "locale"),
        .. Lists(new ItemFilter(Difficulty: new(3, 3), MaxId: Items), "difficulty"),
        .. Lists(new ItemFilter(Practiced: false, MaxId: Items), "practiced"),
        .. Lists(new ItemFilter(TtsStatus: ItemSpeechStatus.Failed, MaxId: Items), "status"),
        .. Lists(new ItemFilter(Difficulty: new(2, 4), MaxId: Items), "difficulties"),
        .. Lists(new ItemFilter(Text: "teksti 77", MaxId: Items), "text"),
        .. Lists(new ItemFilter(Tags: ["t7"], MaxId: Items), "tag"),
        .. Lists(new ItemFilter(Tags: ["t7", "u3"], MaxId: Items), "two tags"),
        .. Lists(new ItemFilter("fi-FI", ["t10"], new(2, 4), "teksti", true, ItemSpeechStatus.Ready, Items), "all"),
        Item("Find", r => r.FindAsync(500, default)),
        Item("Change", r => r.ChangeAsync(500, i => i.Tag(["uusi"], Now), default)),
        Item("Delete", r => r.DeleteAsync(501, Now, default)),
        Item("NewestId", r => r.NewestIdAsync(default)),
    ];

    private static readonly TestCaseData[] AttemptCalls =
    [
        Attempt("Find", r => r.FindAsync(500, default)),
        Attempt("Add", r => r.AddAsync(Domain.Attempts.Attempt.Create(600, "a", Score, ScoringProfile.Standard, "u7"), Now, default)),
        Attempt("List", r => r.ListAsync(new AttemptFilter(), 0, 20, default)),
        Attempt("List of an item", r => r.ListAsync(new AttemptFilter(ItemId: 600), 0, 20, default)),
        Attempt("List of a learner", r => r.ListAsync(new AttemptFilter(UserId: "u7"), 0, 20, default)),
        Attempt("List of both", r => r.ListAsync(new AttemptFilter(600, "u7"), 0, 20, default)),
        Attempt("List of a time", r => r.ListAsync(new AttemptFilter(Since: Now, Until: Now.AddDays(1)), 0, 20, default)),
        Attempt("List of all", r => r.ListAsync(new AttemptFilter(600, "u7", Now, Now.AddDays(1)), 0, 20, default)),
    ];

    private static readonly TestCaseData[] StatsCalls =
    [
        .. Spans().SelectMany(s => (TestCaseData[])
        [
            Stats($"Sum {s}", r => r.SumAsync(s, default)),
            Stats($"CountItems {s}", r => r.CountItemsAsync(s, default)),
            Stats($"ListItems {s}", r => r.ListItemsAsync(s, 0, 20, default)),
            Stats($"ListDays {s}", r => r.ListDaysAsync(s, [new OffsetStretch(Now, Now.AddDays(30).AddMinutes(1), 120)], default)),
            Stats($"ListScores {s}", r => r.ListScoresAsync(s with { ItemId = 600 }, 1000, default)),
            Stats($"ListMissedWords {s}", r => r.ListMissedWordsAsync(600, s, 100, default)),
        ]),
    ];

    private TestDatabase database = null!;

    private static AttemptScore Score => new(50, 0.5, 0.5, 2, 1, new WordCounts(1, 1, 0, 0), "Palaute.", [], ["sana"]);

    [OneTimeSetUp]
    public async Task FillDatabase()
    {
        database = await TestDatabase.CreateAsync();
        await using var db = database.Open();
        await db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Items})
            INSERT INTO Items (Id, Locale, Text, SearchText, Difficulty, DifficultyGiven, ConversionId, TtsStatus, Practiced, AttemptCount, CreatedAt, UpdatedAt)
            SELECT i, CASE i % 10 WHEN 0 THEN 'fi-FI' ELSE 'fi' END, 'Teksti ' || i, 'teksti ' || i, i % 5 + 1, 1, printf('%032x', i),
                CASE i % 100 WHEN 0 THEN 'Failed' ELSE 'Ready' END, i % 3 > 0, 10, '2026-01-01 00:00:00', '2026-01-01 00:00:00'
            FROM n
            """);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO ItemTags (ItemId, Key, Name, Position) SELECT Id, 't' || (Id % 50), 'T' || (Id % 50), 0 FROM Items UNION ALL SELECT Id, 'u' || (Id % 7), 'U' || (Id % 7), 1 FROM Items
            """);

        // Thirty a quarter of an hour: most of a year.
        var first = Domain.Attempts.Attempt.QuarterOf(Now);
        await db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Attempts - 1})
            INSERT INTO Attempts (ItemId, UserId, Transcription, Score, Wer, Cer, WordsRef, WordsCorrect, Substitutions, Deletions, Insertions, Feedback, Alignment, MissedWords,
                Profile, ScorerVersion, IsPersonalBest, CreatedAt, Quarter)
            SELECT i % {Items} + 1, 'u' || (i % 1000), 'a', i % 101, 0.5, 0.5, 2, 1, 1, 0, 0, 'x', '[]', '[]', 'Standard', '1', 0, datetime(({first} + i / 30) * 900, 'unixepoch'), {first} + i / 30 FROM n
            """);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO PracticeTotals15Min (Quarter, Attempts, ScoreSum, BestScore, WorstScore, WerSum, Timed, DurationSum)
            SELECT Quarter, COUNT(*), SUM(Score), MAX(Score), MIN(Score), SUM(Wer), 0, 0 FROM Attempts GROUP BY Quarter
            """);
    }

    [OneTimeTearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [TestCaseSource(nameof(ItemCalls))]
    public async Task ItemQuery_OnAHundredThousandItems_UsesAnIndexAndSortsNothing(Func<IItemRepository, Task> call) =>
        await AssertSeeksAsync((db, writer) => call(new ItemRepository(db, writer, TestDatabase.Aggregates)));

    [TestCaseSource(nameof(AttemptCalls))]
    public async Task AttemptQuery_OnAMillionAttempts_UsesAnIndexAndSortsNothing(Func<IAttemptRepository, Task> call) =>
        await AssertSeeksAsync((db, writer) => call(new AttemptRepository(db, writer, TestDatabase.Aggregates)));

    /// <summary>Days, words and distinct items are gathered in a temporary table: of one learner's or one item's rows, or of a year's quarters at most.</summary>
    [TestCaseSource(nameof(StatsCalls))]
    public async Task StatsQuery_OnAMillionAttempts_UsesIndexes(Func<IStatsRepository, Task> call)
    {
        var plans = await QueryPlan.ForAsync(database, db => call(new StatsRepository(db, TestDatabase.Aggregates)));
        Assert.That(plans, Is.Not.Empty);
        Assert.That(plans.Where(p => !p.UsesIndexes), Is.Empty);
        Assert.That(
            plans.Where(p => p.Plan.Any(l => l.Contains("TEMP B-TREE", StringComparison.Ordinal)) && !p.Sql.Contains("GROUP BY", StringComparison.Ordinal) && !p.Sql.Contains("DISTINCT", StringComparison.Ordinal)), Is.Empty);
        Assert.That(plans.SelectMany(p => p.Plan).Where(l => l.StartsWith("SCAN a ", StringComparison.Ordinal) && !l.Contains("IX_Attempts_CreatedAt", StringComparison.Ordinal)), Is.Empty);
    }

    private static IEnumerable<AttemptFilter> Spans() =>
        from user in (string?[])[null, "u7"]
        from since in (DateTime?[])[null, Now.AddMinutes(1)]
        from until in (DateTime?[])[null, Now.AddDays(30)]
        select new AttemptFilter(null, user, since, until);

    private static TestCaseData Stats(string name, Func<IStatsRepository, Task> call) => new TestCaseData<Func<IStatsRepository, Task>>(call).SetArgDisplayNames(name);

    private static IEnumerable<TestCaseData> Lists(ItemFilter filter, string name) => Enum.GetValues<ItemSort>().Select(
        sort => Item($"List by {name}, {sort}", r => r.ListAsync(filter, sort, 40, 20, default)));

    private static TestCaseData Item(string name, Func<IItemRepository, Task> call) => new TestCaseData<Func<IItemRepository, Task>>(call).SetArgDisplayNames(name);

    private static TestCaseData Attempt(string name, Func<IAttemptRepository, Task> call) => new TestCaseData<Func<IAttemptRepository, Task>>(call).SetArgDisplayNames(name);

    private async Task AssertSeeksAsync(Func<DictationDbContext, DatabaseWriter, Task> call)
    {
        var plans = await QueryPlan.ForAsync(database, db => call(db, TestDatabase.Writer));
        Assert.That(plans, Is.Not.Empty);
        Assert.That(plans.Where(p => !p.IsSeek), Is.Empty);
    }
}
