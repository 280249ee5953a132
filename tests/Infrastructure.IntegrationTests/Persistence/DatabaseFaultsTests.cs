using Dictation.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Real failures of a real SQLite file, and what they are taken for.</summary>
public sealed class DatabaseFaultsTests
{
    private TestDatabase database = null!;

    [SetUp]
    public async Task MakeDatabase() => database = await TestDatabase.CreateAsync();

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [Test]
    public async Task File_ThatIsGone_IsAnOutage_ThoughConnectionsWereOpen_AndEndsWhenItIsBack()
    {
        await CountAsync();
        File.Move(database.File, database.File + ".away");
        var gone = Assert.CatchAsync(CountAsync)!;
        File.Move(database.File + ".away", database.File);
        Assert.That(new DatabaseFaults(DatabaseProviders.Sqlite).IsOutage(gone), Is.True, gone.ToString());
        await CountAsync();
    }

    [Test]
    public async Task File_ThatIsLocked_IsAnOutage()
    {
        await using var other = new SqliteConnection($"{database.ConnectionString};Pooling=False");
        await other.OpenAsync();
        await using var transaction = other.BeginTransaction();
        await using var db = database.Open();
        db.Database.SetCommandTimeout(1);
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 1");
        var busy = Assert.CatchAsync(() => db.Database.ExecuteSqlRawAsync("DELETE FROM Tags"))!;
        Assert.That(new DatabaseFaults(DatabaseProviders.Sqlite).IsOutage(busy), Is.True, busy.ToString());
    }

    [Test]
    public async Task File_ThatIsNoDatabase_IsAnOutage()
    {
        await database.DisposeAsync();
        database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
        await File.WriteAllBytesAsync(database.File, [.. Enumerable.Range(0, 8192).Select(i => (byte)i)]);
        var unreadable = Assert.CatchAsync(CountAsync)!;
        Assert.That(new DatabaseFaults(DatabaseProviders.Sqlite).IsOutage(unreadable), Is.True, unreadable.ToString());
    }

    [Test]
    public async Task Mistake_OfOurs_IsNoOutage()
    {
        await using var db = database.Open();
        var mistake = Assert.CatchAsync(() => db.Database.ExecuteSqlRawAsync("DELETE FROM NoSuchTable"))!;
        var violation = Assert.CatchAsync(() => db.Database.ExecuteSqlRawAsync("INSERT INTO OrphanedAudio VALUES ('a', '2026-01-01'), ('a', '2026-01-01')"))!;
        Assert.That((new DatabaseFaults(DatabaseProviders.Sqlite).IsOutage(mistake), new DatabaseFaults(DatabaseProviders.Sqlite).IsOutage(violation), new DatabaseFaults(DatabaseProviders.Sqlite).IsOutage(new TimeoutException())), Is.EqualTo((false, false, false)));
    }

    private async Task CountAsync()
    {
        await using var db = database.Open();
        await db.Tasks.CountAsync();
    }
}
