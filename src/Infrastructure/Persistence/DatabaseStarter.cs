using Dictation.Application;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Brings the schema up to date before anything else starts, or refuses to start on a wrong one.</summary>
public sealed partial class DatabaseStarter(IServiceScopeFactory scopes, IOptions<DatabaseOptions> options, ILogger<DatabaseStarter> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DictationDbContext>();
        if (options.Value.Provider == DatabaseProvider.Sqlite)
        {
            await StartSqliteAsync(db, options.Value.ConnectionString, cancellationToken);
        }
        else
        {
            await StartSqlServerAsync(db, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StartSqliteAsync(DictationDbContext db, string connectionString, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);

            // Only here may the file come into being: a database that vanishes later is an error, not a fresh start. The lock on the file
            // beside it ends with the process, however that ends, so that a lock row left by a killed migration can be known to be stale.
            await using var exclusive = await LockAsync(file + ".lock", cancellationToken);
            await using (var creator = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString()))
            {
                await creator.OpenAsync(cancellationToken);
                await using var command = creator.CreateCommand();
                command.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS __EFMigrationsLock;";
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
            if (pending > 0)
            {
                LogMigrating(pending);
                await db.Database.MigrateAsync(cancellationToken);
            }
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The database file '{file}' cannot be opened or brought up to date: {exception.Message} Check that the directory exists and can be written, or set DATABASE_URL.", exception);
        }
    }

    private async Task StartSqlServerAsync(DictationDbContext db, CancellationToken cancellationToken)
    {
        List<string> pending;
        try
        {
            pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count > 0 && options.Value.MigrateAtStart)
            {
                LogMigrating(pending.Count);
                await db.Database.MigrateAsync(cancellationToken);
                return;
            }
        }
        catch (Microsoft.Data.SqlClient.SqlException exception)
        {
            throw new StartupException($"SQL Server cannot be reached or its schema cannot be changed: {exception.Message} Check DATABASE_URL and the login's rights.", exception);
        }

        if (pending.Count > 0)
        {
            throw new StartupException(
                $"The SQL Server database lacks {pending.Count} migration(s), from {pending[0]} on. Run docs/sql/sqlserver.sql against it, or start once with Database__MigrateAtStart=true.");
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && !patience.IsCancellationRequested)
            {
                // Another process migrates the same file: its lock ends with it.
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Bringing the database up to date: {Count} migration(s)")]
    private partial void LogMigrating(int count);
}
