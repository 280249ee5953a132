using System.Data.Common;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Persistence;
using Dictation.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>A database of its own, wired and migrated as the service does it; gone when disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    /// <summary>A writer on SQLite, with a queue of its own.</summary>
    public static DatabaseWriter Writer => new(DatabaseProviders.Sqlite, new SqliteWriteQueue(new DatabaseMetrics(new TestMeters(), DatabaseProviders.Sqlite)));

    /// <summary>With nothing kept yet.</summary>
    public static AggregateCache Aggregates => new(TimeProvider.System);

    private readonly TemporaryDirectory? directory;
    private readonly List<ServiceProvider> processes = [];

    /// <summary>Names the database and leaves it to <see cref="StartAsync"/> to make it.</summary>
    public TestDatabase(DatabaseProvider? provider = null)
    {
        Provider = provider ?? DatabaseProviders.Sqlite;
        if (Provider == DatabaseProviders.Sqlite)
        {
            directory = new TemporaryDirectory();
            ConnectionString = $"Data Source={Path.Combine(directory.Path, "data", "dictation.db")}";
        }
        else
        {
            ConnectionString = new SqlConnectionStringBuilder(ServerConnectionString) { InitialCatalog = $"dictation_test_{Guid.NewGuid():N}" }.ToString();
        }
    }

    /// <summary>Where SQL Server may be tried, or null.</summary>
    public static string? ServerConnectionString => Environment.GetEnvironmentVariable("DICTATION_TEST_SQLSERVER") is { Length: > 0 } value ? value : null;

    public DatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public string File => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    public static async Task<TestDatabase> CreateAsync(DatabaseProvider? provider = null)
    {
        var database = new TestDatabase(provider);
        await database.StartAsync();
        return database;
    }

    /// <summary>What the host does first. Each call stands for one more process on the same database.</summary>
    public async Task<IServiceProvider> StartAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = ConnectionString,
            ["Database:MigrateAtStart"] = "true",
        }).Build();
        var process = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddInfrastructure(Provider).BuildServiceProvider();
        processes.Add(process);
        await process.GetServices<IHostedService>().OfType<DatabaseStarter>().Single().StartAsync(CancellationToken.None);
        return process;
    }

    /// <summary>Calls the repository as one request would: in a scope of its own.</summary>
    public Task<T> CallAsync<T>(Func<ITtsTaskStore, Task<T>> call) => CallAsync(processes[0], call);

    public Task<T> CallAsync<T>(Func<ITtsTaskQueue, Task<T>> call) => CallAsync(processes[0], call);

    public Task<T> CallAsync<T>(Func<ITtsTaskQueries, Task<T>> call) => CallAsync(processes[0], call);

    public Task<T> CallAsync<T>(Func<IOrphanedAudioRepository, Task<T>> call) => CallAsync(processes[0], call);

    public static Task<T> CallAsync<T>(IServiceProvider process, Func<ITtsTaskStore, Task<T>> call) => CallAsync<ITtsTaskStore, T>(process, call);

    public static Task<T> CallAsync<T>(IServiceProvider process, Func<ITtsTaskQueue, Task<T>> call) => CallAsync<ITtsTaskQueue, T>(process, call);

    public static Task<T> CallAsync<T>(IServiceProvider process, Func<ITtsTaskQueries, Task<T>> call) => CallAsync<ITtsTaskQueries, T>(process, call);

    /// <summary>Calls a port as one request would: in a scope of its own.</summary>
    public Task<T> CallAsync<TPort, T>(Func<TPort, Task<T>> call)
        where TPort : notnull => CallAsync(processes[0], call);

    private static async Task<T> CallAsync<TPort, T>(IServiceProvider process, Func<TPort, Task<T>> call)
        where TPort : notnull
    {
        await using var scope = process.CreateAsyncScope();
        return await call(scope.ServiceProvider.GetRequiredService<TPort>());
    }

    /// <summary>How many commands, and how many transactions, a call takes.</summary>
    public async Task<(int Commands, int Transactions)> CountAsync(Func<DictationDbContext, DatabaseWriter, Task> call)
    {
        var commands = new CommandCounter();
        var transactions = new TransactionCounter();
        await using var db = Open(commands, transactions);
        await call(db, processes[0].GetRequiredService<DatabaseWriter>());
        return (commands.Count, transactions.Count);
    }

    /// <summary>A context of its own, for what a test watches or does behind the repository's back.</summary>
    public DictationDbContext Open(params IInterceptor[] interceptors) => Provider.CreateContext(ConnectionString, interceptors);

    public async ValueTask DisposeAsync()
    {
        if (Provider != DatabaseProviders.Sqlite)
        {
            await using var db = Open();
            await db.Database.EnsureDeletedAsync();
        }

        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        directory?.Dispose();
    }

    private sealed class CommandCounter : DbCommandInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Count++;
            return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
        }
    }

    private sealed class TransactionCounter : DbTransactionInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            Count++;
            return base.TransactionStartedAsync(connection, eventData, result, cancellationToken);
        }
    }
}
