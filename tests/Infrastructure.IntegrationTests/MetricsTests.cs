using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.IntegrationTests.Persistence;
using Dictation.Infrastructure.Persistence;
using Dictation.Infrastructure.Persistence.Sqlite;
using Dictation.Infrastructure.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.IntegrationTests;

/// <summary>What the database and the audio store take, as their instruments say.</summary>
public sealed class MetricsTests
{
    [Test]
    public async Task Database_EveryOperation_IsMeasuredByItsKind_AndFailuresByTheirCode()
    {
        using var meters = new TestMeters();
        await using var database = await TestDatabase.CreateAsync();
        var metrics = new DatabaseMetrics(meters, DatabaseProviders.Sqlite);
        await using var db = database.Open(metrics);
        using var queue = new SqliteWriteQueue(metrics);
        var writer = new DatabaseWriter(DatabaseProviders.Sqlite, queue);
        await new TtsTaskStore(db, writer).AddAsync([TtsTask.Submit(new string('a', 32), new SpeechContent("Hei", "fi", "v", "h", 1), null, DateTime.UnixEpoch)], 10, default);
        Assert.ThrowsAsync<SqliteException>(() => db.Database.ExecuteSqlRawAsync("UPDATE Nowhere SET A = 1"));
        var operations = meters.Of("db.client.operation.duration");
        Assert.Multiple(() =>
        {
            Assert.That(operations.Select(o => o.Tags).Distinct(), Is.EquivalentTo(new[]
            {
                "db.operation.name=SELECT, db.system.name=sqlite",
                "db.operation.name=INSERT, db.system.name=sqlite",
                "db.operation.name=COMMIT, db.system.name=sqlite",
                "db.operation.name=UPDATE, db.system.name=sqlite, error.type=1",
            }));
            Assert.That(operations, Has.All.Matches<Measured>(o => o is { Unit: "s", Value: > 0 and < 60 }));
            Assert.That(meters.Of("dictation.db.write.wait"), Has.Count.EqualTo(1));
        });
    }

    [Test]
    public async Task Writer_BehindAnother_IsMeasuredAsWaiting()
    {
        using var meters = new TestMeters();
        using var queue = new SqliteWriteQueue(new DatabaseMetrics(meters, DatabaseProviders.Sqlite));
        var first = await queue.EnterAsync(default);
        var second = queue.EnterAsync(default);
        await Task.Delay(TimeSpan.FromMilliseconds(50));
        first!.Dispose();
        (await second)!.Dispose();
        Assert.That(meters.Of("dictation.db.write.wait").Select(w => w.Value), Is.EqualTo(new[] { 0.0, 0.05 }).Using<double>((a, b) => a < 0.04 == b < 0.04));
    }

    [Test]
    public async Task AudioStore_StoringOpeningAndDeleting_IsMeasured_AndFailuresToo()
    {
        using var meters = new TestMeters();
        using var directory = new TemporaryDirectory();
        var store = new MeasuredAudioStore(new LocalAudioStore(Options.Create(new AudioStoreOptions { Directory = directory.Path })), meters);
        await using (var writer = store.Create("aa/1.wav"))
        {
            writer.Stream.Write([1, 2, 3]);
            await writer.CommitAsync(default);
        }

        await using (var opened = (await store.OpenAsync("aa/1.wav", default))!.Content)
        {
            Assert.That(opened.Length, Is.EqualTo(3));
        }

        await store.DeleteAsync("aa/1.wav", default);
        Directory.Delete(directory.Path, recursive: true);
        Assert.ThrowsAsync(Is.InstanceOf<IOException>(), () => store.OpenAsync("aa/1.wav", default));
        Assert.That(meters.Of("dictation.audio_store.operation.duration").Select(o => (o.Unit, o.Tags)), Is.EqualTo(new[]
        {
            ("s", "dictation.operation=store"),
            ("s", "dictation.operation=open"),
            ("s", "dictation.operation=delete"),
            ("s", "dictation.operation=open, error.type=System.IO.IOException"),
        }));
    }

    [Test]
    public async Task Queue_IsWhatIsUnfinished_WaitingOrClaimed()
    {
        await using var database = await TestDatabase.CreateAsync();
        Assert.That(await database.CallAsync(r => r.GetQueueAsync(default)), Is.EqualTo(new QueueState(0, 0, null)));
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < 5; i++)
        {
            var task = TtsTask.Submit($"{i:x32}", new SpeechContent($"Teksti {i}", "fi", "v", "h", 1), null, start.AddMinutes(i));
            await database.CallAsync(r => r.AddAsync([task], 10, default));
        }

        await database.CallAsync(r => r.ClaimDueAsync(2, start.AddHours(1), new ClaimTerms(TimeSpan.FromMinutes(1), 3, TimeSpan.FromHours(2)), [], default));
        await database.CallAsync(r => r.ChangeAsync($"{0:x32}", t => t.Fail(t.ClaimId!.Value, "Ei.", start), default));
        Assert.That(await database.CallAsync(r => r.GetQueueAsync(default)), Is.EqualTo(new QueueState(3, 1, start.AddMinutes(2))));
    }
}
