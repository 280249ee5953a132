using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Connections stay open, and statements parsed, from one request to the next. Their answers stay true, and they keep no locks.</summary>
public sealed class PersistentSqliteConnectionTests
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
    public async Task Connection_BetweenRequests_StaysOpenAndKeepsNoLock()
    {
        await database.CallAsync(r => r.AddAsync([Task(1)], 100, default));
        await using var db = database.Open();
        await CountAsync(db);
        await db.Database.ExecuteSqlRawAsync("PRAGMA cache_size = -513");
        await CountAsync(db);
        await TextAsync(1);
        Assert.That(await db.Database.SqlQueryRaw<int>("PRAGMA cache_size").ToListAsync(), Is.EqualTo((int[])[-513]), "a connection that is opened again forgets it");
        Assert.That(await IsLockedAsync(), Is.False);
    }

    [Test]
    public async Task Connection_OfAContextThatReadsHalfAnAnswer_KeepsNoLock()
    {
        await database.CallAsync(r => r.AddAsync([Task(1), Task(2)], 100, default));
        await using (var process = await database.StartAsync() as ServiceProvider)
        {
            await using var scope = process!.CreateAsyncScope();
            var reader = scope.ServiceProvider.GetRequiredService<DictationDbContext>().Tasks.AsAsyncEnumerable().GetAsyncEnumerator();
            await reader.MoveNextAsync();
            Assert.That(await IsLockedAsync(), Is.True);
        }

        Assert.That(await IsLockedAsync(), Is.False);
        Assert.That(await TextAsync(2), Is.EqualTo("teksti 2"));
    }

    /// <summary>Guards the two tests above against a look that sees no readers.</summary>
    [TestCase("statement")]
    [TestCase("transaction")]
    public async Task Lock_OfAReader_IsSeen(string holder)
    {
        await database.CallAsync(r => r.AddAsync([Task(1), Task(2)], 100, default));
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var transaction = holder == "transaction" ? connection.BeginTransaction(deferred: true) : null;
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT ConversionId FROM TtsTasks";
            command.Transaction = transaction;
            var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            if (holder == "transaction")
            {
                await reader.DisposeAsync();
            }

            Assert.That(await IsLockedAsync(), Is.True);
        }
    }

    [Test]
    public async Task Function_OfEfCore_IsRegistered()
    {
        await database.CallAsync(r => r.AddAsync([Task(1), Task(20)], 100, default));
        await using var db = database.Open();
        Assert.That(await db.Tasks.CountAsync(t => System.Text.RegularExpressions.Regex.IsMatch(t.Text, "^teksti [0-9]$")), Is.EqualTo(1));
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

    /// <summary>Whether anybody reads or writes: the write-ahead log can be emptied only while nobody reads from it. It holds what was just added.</summary>
    private async Task<bool> IsLockedAsync()
    {
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 1; PRAGMA wal_checkpoint(TRUNCATE);";
        await using var reader = await command.ExecuteReaderAsync();
        await reader.NextResultAsync();
        await reader.ReadAsync();
        return reader.GetInt32(0) != 0;
    }

    private async Task ExecuteElsewhereAsync(string sql)
    {
        await using var connection = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
