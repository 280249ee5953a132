using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Everything in which databases differ. Each has its own folder with its context, migrations and connections. The rest of the persistence
/// does not ask which database it uses (ADR 23).
/// </summary>
public abstract class DatabaseProvider
{
    /// <summary>The name in <c>Database:Provider</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The value of <c>db.system.name</c> in OpenTelemetry's conventions.</summary>
    public abstract string SystemName { get; }

    /// <summary>Whether the schema is migrated at start without <c>Database:MigrateAtStart</c>.</summary>
    public abstract bool MigratesAtStart { get; }

    /// <summary>Reads an address in DATABASE_URL.</summary>
    /// <param name="scheme">In lower case, without a driver: <c>mssql</c> for <c>mssql+pyodbc://…</c>.</param>
    /// <returns>A connection string; null when the address is not this database's.</returns>
    public abstract string? ReadUrl(string scheme, string url);

    /// <summary>Whether an ADO.NET connection string with these keys belongs to this database. At most one provider answers true.</summary>
    public abstract bool Owns(DbConnectionStringBuilder connectionString);

    /// <summary>Completes a configured connection string, so that it can be opened.</summary>
    /// <param name="connectionString">As configured; null or empty when none is.</param>
    /// <param name="dataDirectory">Where an embedded database keeps its file by default.</param>
    /// <param name="currentDirectory">The base of relative paths.</param>
    /// <exception cref="Application.StartupException">It cannot be read, or is missing.</exception>
    public abstract string CompleteConnectionString(string? connectionString, string dataDirectory, string currentDirectory);

    /// <summary>Registers the context, also as <see cref="DictationDbContext"/>, and the <see cref="IWriteQueue"/>.</summary>
    /// <param name="configure">Sets the context's options, with <see cref="Configure"/> among others.</param>
    public abstract void RegisterServices(IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure);

    /// <summary>A context outside the service, for <c>dotnet ef</c> and for tests. Opens no connection.</summary>
    public abstract DictationDbContext CreateContext(string connectionString, params IInterceptor[] interceptors);

    /// <summary>Sets the options of this database's context: the same at run time, at design time and in tests.</summary>
    public DbContextOptionsBuilder Configure(DbContextOptionsBuilder builder, string connectionString)
    {
        // A lost race is expected, and unexpected exceptions are logged by their handlers. EF Core would log both as errors.
        builder.ConfigureWarnings(w => w
            .Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug))

            // Ignored, because the check takes ten times as long as the migration. A test makes it: the migrations match the model.
            .Ignore(RelationalEventId.PendingModelChangesWarning));
        Use(builder, connectionString);
        return builder;
    }

    /// <summary>Prepares the database for its migrations; creates an embedded one.</summary>
    /// <returns>
    /// A lock that keeps other processes from migrating the same database until it is disposed; null when the database locks by itself.
    /// </returns>
    public virtual Task<IAsyncDisposable?> PrepareAsync(string connectionString, CancellationToken cancellationToken) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Explains to an operator why the database could not be opened or migrated at start.</summary>
    /// <returns>Null when the exception has another cause.</returns>
    public abstract string? ExplainStartFailure(Exception exception, string connectionString);

    /// <summary>Tells an operator what to do about missing migrations, where <see cref="MigratesAtStart"/> is false.</summary>
    public abstract string ExplainPendingMigrations(IReadOnlyList<string> pending);

    /// <summary>Looks for a problem without a query, for the health check.</summary>
    /// <returns>A problem, or null.</returns>
    public virtual string? FindProblem(string connectionString) => null;

    /// <summary>Whether a unique index, or a primary key, refused the write.</summary>
    public abstract bool IsUniqueViolation(DbUpdateException exception);

    /// <summary>
    /// Whether the driver reports that the database is away, busy, full or not writable. The caller looks at inner exceptions.
    /// </summary>
    public abstract bool IsOutage(Exception exception);

    /// <summary>The database's error code, for <c>error.type</c>; null for exceptions that the driver did not throw.</summary>
    public abstract string? ErrorCodeOf(Exception exception);

    public override string ToString() => Name;

    protected abstract void Use(DbContextOptionsBuilder builder, string connectionString);

    protected DbContextOptions<TContext> OptionsFor<TContext>(string connectionString, IInterceptor[] interceptors)
        where TContext : DictationDbContext
    {
        var builder = new DbContextOptionsBuilder<TContext>();
        Configure(builder, connectionString).AddInterceptors(interceptors);
        return builder.Options;
    }
}
