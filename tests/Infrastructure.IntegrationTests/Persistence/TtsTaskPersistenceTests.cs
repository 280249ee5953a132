using System.Collections.Concurrent;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The ports that store, claim and change tasks.</summary>
[TestFixtureSource(typeof(TtsTaskPersistenceTestBase), nameof(TtsTaskPersistenceTestBase.Providers))]
public sealed class TtsTaskPersistenceTests(DatabaseProvider provider) : TtsTaskPersistenceTestBase(provider)
{
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
