using System.Text;
using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Dictation.Speech.Lexicons;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The SQL that each repository method sends to SQL Server, kept for review: no server is at hand to try it on.</summary>
public sealed class RepositoryGoldenSqlTests
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Claim = new("00000000-0000-0000-0000-000000000001");
    private static readonly ItemFilter EveryFilter = new("fi", ["koti", "ruoka"], new(2, 4), "100%", true, ItemSpeechStatus.Ready, 99);
    private static readonly AttemptFilter EveryAttemptFilter = new(7, "aino", Now, Now.AddDays(1));

    // A method whose SQL depends on what it is asked is called once for each way.
    private static readonly (Type Port, string Method, string? Way, Func<DictationDbContext, DatabaseWriter, Task> Call)[] Calls =
    [
        Store(nameof(ITtsTaskStore.FindAsync), null, r => r.FindAsync("a", default)),
        Store(nameof(ITtsTaskStore.FindLiveByKeysAsync), "two keys", r => r.FindLiveByKeysAsync(["a", "b"], default)),
        Store(nameof(ITtsTaskStore.AddAsync), "two tasks", r => r.AddAsync([Queued('a'), Queued('b')], 10, default)),
        Store(nameof(ITtsTaskStore.ChangeAsync), null, r => r.ChangeAsync("a", t => t.Start(Claim, Now), default)),
        Store(nameof(ITtsTaskStore.FindTimingsAsync), "an id", r => r.FindTimingsAsync("a", default)),
        Queue(nameof(ITtsTaskQueue.ChangeManyAsync), "two ids", r => r.ChangeManyAsync(["a", "b"], t => t.Start(Claim, Now), default)),
        Queue(nameof(ITtsTaskQueue.ClaimDueAsync), null, r => r.ClaimDueAsync(8, Now.AddMinutes(1), new ClaimTerms(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMinutes(1)), [], default)),
        Queue(nameof(ITtsTaskQueue.ExtendLeasesAsync), "two claims", r => r.ExtendLeasesAsync([new("a", Claim), new("b", Claim)], Now, default)),
        Store(nameof(ITtsTaskStore.DeleteAsync), null, r => r.DeleteAsync("a", Now, default)),
        Queries(nameof(ITtsTaskQueries.ListAsync), "first page", r => r.ListAsync(null, null, 10, default)),
        Queries(nameof(ITtsTaskQueries.ListAsync), "of a status, next page", r => r.ListAsync(TtsTaskStatus.Done, "a", 10, default)),
        Queries(nameof(ITtsTaskQueries.CountAsync), "all", r => r.CountAsync(null, default)),
        Queries(nameof(ITtsTaskQueries.CountAsync), "of a status", r => r.CountAsync(TtsTaskStatus.Done, default)),
        Queries(nameof(ITtsTaskQueries.QueuePositionsAsync), null, r => r.QueuePositionsAsync(default)),
        Queries(nameof(ITtsTaskQueries.QueuePositionAsync), null, r => r.QueuePositionAsync(Queued('a'), default)),
        Queries(nameof(ITtsTaskQueries.GetQueueAsync), null, r => r.GetQueueAsync(default)),
        Queries(nameof(ITtsTaskQueries.GetStatisticsAsync), null, r => r.GetStatisticsAsync(10, default)),
        Store(nameof(ITtsTaskStore.DeleteFailedAsync), null, r => r.DeleteFailedAsync(Now, 10, Now, default)),
        Queries(nameof(ITtsTaskQueries.CountFailedAsync), null, r => r.CountFailedAsync(Now, default)),
        Orphans(nameof(IOrphanedAudioRepository.FindUnownedAsync), "two ids", r => r.FindUnownedAsync(["a", "b"], default)),
        Orphans(nameof(IOrphanedAudioRepository.ListAsync), null, r => r.ListAsync("a", 10, default)),
        Orphans(nameof(IOrphanedAudioRepository.ForgetAsync), null, r => r.ForgetAsync(Now, default)),
        Item(nameof(IItemRepository.FindAsync), null, r => r.FindAsync(0, default)),
        Item(nameof(IItemRepository.FindManyAsync), "two ids", r => r.FindManyAsync([0, 1], default)),
        Item(nameof(IItemRepository.AddAsync), "two items, a new task and one that is there", r => r.AddAsync(
            [NewItem(), NewItem()], new SpeechPlan([new Submission(Queued('a'), false), new Submission(Queued('b'), true)], [Queued('a')], [Queued('b')], [], 10), default)),
        Item(nameof(IItemRepository.ChangeAsync), "tags", r => r.ChangeAsync(0, i => i.Tag(["uusi"], Now.AddDays(1)), default)),
        Item(nameof(IItemRepository.SpeakAsync), "again", r => r.SpeakAsync(
            0, _ => true, new SpeechPlan([new Submission(Queued('b'), false)], [Queued('b')], [], [new string('a', 32)], 10), Now, default)),
        Item(nameof(IItemRepository.AddRenditionAsync), null, r => r.AddRenditionAsync(0, SpeechPlans.From([Queued('b')]), default)),
        Item(nameof(IItemRepository.DeleteAsync), null, r => r.DeleteAsync(0, Now, default)),
        Item(nameof(IItemRepository.ListAsync), "everything, first page", r => r.ListAsync(new ItemFilter(MaxId: 99), ItemSort.CreatedDescending, 0, 20, default)),
        Item(nameof(IItemRepository.ListAsync), "every filter, by time", r => r.ListAsync(EveryFilter, ItemSort.CreatedAscending, 20, 20, default)),
        Item(nameof(IItemRepository.ListAsync), "every filter, by difficulty", r => r.ListAsync(EveryFilter, ItemSort.DifficultyDescending, 20, 20, default)),
        Item(nameof(IItemRepository.NewestIdAsync), null, r => r.NewestIdAsync(default)),
        Tag(nameof(ITagRepository.AddAsync), null, r => r.AddAsync(new Tag("koti", Now), default)),
        Tag(nameof(ITagRepository.ListAsync), null, r => r.ListAsync(20, 20, default)),
        Tag(nameof(ITagRepository.DeleteAsync), null, r => r.DeleteAsync(7, default)),
        Lexicon(nameof(ILexiconRepository.FindVersionAsync), null, r => r.FindVersionAsync("fi", default)),
        Lexicon(nameof(ILexiconRepository.FindAsync), null, r => r.FindAsync("fi", default)),
        Lexicon(nameof(ILexiconRepository.ReplaceAsync), null, r => r.ReplaceAsync(new StoredLexicon("fi", Claim, [new LexiconEntry("EU", "eeuu")], Now), 10, default)),
        Lexicon(nameof(ILexiconRepository.DeleteAsync), null, r => r.DeleteAsync("fi", default)),
        Attempt(nameof(IAttemptRepository.AddAsync), "by a learner", r => r.AddAsync(NewAttempt("aino"), Now, default)),
        Attempt(nameof(IAttemptRepository.AddAsync), "by nobody named", r => r.AddAsync(NewAttempt(null), Now, default)),
        Attempt(nameof(IAttemptRepository.FindAsync), null, r => r.FindAsync(7, default)),
        Attempt(nameof(IAttemptRepository.ListAsync), "everything", r => r.ListAsync(new AttemptFilter(), 0, 20, default)),
        Attempt(nameof(IAttemptRepository.ListAsync), "every filter", r => r.ListAsync(EveryAttemptFilter, 20, 20, default)),
        Stats(nameof(IStatsRepository.SumAsync), "everybody's, all time", r => r.SumAsync(new AttemptFilter(), default)),
        Stats(nameof(IStatsRepository.SumAsync), "everybody's, a span that cuts through quarters", r => r.SumAsync(new AttemptFilter(Since: Now.AddMinutes(1), Until: Now.AddDays(1).AddMinutes(1)), default)),
        Stats(nameof(IStatsRepository.SumAsync), "every filter", r => r.SumAsync(EveryAttemptFilter, default)),
        Stats(nameof(IStatsRepository.CountItemsAsync), "everybody's, all time", r => r.CountItemsAsync(new AttemptFilter(), default)),
        Stats(nameof(IStatsRepository.CountItemsAsync), "everybody's, since", r => r.CountItemsAsync(new AttemptFilter(Since: Now), default)),
        Stats(nameof(IStatsRepository.CountItemsAsync), "everybody's, until", r => r.CountItemsAsync(new AttemptFilter(Until: Now), default)),
        Stats(nameof(IStatsRepository.CountItemsAsync), "everybody's, a span", r => r.CountItemsAsync(new AttemptFilter(Since: Now, Until: Now.AddDays(1)), default)),
        Stats(nameof(IStatsRepository.CountItemsAsync), "a learner's", r => r.CountItemsAsync(new AttemptFilter(UserId: "aino"), default)),
        Stats(nameof(IStatsRepository.ListItemsAsync), "a learner's in a span", r => r.ListItemsAsync(EveryAttemptFilter with { ItemId = null }, 20, 20, default)),
        Stats(nameof(IStatsRepository.ListDaysAsync), "everybody's", r => r.ListDaysAsync(new AttemptFilter(), [new OffsetStretch(Now, Now.AddDays(1), 120)], default)),
        Stats(nameof(IStatsRepository.ListDaysAsync), "every filter", r => r.ListDaysAsync(EveryAttemptFilter, [new OffsetStretch(Now, Now.AddDays(1), 120)], default)),
        Stats(nameof(IStatsRepository.ListScoresAsync), "every filter", r => r.ListScoresAsync(EveryAttemptFilter, 100, default)),
        Stats(nameof(IStatsRepository.ListMissedWordsAsync), "every filter", r => r.ListMissedWordsAsync(7, EveryAttemptFilter, 100, default)),
    ];

    private static IEnumerable<Type> Ports => Calls.Select(c => c.Port).Distinct();

    [TestCaseSource(nameof(Ports))]
    public async Task EveryMethod_OnSqlServer_SendsTheSqlOfTheGoldenFile(Type port)
    {
        var text = new StringBuilder();
        foreach (var (_, method, way, call) in Calls.Where(c => c.Port == port))
        {
            text.Append("-- ").Append(method).Append(way is null ? "" : $": {way}").Append("\n\n");
            text.AppendJoin("\n\n", (await SqlServerRecorder.RecordAsync(call)).Statements.Select(s => s.Trim())).Append("\n\n\n");
        }

        GoldenFile.AssertEqual($"tests/Infrastructure.IntegrationTests/Persistence/Golden/{port.Name[1..]}.sqlserver.sql", text.ToString());
    }

    [TestCaseSource(nameof(Ports))]
    public void EveryMethod_OfThePort_IsCovered(Type port) =>
        Assert.That(Calls.Where(c => c.Port == port).Select(c => c.Method).Distinct(), Is.EquivalentTo(port.GetMethods().Select(m => m.Name)));

    [Test]
    public void EveryPort_OfADatabase_IsCovered() => Assert.That(
        Ports,
        Is.EquivalentTo(typeof(ITtsTaskStore).Assembly.GetTypes().Where(t => t.IsInterface && (t.Name.EndsWith("Repository", StringComparison.Ordinal) || t.Name.StartsWith("ITtsTask", StringComparison.Ordinal)))));

    [Test]
    public async Task TransitionsAndClaims_OnSqlServer_AreGuardedByTheClaimThatWasRead([Values("ChangeAsync", "ChangeManyAsync", "ClaimDueAsync")] string method)
    {
        var sql = await SqlServerRecorder.RecordAsync(Calls.Single(c => (c.Port == typeof(ITtsTaskStore) || c.Port == typeof(ITtsTaskQueue)) && c.Method == method).Call);
        var updates = sql.Statements.Where(s => s.Contains("UPDATE [TtsTasks]", StringComparison.Ordinal)).ToList();
        Assert.That(updates, Has.Count.EqualTo(1).And.All.Match(@"WHERE \[ConversionId\] = @p\d+ AND \[ClaimId\] = @p\d+"));
    }

    [TestCase(500)]
    [TestCase(1024)]
    [TestCase(1050)]
    public async Task ManyIds_OnSqlServer_StayBelowItsLimitOfParameters(int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{i:x32}").ToList();
        var leases = await SqlServerRecorder.RecordAsync((db, writer) =>
            new TtsTaskQueue(db, writer).ExtendLeasesAsync(ids.ConvertAll(i => KeyValuePair.Create(i, Guid.NewGuid())), Now, default));
        var unowned = await SqlServerRecorder.RecordAsync((db, writer) => new OrphanedAudioRepository(db, writer).FindUnownedAsync(ids, default));
        Assert.That((leases.MostParameters, unowned.MostParameters), Is.LessThanOrEqualTo((2100, 2100)));
    }

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Store(string method, string? way, Func<ITtsTaskStore, Task> call) =>
        (typeof(ITtsTaskStore), method, way, (db, writer) => call(new TtsTaskStore(db, writer)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Queue(string method, string? way, Func<ITtsTaskQueue, Task> call) =>
        (typeof(ITtsTaskQueue), method, way, (db, writer) => call(new TtsTaskQueue(db, writer)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Queries(string method, string? way, Func<ITtsTaskQueries, Task> call) =>
        (typeof(ITtsTaskQueries), method, way, (db, _) => call(new TtsTaskQueries(db, TestDatabase.Aggregates)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Orphans(string method, string? way, Func<IOrphanedAudioRepository, Task> call) =>
        (typeof(IOrphanedAudioRepository), method, way, (db, writer) => call(new OrphanedAudioRepository(db, writer)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Item(string method, string? way, Func<IItemRepository, Task> call) =>
        (typeof(IItemRepository), method, way, (db, writer) => call(new ItemRepository(db, writer, TestDatabase.Aggregates)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Tag(string method, string? way, Func<ITagRepository, Task> call) =>
        (typeof(ITagRepository), method, way, (db, writer) => call(new TagRepository(db, writer)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Lexicon(string method, string? way, Func<ILexiconRepository, Task> call) =>
        (typeof(ILexiconRepository), method, way, (db, writer) => call(new LexiconRepository(db, writer)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Attempt(string method, string? way, Func<IAttemptRepository, Task> call) =>
        (typeof(IAttemptRepository), method, way, (db, writer) => call(new AttemptRepository(db, writer, TestDatabase.Aggregates)));

    private static (Type, string, string?, Func<DictationDbContext, DatabaseWriter, Task>) Stats(string method, string? way, Func<IStatsRepository, Task> call) =>
        (typeof(IStatsRepository), method, way, (db, _) => call(new StatsRepository(db, TestDatabase.Aggregates)));

    private static TtsTask Queued(char id) =>
        TtsTask.Submit(new string(id, 32), new SpeechContent($"Teksti {id}", "fi", "v", "h", 1), customFilename: null, Now);

    private static Item NewItem() => Domain.Items.Item.Create("fi", "Teksti", null, ["koti"], Now);

    private static Attempt NewAttempt(string? userId) => Domain.Attempts.Attempt.Create(
        7, "a", new AttemptScore(50, 0.5, 0.5, 2, 1, new WordCounts(1, 1, 0, 0), "Palaute.", [], ["sana"]), ScoringProfile.Standard, userId);
}
