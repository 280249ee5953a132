using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>
/// How SQLite goes about the hot queries, by its own account, with a hundred thousand rows. Without ANALYZE, as in service, so the plans
/// do not depend on what the table holds.
/// </summary>
public sealed class QueryPlanTests
{
    private const int Rows = 100_000;
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly TestCaseData[] Hot =
    [
        Store("Find", r => r.FindAsync($"{5:x32}", default)),
        Store("FindLiveByKeys", r => r.FindLiveByKeysAsync([$"{5:x64}", $"{6:x64}"], default)),
        Store("Add", r => r.AddAsync([TtsTask.Submit(new string('f', 32), new SpeechContent("Uusi", "fi", "v", "h", 1), null, Now)], int.MaxValue, default)),
        Queue("ClaimDue", r => r.ClaimDueAsync(16, Now.AddYears(1), new ClaimTerms(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMinutes(1)), [], default)),
        Queue("ExtendLeases", r => r.ExtendLeasesAsync([new($"{5:x32}", Guid.NewGuid())], Now, default)),
        Store("Delete", r => r.DeleteAsync($"{7:x32}", Now, default)),
        Queries("List", r => r.ListAsync(null, null, 50, default)),
        Queries("List next page", r => r.ListAsync(null, $"{5000:x32}", 50, default)),
        Queries("List of a status", r => r.ListAsync(TtsTaskStatus.Done, null, 50, default)),
        Queries("List of a status, next page", r => r.ListAsync(TtsTaskStatus.Done, $"{5000:x32}", 50, default)),
        Queries("Count of a status", r => r.CountAsync(TtsTaskStatus.Queued, default)),
        Queries("CountFailed", r => r.CountFailedAsync(Now, default)),
        Orphans("List orphans", r => r.ListAsync($"{7:x32}", 500, default)),
        Orphans("Forget orphans", r => r.ForgetAsync(Now.AddYears(-1), default)),
        Store("DeleteFailed", r => r.DeleteFailedAsync(Now.AddYears(-1), 500, Now, default)),
        Orphans("FindUnowned", r => r.FindUnownedAsync([$"{5:x32}", "none"], default)),
    ];

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public async Task FillDatabase()
    {
        database = await TestDatabase.CreateAsync();
        await using var db = database.Open();

        // Mostly done, as a table in service is; a hundredth each of the others.
        await db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows - 1}),
            s AS (SELECT i, CASE i % 100 WHEN 0 THEN 'Queued' WHEN 1 THEN 'Processing' WHEN 2 THEN 'Failed' ELSE 'Done' END AS Status FROM n)
            INSERT INTO TtsTasks (ConversionId, ContentKey, Text, TextHash, Language, Voice, SpeakingRate, Status, HeldByClient, SubmittedAt, FailedAt, DueAt, Tries)
            SELECT printf('%032x', i), printf('%064x', i), 'Teksti ' || i, printf('%032x', i), 'fi', 'v', 1, Status, 1, '2026-01-01 00:00:00',
                CASE Status WHEN 'Failed' THEN '2026-01-01 00:00:00' END,
                CASE WHEN Status IN ('Queued', 'Processing') THEN '2026-01-01 00:00:00' END, 0
            FROM s
            """);
    }

    [OneTimeTearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [TestCaseSource(nameof(Hot))]
    public async Task HotQuery_OnAHundredThousandRows_SeeksInAnIndexAndSortsNothing(Func<DictationDbContext, Task> call)
    {
        var plans = await QueryPlan.ForAsync(database, call);
        Assert.That(plans, Is.Not.Empty);
        Assert.That(plans.Where(p => !p.IsSeek), Is.Empty);
    }

    [Test]
    public async Task PlanOf_AQueryWithoutAnIndex_IsFoundOut()
    {
        var plans = await QueryPlan.ForAsync(database, async db =>
        {
            await db.Tasks.Where(t => t.Voice == "x").ToListAsync();
            await db.Tasks.Where(t => t.Status == TtsTaskStatus.Failed).OrderBy(t => t.Voice).Take(1).ToListAsync();
        });
        Assert.That(plans.Select(p => p.IsSeek), Is.EqualTo((bool[])[false, false]));
    }

    private static TestCaseData Store(string name, Func<ITtsTaskStore, Task> call) => Case(name, db => call(new TtsTaskStore(db, TestDatabase.Writer)));

    private static TestCaseData Queue(string name, Func<ITtsTaskQueue, Task> call) => Case(name, db => call(new TtsTaskQueue(db, TestDatabase.Writer)));

    private static TestCaseData Queries(string name, Func<ITtsTaskQueries, Task> call) => Case(name, db => call(new TtsTaskQueries(db, TestDatabase.Aggregates)));

    private static TestCaseData Orphans(string name, Func<IOrphanedAudioRepository, Task> call) => Case(name, db => call(new OrphanedAudioRepository(db, TestDatabase.Writer)));

    private static TestCaseData Case(string name, Func<DictationDbContext, Task> call) => new TestCaseData<Func<DictationDbContext, Task>>(call).SetArgDisplayNames(name);
}
