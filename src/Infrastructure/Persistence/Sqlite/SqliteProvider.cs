using System.Data.Common;
using System.Globalization;
using Dictation.Application;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using static SQLitePCL.raw;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>SQLite: one file, one writer at a time, nothing to install.</summary>
public sealed class SqliteProvider : DatabaseProvider
{
    private static readonly PersistentSqliteConnections Connections = new();

    public override string Name => "Sqlite";

    public override string SystemName => "sqlite";

    public override bool MigratesAtStart => true;

    public override string? ReadUrl(string scheme, string url) => scheme == "sqlite" && url.Split(":///", 2) is [_, { Length: > 0 } path]
        ? new SqliteConnectionStringBuilder { DataSource = path.Split('?')[0] }.ToString()
        : null;

    // SQL Server also has a "Data Source", but names a database beside it.
    public override bool Owns(DbConnectionStringBuilder connectionString) =>
        (connectionString.ContainsKey("Data Source") || connectionString.ContainsKey("Filename"))
        && !connectionString.ContainsKey("Initial Catalog") && !connectionString.ContainsKey("Database") && !connectionString.ContainsKey("Server");

    /// <inheritdoc/>
    /// <remarks>The path becomes absolute; the default is <c>dictation.db</c> in the data directory.</remarks>
    public override string CompleteConnectionString(string? connectionString, string dataDirectory, string currentDirectory)
    {
        try
        {
            var sqlite = new SqliteConnectionStringBuilder(connectionString);
            sqlite.DataSource = Path.GetFullPath(sqlite.DataSource is { Length: > 0 } file ? file : Path.Combine(dataDirectory, "dictation.db"), currentDirectory);
            return sqlite.ToString();
        }
        catch (ArgumentException exception)
        {
            throw new StartupException($"The SQLite connection string cannot be read: {exception.Message} Give 'Data Source=path', or sqlite:///path in DATABASE_URL.", exception);
        }
    }

    public override void RegisterServices(IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure)
    {
        services.AddDbContextPool<SqliteDictationDbContext>(configure, PersistentSqliteConnection.MaxKept);
        services.AddScoped<DictationDbContext>(p => p.GetRequiredService<SqliteDictationDbContext>());
        services.AddSingleton<IWriteQueue, SqliteWriteQueue>();
    }

    public override DictationDbContext CreateContext(string connectionString, params IInterceptor[] interceptors) =>
        new SqliteDictationDbContext(OptionsFor<SqliteDictationDbContext>(connectionString, interceptors));

    /// <inheritdoc/>
    /// <remarks>
    /// The only place that creates the file: a database that vanishes later is an error. The lock on the file beside it ends with the process,
    /// even a killed one. A migration lock row that is found while this lock is held is therefore stale.
    /// </remarks>
    public override async Task<IAsyncDisposable?> PrepareAsync(string connectionString, CancellationToken cancellationToken)
    {
        var file = FileOf(connectionString);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var exclusive = await LockAsync(file + ".lock", cancellationToken);
        try
        {
            await using var creator = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
            await creator.OpenAsync(cancellationToken);
            await using var command = creator.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS __EFMigrationsLock;";
            await command.ExecuteNonQueryAsync(cancellationToken);
            return exclusive;
        }
        catch
        {
            await exclusive.DisposeAsync();
            throw;
        }
    }

    public override string? ExplainStartFailure(Exception exception, string connectionString) => exception is SqliteException or IOException or UnauthorizedAccessException
        ? $"The database file '{FileOf(connectionString)}' cannot be opened or brought up to date: {exception.Message} Check that the directory exists and can be written, or set DATABASE_URL."
        : null;

    public override string ExplainPendingMigrations(IReadOnlyList<string> pending) => throw new NotSupportedException("SQLite is migrated at start.");

    public override string? FindProblem(string connectionString) => File.Exists(FileOf(connectionString))
        ? null
        : "The database file is missing. Put it back; the service then uses it without a restart.";

    public override bool IsUniqueViolation(DbUpdateException exception) =>
        exception.InnerException is SqliteException { SqliteExtendedErrorCode: SQLITE_CONSTRAINT_UNIQUE or SQLITE_CONSTRAINT_PRIMARYKEY };

    public override bool IsOutage(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_CORRUPT
            or SQLITE_FULL or SQLITE_CANTOPEN or SQLITE_PROTOCOL or SQLITE_PERM or SQLITE_NOTADB or SQLITE_NOMEM
    };

    public override string? ErrorCodeOf(Exception exception) => (exception as SqliteException)?.SqliteErrorCode.ToString(CultureInfo.InvariantCulture);

    protected override void Use(DbContextOptionsBuilder builder, string connectionString)
    {
        // A missing file is an error; it is not replaced by an empty database.
        var settings = new SqliteConnectionStringBuilder(connectionString) { Mode = SqliteOpenMode.ReadWrite, Cache = SqliteCacheMode.Private };
        builder.UseSqlite(settings.ToString()).AddInterceptors(Connections);
    }

    private static string FileOf(string connectionString) => Path.GetFullPath(new SqliteConnectionStringBuilder(connectionString).DataSource);

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
}
