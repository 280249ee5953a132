using System.Collections.Concurrent;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The ports of stored tasks on a real SQLite file, and on SQL Server where one is named.</summary>
[TestFixtureSource(nameof(Providers))]
public sealed class TtsTaskPersistenceTests(DatabaseProvider provider)
{
    private const int MaxTries = 3;
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly ClaimTerms Terms = new(Lease, MaxTries, TimeSpan.FromMinutes(1));
    private static readonly SpokenAudio Spoken = new(16000, 1.5, 1, "cpu", 0.1);

    private TestDatabase database = null!;

    public static IEnumerable<TestFixtureData> Providers()
    {
        yield return new TestFixtureData(DatabaseProviders.Sqlite);
        var server = new TestFixtureData(DatabaseProviders.SqlServer);
        yield return TestDatabase.ServerConnectionString is null
            ? server.Ignore("There is no SQL Server here: set DICTATION_TEST_SQLSERVER to a connection string whose login may create databases.")
            : server;
    }

    [SetUp]
    public async Task CreateDatabase() => database = await TestDatabase.CreateAsync(provider);

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [Test]
    public async Task Find_AnAddedTask_ReturnsEveryFieldAsItWas()
    {
        var added = TtsTask.Submit(Id(1), new SpeechContent("Hyvää yötä 🌙\n", "fi", "ääni", "hash", 1.25), "nimi.wav", Start.AddTicks(1234567));
        await AddAsync(added);
        var found = await FindAsync(added.ConversionId);
        Assert.That(found, Is.Not.Null.And.Not.SameAs(added));
        Assert.That(Fields(found!), Is.EqualTo(Fields(added)));
    }

    [Test]
    public async Task Find_Times_AreUtc()
    {
        var task = await DoneAsync(1);
        Assert.That(
            (DateTime?[])[task.SubmittedAt, task.StartedAt, task.CompletedAt, (await FailedAsync(2, Start)).FailedAt, (await AddAsync(Task(3))).DueAt],
            Has.All.Property(nameof(DateTime.Kind)).EqualTo(DateTimeKind.Utc));
    }

    [Test]
    public async Task Find_AnUnknownId_ReturnsNull() => Assert.That(await FindAsync(Id(1)), Is.Null);

    [Test]
    public async Task Add_AContentThatIsAlive_StoresNothingOfTheRequest()
    {
        await AddAsync(Task(1, "sama"));
        var outcome = await database.CallAsync(r => r.AddAsync([Task(2, "uusi"), Task(3, "sama")], 100, default));
        Assert.That((outcome, await CountAsync()), Is.EqualTo((AddOutcome.Overtaken, 1)));
    }

    [Test]
    public async Task Add_AContentThatFailedBefore_IsAccepted()
    {
        await FailedAsync(1, Start);
        Assert.That(await database.CallAsync(r => r.AddAsync([Task(2, "Teksti 1")], 100, default)), Is.EqualTo(AddOutcome.Added));
    }

    [Test]
    public async Task Add_PastTheCapacity_StoresNothingOfTheRequest()
    {
        await DoneAsync(1);
        await FailedAsync(2, Start);
        await AddAsync(Task(3));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await database.CallAsync(r => r.AddAsync([Task(4), Task(5), Task(6)], 3, default)), Is.EqualTo(AddOutcome.QueueFull));
            Assert.That(await CountAsync(), Is.EqualTo(3));
            Assert.That(await database.CallAsync(r => r.AddAsync([Task(4), Task(5)], 3, default)), Is.EqualTo(AddOutcome.Added), "ended tasks take no room");
        });
    }

    [Test]
    public async Task Add_OneContentFromEightThreads_StoresItOnce()
    {
        var outcomes = await Task<AddOutcome>.WhenAll(Enumerable.Range(0, 8).Select(i => System.Threading.Tasks.Task.Run(
            () => database.CallAsync(r => r.AddAsync([Task(i, "sama")], 100, default)))));
        Assert.That(outcomes, Has.Exactly(1).EqualTo(AddOutcome.Added).And.Exactly(7).EqualTo(AddOutcome.Overtaken));
    }

    [Test]
    public async Task FindLiveByKeys_LeavesOutFailedAndUnknown()
    {
        var (queued, done, failed) = (await AddAsync(Task(1)), await DoneAsync(2), await FailedAsync(3, Start));
        var live = await database.CallAsync(r => r.FindLiveByKeysAsync([queued.ContentKey, done.ContentKey, failed.ContentKey, new string('0', 64)], default));
        Assert.That(live.Select(t => t.ConversionId), Is.EquivalentTo((string[])[Id(1), Id(2)]));
    }

    [Test]
    public async Task Change_OfATask_IsStoredOrSaysWhyNot()
    {
        await FailedAsync(1, Start);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ChangeAsync(1, t => t.Retry(Start)), Is.EqualTo(ChangeOutcome.Changed));
            Assert.That(await ChangeAsync(1, t => t.Retry(Start)), Is.EqualTo(ChangeOutcome.NotApplicable));
            Assert.That(await ChangeAsync(2, t => t.Retry(Start)), Is.EqualTo(ChangeOutcome.NotFound));
            Assert.That((await FindAsync(Id(1)))!.Status, Is.EqualTo(TtsTaskStatus.Queued));
        });
    }

    [Test]
    public async Task Change_BackToLifeWhileAnotherHasTheContent_IsKeyTaken()
    {
        await FailedAsync(1, Start);
        await AddAsync(Task(2, "Teksti 1"));
        Assert.That(await ChangeAsync(1, t => t.Retry(Start)), Is.EqualTo(ChangeOutcome.KeyTaken));
        Assert.That((await FindAsync(Id(1)))!.Status, Is.EqualTo(TtsTaskStatus.Failed));
    }

    [Test]
    public async Task Change_WhenAnotherWriterCameBetween_IsJudgedAnew()
    {
        await AddAsync(Task(1));
        var claim = (await ClaimAsync(1)).Single().ClaimId!.Value;
        await using var db = database.Open(new MeddleOnce(Id(1)));
        var judged = 0;
        var outcome = await new TtsTaskStore(db, TestDatabase.Writer).ChangeAsync(
            Id(1),
            t =>
            {
                judged++;
                return t.Start(claim, Start);
            },
            default);
        Assert.That((outcome, judged, (await FindAsync(Id(1)))!.Status), Is.EqualTo((ChangeOutcome.Changed, 2, TtsTaskStatus.Processing)));
    }

    [Test]
    public async Task ChangeMany_LeavesOutWhatIsGoneAndWhatAnotherClaimed()
    {
        await AddAsync(Task(1), Task(2), Task(3));
        var claims = (await ClaimAsync(3)).ToDictionary(t => t.ConversionId, t => t.ClaimId!.Value);
        await database.CallAsync(r => r.DeleteAsync(Id(3), Start, default));
        await using var db = database.Open(new MeddleOnce(Id(2)));
        var stored = await new TtsTaskQueue(db, TestDatabase.Writer).ChangeManyAsync([.. claims.Keys], t => t.Start(claims[t.ConversionId], Start), default);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(stored.Select(t => t.ConversionId), Is.EqualTo((string[])[Id(1)]));
            Assert.That((await FindAsync(Id(1)))!.Status, Is.EqualTo(TtsTaskStatus.Processing));
            Assert.That((await FindAsync(Id(2)))!.Status, Is.EqualTo(TtsTaskStatus.Queued));
            Assert.That((await FindAsync(Id(2)))!.ClaimId, Is.EqualTo(MeddleOnce.Claim));
        });
    }

    [Test]
    public async Task ClaimDue_TakesTheLongestDueFirst()
    {
        await AddAsync(Task(3, at: Start.AddSeconds(1)), Task(2, at: Start.AddSeconds(3)), Task(1, at: Start.AddSeconds(3)), Task(4, at: Start.AddHours(1)));
        var claimed = await ClaimAsync(2, Start.AddMinutes(1));
        var rest = await ClaimAsync(10, Start.AddMinutes(1));
        Assert.Multiple(() =>
        {
            Assert.That(claimed.Select(t => t.ConversionId), Is.EqualTo((string[])[Id(3), Id(1)]));
            Assert.That(rest.Select(t => t.ConversionId), Is.EqualTo((string[])[Id(2)]), "what is not due stays");
            Assert.That(claimed.Concat(rest).Select(t => t.ClaimId).Distinct().Count(), Is.EqualTo(3), "each claim is its own");
        });
    }

    [Test]
    public async Task ClaimDue_AfterTheLeaseRanOut_FencesOffTheFirstClaimant()
    {
        await AddAsync(Task(1));
        var first = (await ClaimAsync(1)).Single().ClaimId!.Value;
        var second = (await ClaimAsync(1, Start + Lease)).Single().ClaimId!.Value;
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ChangeAsync(1, t => t.Start(first, Start)), Is.EqualTo(ChangeOutcome.NotApplicable));
            Assert.That(await ChangeAsync(1, t => t.Start(second, Start)), Is.EqualTo(ChangeOutcome.Changed));
        });
    }

    [Test]
    public async Task ClaimDue_BegunTooOften_ReturnsTheTaskAsFailed()
    {
        await AddAsync(Task(1));
        var now = Start;
        for (var i = 0; i < MaxTries; i++, now += Lease)
        {
            var claim = (await ClaimAsync(1, now)).Single().ClaimId!.Value;
            await ChangeAsync(1, t => t.Start(claim, now));
        }

        Assert.That((await ClaimAsync(1, now)).Single().Status, Is.EqualTo(TtsTaskStatus.Failed));
        Assert.That((await FindAsync(Id(1)))!.Status, Is.EqualTo(TtsTaskStatus.Failed));
    }

    [Test]
    public async Task ClaimDue_TwoProcessesOfFourThreads_ClaimEachTaskOnce()
    {
        const int Tasks = 500;
        await AddAsync([.. Enumerable.Range(0, Tasks).Select(i => Task(i))]);
        var claimed = new ConcurrentBag<string>();
        IServiceProvider[] processes = [await database.StartAsync(), await database.StartAsync()];
        await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 8).Select(i => System.Threading.Tasks.Task.Run(async () =>
        {
            // On SQL Server a round may lose all that it saw to another; only an empty table ends the work.
            while (claimed.Count < Tasks)
            {
                foreach (var task in await TestDatabase.CallAsync(processes[i % 2], r => r.ClaimDueAsync(7, Start, Terms, [], default)))
                {
                    claimed.Add(task.ConversionId);
                }
            }
        })));
        Assert.That(claimed, Is.EquivalentTo(Enumerable.Range(0, Tasks).Select(Id)));
    }

    [Test]
    public async Task ExtendLeases_ReturnsAndMovesOnlyClaimsThatHold()
    {
        await AddAsync(Task(1), Task(2), Task(3), Task(4));
        var claims = (await ClaimAsync(4)).ToDictionary(t => t.ConversionId, t => t.ClaimId!.Value);
        await ChangeAsync(2, t => t.Fail(claims[Id(2)], "no", Start));
        await ChangeAsync(3, t => t.Release(claims[Id(3)], Start));
        await database.CallAsync(r => r.DeleteAsync(Id(4), Start, default));

        var until = Start.AddHours(1);
        var held = await database.CallAsync(r => r.ExtendLeasesAsync(claims, until, default));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(held, Is.EquivalentTo((Guid[])[claims[Id(1)]]));
            Assert.That((await FindAsync(Id(1)))!.DueAt, Is.EqualTo(until));
            Assert.That((await FindAsync(Id(2)))!.DueAt, Is.Null);
            Assert.That((await FindAsync(Id(3)))!.DueAt, Is.EqualTo(Start));
        });
    }

    [Test]
    public async Task ClaimDue_AfterTheClockWasSetBack_TakesWhatWaitsInTheFuture_AfterAForwardLeapNotWhatItHolds()
    {
        await AddAsync(Task(1), Task(2), Task(3));
        var held = (await ClaimAsync(1)).Single().ConversionId;
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await ClaimAsync(5, Start.AddHours(-1))).Select(t => t.ConversionId), Is.EquivalentTo((string[])[Id(2), Id(3)]));
            Assert.That(await database.CallAsync(r => r.ClaimDueAsync(5, Start.AddHours(1), Terms, [held, Id(2), Id(3)], default)), Is.Empty);
            Assert.That(await database.CallAsync(r => r.ClaimDueAsync(1, Start.AddHours(1), Terms, [Id(2), Id(3)], default)), Has.Count.EqualTo(1), "what it holds takes nobody's place");
        });
    }

    [Test]
    public async Task Delete_RecordsTheAudioAsOrphaned_UntilItIsForgotten()
    {
        await AddAsync(Task(1), Task(2));
        await FailedAsync(3, Start);
        await database.CallAsync(r => r.DeleteAsync(Id(2), Start.AddDays(1), default));
        var failed = await database.CallAsync(r => r.DeleteFailedAsync(Start.AddDays(1), 10, Start.AddDays(2), default));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(failed.Orphaned, Is.EqualTo((string[])[Id(3)]));
            Assert.That(await database.CallAsync(r => r.ListAsync("", 10, default)), Is.EqualTo((string[])[Id(2), Id(3)]));
            Assert.That(await database.CallAsync(r => r.ListAsync("", 1, default)), Is.EqualTo((string[])[Id(2)]));
            Assert.That(await database.CallAsync(r => r.ListAsync(Id(2), 10, default)), Is.EqualTo((string[])[Id(3)]));
            Assert.That(await database.CallAsync(r => r.ForgetAsync(Start.AddDays(2), default)), Is.EqualTo(1));
            Assert.That(await database.CallAsync(r => r.ListAsync("", 10, default)), Is.EqualTo((string[])[Id(3)]));
        });
    }

    [Test]
    public async Task Delete_RemovesTheRowOnce()
    {
        await AddAsync(Task(1), Task(2));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await database.CallAsync(r => r.DeleteAsync(Id(1), Start, default)), Is.EqualTo(DeleteOutcome.Deleted));
            Assert.That(await database.CallAsync(r => r.DeleteAsync(Id(1), Start, default)), Is.EqualTo(DeleteOutcome.NotFound));
            Assert.That(await CountAsync(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task List_PagedWhileTasksAreAdded_ShowsEachTaskThatWasThereOnce()
    {
        await AddAsync([.. Enumerable.Range(0, 50).Select(i => Task(i))]);
        var seen = new List<string>();
        string? cursor = null;
        for (var next = 50; ; next++)
        {
            var page = await database.CallAsync(r => r.ListAsync(null, cursor, 7, default));
            if (page.Count == 0)
            {
                break;
            }

            seen.AddRange(page.Select(t => t.ConversionId));
            cursor = seen[^1];
            await AddAsync(Task(next));
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 50).Reverse().Select(Id)));
    }

    [Test]
    public async Task ListAndCount_OfAStatus_HoldThatStatusAlone()
    {
        await AddAsync(Task(1), Task(2));
        await DoneAsync(3);
        await FailedAsync(4, Start);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await database.CallAsync(r => r.ListAsync(TtsTaskStatus.Queued, null, 10, default))).Select(t => t.ConversionId), Is.EqualTo((string[])[Id(2), Id(1)]));
            Assert.That((await database.CallAsync(r => r.ListAsync(TtsTaskStatus.Queued, Id(2), 10, default))).Select(t => t.ConversionId), Is.EqualTo((string[])[Id(1)]));
            Assert.That(await database.CallAsync(r => r.CountAsync(TtsTaskStatus.Done, default)), Is.EqualTo(1));
            Assert.That(await database.CallAsync(r => r.CountAsync(TtsTaskStatus.Processing, default)), Is.Zero);
            Assert.That(await CountAsync(), Is.EqualTo(4));
        });
    }

    [Test]
    public async Task QueuePositions_OneByOne_EqualThoseOfTheWholeQueue()
    {
        var random = Seed.Random(1);
        await AddAsync([.. Enumerable.Range(0, 40).Select(i => Task(i, at: Start.AddSeconds(random.Next(5))))]);
        await ClaimAsync(7, Start.AddMinutes(1));
        await DoneAsync(99, Start.AddHours(-1));

        var all = await database.CallAsync(r => r.QueuePositionsAsync(default));
        Assert.That(all.Values, Is.EquivalentTo(Enumerable.Range(1, 40)));
        foreach (var (id, position) in all)
        {
            var task = (await FindAsync(id))!;
            Assert.That(await database.CallAsync(r => r.QueuePositionAsync(task, default)), Is.EqualTo(position), id);
            Assert.That(task.ClaimId is not null, Is.EqualTo(position <= 7), "claimed tasks are ahead");
        }
    }

    [Test]
    public async Task Statistics_OfGeneratedRows_EqualANaiveRecomputation()
    {
        var random = Seed.Random(2);
        var tasks = new List<TtsTask>();
        for (var i = 0; i < 120; i++)
        {
            // Rates keep the content keys apart while texts repeat.
            var task = TtsTask.Submit(Id(i), new SpeechContent($"Teksti {random.Next(60)}", "fi", "v", "h", 0.5 + (i / 100.0)), null, Start);
            var claim = Guid.NewGuid();
            switch (random.Next(5))
            {
                case 0:
                    task.Claim(claim, Start, Terms);
                    task.Fail(claim, "no", Start);
                    break;
                case 1:
                    task.Claim(claim, Start, Terms);
                    task.Start(claim, Start);
                    break;
                case 2 or 3:
                    task.Claim(claim, Start, Terms);
                    task.Complete(claim, Spoken with { Duration = random.NextDouble(), SynthesisSeconds = random.NextDouble() }, Start);
                    task.Finish(claim, new StoredAudio(task.AudioKey, random.Next(100_000), new string('f', 64)));
                    break;
            }

            tasks.Add(task);
        }

        await AddAsync([.. tasks]);
        var statistics = await database.CallAsync(r => r.GetStatisticsAsync(5, default));
        var done = tasks.Where(t => t.Status == TtsTaskStatus.Done).ToList();
        var repeated = tasks.GroupBy(t => t.TextHash).Where(g => g.Count() > 1).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(statistics.TotalTasks, Is.EqualTo(tasks.Count));
            Assert.That(statistics.StatusCounts, Is.EquivalentTo(Enum.GetValues<TtsTaskStatus>().Select(s => KeyValuePair.Create(s, tasks.Count(t => t.Status == s)))));
            Assert.That(statistics.AverageFileSize, Is.EqualTo(done.Average(t => t.FileSize)).Within(1e-6));
            Assert.That(statistics.AverageDuration, Is.EqualTo(done.Average(t => t.Duration)).Within(1e-9));
            Assert.That(statistics.AverageSynthesisSeconds, Is.EqualTo(done.Average(t => t.SynthesisSeconds)).Within(1e-9));
            Assert.That(statistics.DuplicateTexts, Is.EqualTo(repeated.Count));
            Assert.That(
                statistics.DuplicateDetails.Select(d => (d.TextHash, d.Count, d.Text)), Is.EqualTo(repeated.Take(5).Select(g => (g.Key, g.Count(), g.First().Text))));
        });
    }

    [Test]
    public async Task Statistics_OfNothing_HoldZerosAndNoAverages()
    {
        var statistics = await database.CallAsync(r => r.GetStatisticsAsync(5, default));
        Assert.Multiple(() =>
        {
            Assert.That((statistics.TotalTasks, statistics.DuplicateTexts), Is.EqualTo((0, 0)));
            Assert.That(statistics.StatusCounts, Has.Count.EqualTo(5).And.All.Property("Value").EqualTo(0));
            Assert.That((statistics.AverageFileSize, statistics.AverageDuration, statistics.AverageSynthesisSeconds), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
        });
    }

    [Test]
    public async Task DeleteFailed_InBatches_RemovesTheOldestAndNothingElse()
    {
        for (var i = 0; i < 5; i++)
        {
            await FailedAsync(i, Start.AddDays(i));
        }

        await DoneAsync(10, Start.AddDays(-10));
        var before = Start.AddDays(3);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await database.CallAsync(r => r.CountFailedAsync(before, default)), Is.EqualTo(3));
            Assert.That((await database.CallAsync(r => r.DeleteFailedAsync(before, 2, Start, default))).Count, Is.EqualTo(2));
            Assert.That(await FindAsync(Id(2)), Is.Not.Null, "the oldest go first");
            Assert.That((await database.CallAsync(r => r.DeleteFailedAsync(before, 2, Start, default))).Count, Is.EqualTo(1));
            Assert.That((await database.CallAsync(r => r.DeleteFailedAsync(before, 2, Start, default))).Count, Is.Zero);
            Assert.That((await database.CallAsync(r => r.ListAsync(null, null, 10, default))).Select(t => t.ConversionId), Is.EqualTo((string[])[Id(10), Id(4), Id(3)]));
        });
    }

    [Test]
    public async Task FindUnowned_ReturnsTheIdsWithoutARow()
    {
        await AddAsync(Task(1), Task(2));
        var missing = await database.CallAsync(r => r.FindUnownedAsync([Id(1), Id(2), Id(3), "../../etc/passwd"], default));
        Assert.That(missing, Is.EquivalentTo((string[])[Id(3), "../../etc/passwd"]));
    }

    private static string Id(int number) => $"{number:x32}";

    private static TtsTask Task(int number, string? text = null, DateTime? at = null) =>
        TtsTask.Submit(Id(number), new SpeechContent(text ?? $"Teksti {number}", "fi", "v", "h", 1), customFilename: null, at ?? Start);

    private static IEnumerable<(string Name, object? Value)> Fields(TtsTask task) => typeof(TtsTask).GetProperties().Select(p => (p.Name, p.GetValue(task)));

    private async Task<TtsTask> AddAsync(params TtsTask[] tasks)
    {
        Assert.That(await database.CallAsync(r => r.AddAsync(tasks, int.MaxValue, default)), Is.EqualTo(AddOutcome.Added));
        return (await FindAsync(tasks[0].ConversionId))!;
    }

    private Task<TtsTask> DoneAsync(int number, DateTime? at = null)
    {
        var (task, claim) = (Task(number, at: at), Guid.NewGuid());
        task.Claim(claim, at ?? Start, Terms);
        task.Complete(claim, Spoken, at ?? Start);
        task.Finish(claim, new StoredAudio(task.AudioKey, 1000, new string('f', 64)));
        return AddAsync(task);
    }

    private Task<TtsTask> FailedAsync(int number, DateTime at)
    {
        var (task, claim) = (Task(number, at: at), Guid.NewGuid());
        task.Claim(claim, at, Terms);
        task.Fail(claim, "no", at);
        return AddAsync(task);
    }

    private Task<TtsTask?> FindAsync(string id) => database.CallAsync(r => r.FindAsync(id, default));

    private Task<int> CountAsync() => database.CallAsync(r => r.CountAsync(null, default));

    private Task<ChangeOutcome> ChangeAsync(int number, Func<TtsTask, bool> change) => database.CallAsync(r => r.ChangeAsync(Id(number), change, default));

    private Task<IReadOnlyList<TtsTask>> ClaimAsync(int max, DateTime? now = null) =>
        database.CallAsync(r => r.ClaimDueAsync(max, now ?? Start, Terms, [], default));

    /// <summary>
    /// The writer that comes between read and write, once. It shares the transaction, because on SQLite nobody else can write meanwhile:
    /// what is rolled back on the conflict takes its claim along.
    /// </summary>
    private sealed class MeddleOnce(string conversionId) : SaveChangesInterceptor
    {
        public static readonly Guid Claim = new("99999999-9999-9999-9999-999999999999");

        private bool done;

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!done)
            {
                done = true;
                await eventData.Context!.Set<TtsTask>().Where(t => t.ConversionId == conversionId)
                    .ExecuteUpdateAsync(s => s.SetProperty(t => t.ClaimId, Claim), cancellationToken);
            }

            return result;
        }
    }
}
