using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Connections stay open, and statements parsed, from one request to the next; what they answer is true all the same.</summary>
public sealed class KeptSqliteConnectionTests
{
    private TestDatabase database = null!;

    [SetUp]
    public async Task MakeDatabase() => database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [Test]
    public async Task Statement_IsKept_AndAnswersForOtherParametersAndAfterWrites()
    {
        await database.CallAsync(r => r.AddAsync([Task(1), Task(2)], 100, default));
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await TextAsync(1), Is.EqualTo("teksti 1"));
            Assert.That(await TextAsync(2), Is.EqualTo("teksti 2"));
            Assert.That(await TextAsync(3 + i), Is.Null);
            await database.CallAsync(r => r.AddAsync([Task(3 + i)], 100, default));
            Assert.That(await TextAsync(3 + i), Is.EqualTo($"teksti {3 + i}"));
        }
    }

    [Test]
    public async Task Statement_OutlivesAChangeOfTheSchema()
    {
        await database.CallAsync(r => r.AddAsync([Task(1)], 100, default));
        Assert.That(await TextAsync(1), Is.EqualTo("teksti 1"));
        await ExecuteElsewhereAsync("ALTER TABLE TtsTasks ADD COLUMN Later TEXT; CREATE INDEX Later ON TtsTasks (Later);");
        Assert.That(await TextAsync(1), Is.EqualTo("teksti 1"));
    }

    [Test]
    public async Task Connection_LocksNothingBetweenRequests()
    {
        await database.CallAsync(r => r.AddAsync([Task(1)], 100, default));
        await TextAsync(1);

        // Fails where anybody reads or writes.
        await ExecuteElsewhereAsync("PRAGMA busy_timeout = 1; PRAGMA wal_checkpoint(TRUNCATE); VACUUM;");
    }

    [Test]
    public async Task FileThatTookTheVanishedOnesPlace_IsRead_AlsoByThoseWhoDidNotSeeItGo()
    {
        await database.CallAsync(r => r.AddAsync([Task(1)], 100, default));
        await using var one = database.Open();
        await using var other = database.Open();
        Assert.That((await CountAsync(one), await CountAsync(other)), Is.EqualTo((1, 1)));
        await ExecuteElsewhereAsync($"VACUUM INTO '{database.File}.backup'");
        await using (var backup = new SqliteConnection($"Data Source={database.File}.backup;Pooling=False"))
        {
            await backup.OpenAsync();
            await using var command = backup.CreateCommand();
            command.CommandText = "DELETE FROM TtsTasks";
            await command.ExecuteNonQueryAsync();
        }

        foreach (var end in (string[])["", "-wal", "-shm"])
        {
            File.Delete(database.File + end);
        }

        Assert.CatchAsync<SqliteException>(() => CountAsync(one));
        File.Move(database.File + ".backup", database.File);
        Assert.That((await CountAsync(one), await CountAsync(other)), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Submissions_OfManyAtOnce_AreStoredEachOnce_AndNoMoreThanTheQueueHolds()
    {
        const int Capacity = 60, Contents = 40;
        var outcomes = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 4 * Contents).Select(i => System.Threading.Tasks.Task.Run(
            () => database.CallAsync(r => r.AddAsync([Task(i, $"sisältö {i % Contents}"), Task(1000 + i, i % Contents % 2 == 0 ? $"pari {i % Contents}" : $"toinen {i % Contents}")], Capacity, default)))));
        var stored = await database.CallAsync(r => r.ListAsync(null, null, 1000, default));
        Assert.Multiple(() =>
        {
            Assert.That(stored, Has.Count.EqualTo(Capacity), "there was room for thirty pairs");
            Assert.That(stored.Select(t => t.ContentKey), Is.Unique);
            Assert.That(outcomes.Count(o => o == AddOutcome.Added), Is.EqualTo(Capacity / 2));
            Assert.That(outcomes, Has.All.AnyOf(AddOutcome.Added, AddOutcome.Overtaken, AddOutcome.QueueFull));
        });
    }

    private static Task<int> CountAsync(DictationDbContext db) => db.Tasks.CountAsync();

    private static TtsTask Task(int id, string? text = null) =>
        TtsTask.Submit($"{id:x32}", new SpeechContent(text ?? $"teksti {id}", "fi", "v", "h", 1), null, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    private async Task<string?> TextAsync(int id) => (await database.CallAsync(r => r.FindAsync($"{id:x32}", default)))?.Text;

    private async Task ExecuteElsewhereAsync(string sql)
    {
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
