using Dictation.Application;
using Dictation.Domain.Tts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>How a database comes to its schema.</summary>
public sealed class MigrationTests
{
    [Test]
    public void Migrations_OfSqlite_HoldTheWholeModel()
    {
        using var db = DatabaseProviders.Sqlite.CreateContext("Data Source=never-opened.db");
        Assert.That(db.Database.HasPendingModelChanges(), Is.False, "Add a migration for each provider.");
    }

    [Test]
    public void Migrations_OfSqlServer_HoldTheWholeModel()
    {
        using var db = DatabaseProviders.SqlServer.CreateContext("Server=never-opened");
        Assert.That(db.Database.HasPendingModelChanges(), Is.False, "Add a migration for each provider.");
    }

    [Test]
    public async Task Start_WithoutAFile_MakesADatabaseInWalMode()
    {
        await using var database = new TestDatabase();
        Assert.That(File.Exists(database.File), Is.False);
        await database.StartAsync();
        await using var db = database.Open();
        Assert.Multiple(() =>
        {
            Assert.That(db.Database.GetPendingMigrations(), Is.Empty);
            Assert.That(db.Tasks.Count(), Is.Zero);
            Assert.That(Scalar(database, "PRAGMA journal_mode"), Is.EqualTo("wal"));
        });
    }

    [Test]
    public async Task Start_OnAMigratedDatabase_KeepsItsRows()
    {
        await using var database = await TestDatabase.CreateAsync();
        var task = TtsTask.Submit(new string('a', 32), new SpeechContent("Hei", "fi", "v", "h", 1), null, DateTime.UnixEpoch);
        await database.CallAsync(r => r.AddAsync([task], 1, CancellationToken.None));
        await database.StartAsync();
        Assert.That(await database.CallAsync(r => r.FindAsync(task.ConversionId, CancellationToken.None)), Is.Not.Null);
    }

    [Test]
    public async Task Start_FourAtOnceOnAFreshFile_AllSucceed()
    {
        await using var database = new TestDatabase();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(database.StartAsync)));
        Assert.That(await database.CallAsync(r => r.CountAsync(null, CancellationToken.None)), Is.Zero);
    }

    [Test]
    public async Task Start_AfterAKilledMigration_IsNotHeldUpByItsLockRow()
    {
        await using var database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
        Scalar(database, """
            CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
            INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
            """);
        await database.StartAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(await database.CallAsync(r => r.CountAsync(null, CancellationToken.None)), Is.Zero);
    }

    [Test]
    public async Task Start_OnAFileThatIsNoDatabase_SaysWhichFile()
    {
        await using var database = new TestDatabase();
        Directory.CreateDirectory(Path.GetDirectoryName(database.File)!);
        await File.WriteAllTextAsync(database.File, new string('x', 4096));
        Assert.That(database.StartAsync, Throws.TypeOf<StartupException>().With.Message.Contains(database.File));
    }

    [Test]
    public async Task Start_UnderAFileInsteadOfADirectory_SaysWhichFile()
    {
        await using var database = new TestDatabase();
        await File.WriteAllTextAsync(Path.GetDirectoryName(database.File)!, "in the way");
        Assert.That(database.StartAsync, Throws.TypeOf<StartupException>().With.Message.Contains(database.File));
    }

    [Test]
    public async Task Query_OfAFileThatVanished_FailsAndMakesNoEmptyDatabase()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "gone.db");
        await using var db = DatabaseProviders.Sqlite.CreateContext($"Data Source={file}");
        Assert.That(() => db.Tasks.CountAsync(), Throws.TypeOf<SqliteException>());
        Assert.That(File.Exists(file), Is.False);
    }

    private static object? Scalar(TestDatabase database, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
