using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Sqlite.Storage.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A context's connection to SQLite, which stays open from one use of the pooled context to the next, with the statements of its latest queries: to
/// open one and tell it of EF Core's thirty functions, and to parse a query, each takes longer than an indexed read. Before each use it looks whether
/// the file is still there: an open connection would go on writing to one that was deleted, and what it accepts would be lost with the process.
/// </summary>
#pragma warning disable EF1001 // The provider's own connection is the only place to do this; a changed signature fails the build.
internal sealed class KeptSqliteConnection(
    RelationalConnectionDependencies dependencies,
    IRawSqlCommandBuilder commands,
    IDiagnosticsLogger<DbLoggerCategory.Infrastructure> logger,
    RelationalCommandBuilderDependencies commandDependencies)
    : SqliteRelationalConnection(dependencies, commands, logger)
#pragma warning restore EF1001
{
    // Kept by SQLite per connection: wait for another process's write instead of failing at once; half a megabyte of pages, as the system keeps them all.
    private const string Pragmas = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -512;";

    /// <summary>How many connections of this process stay open; those beyond are closed after each use, so that many clients who wait hold no files open.</summary>
    public const int MaxKept = 64;

    /// <summary>How many statements are kept: more than the hot requests have.</summary>
    private const int MaxStatements = 32;

    /// <summary>How often a file was found gone. A connection opened before the last time may hold one that is gone, whatever lies in its place now.</summary>
    private static int _vanished;

    /// <summary>How many stay open now.</summary>
    private static int _kept;

    // Not in use now, the latest last.
    private readonly List<KeptCommand> _statements = [];
    private int _openedAfter;
    private bool _isKept;

    public override bool Open(bool errorsExpected = false)
    {
        LetGoOfVanished();
        return base.Open(errorsExpected);
    }

    public override Task<bool> OpenAsync(CancellationToken cancellationToken, bool errorsExpected = false)
    {
        LetGoOfVanished();
        return base.OpenAsync(cancellationToken, errorsExpected);
    }

    protected override void OpenDbConnection(bool errorsExpected)
    {
        _openedAfter = Volatile.Read(ref _vanished);
        base.OpenDbConnection(errorsExpected);
        SetUp();
    }

    protected override async Task OpenDbConnectionAsync(bool errorsExpected, CancellationToken cancellationToken)
    {
        _openedAfter = Volatile.Read(ref _vanished);
        await base.OpenDbConnectionAsync(errorsExpected, cancellationToken);
        SetUp();
    }

    protected override void CloseDbConnection()
    {
        if (!TryKeep())
        {
            LetGoOfStatements();
            base.CloseDbConnection();
        }
    }

    protected override Task CloseDbConnectionAsync()
    {
        CloseDbConnection();
        return Task.CompletedTask;
    }

    public override IRelationalCommand RentCommand() => new QueryCommand(commandDependencies, this);

    public override void ReturnCommand(IRelationalCommand command)
    {
        // It holds nothing.
    }

    protected override void DisposeDbConnection()
    {
        LetGo();
        base.DisposeDbConnection();
    }

    protected override ValueTask DisposeDbConnectionAsync()
    {
        LetGo();
        return base.DisposeDbConnectionAsync();
    }

    private KeptCommand Take(string sql)
    {
        var at = _statements.FindLastIndex(s => s.CommandText == sql);
        if (at < 0)
        {
            return new KeptCommand(sql, (SqliteConnection)DbConnection, this);
        }

        var command = _statements[at];
        _statements.RemoveAt(at);
        command.Parameters.Clear();
        return command;
    }

    private bool TryKeep()
    {
        if (!_isKept)
        {
            _isKept = Interlocked.Increment(ref _kept) <= MaxKept;
            if (!_isKept)
            {
                Interlocked.Decrement(ref _kept);
            }
        }

        return _isKept;
    }

    private void LetGo()
    {
        LetGoOfStatements();
        if (_isKept)
        {
            _isKept = false;
            Interlocked.Decrement(ref _kept);
        }
    }

    private void LetGoOfStatements()
    {
        foreach (var statement in _statements)
        {
            statement.LetGo();
        }

        _statements.Clear();
    }

    private void SetUp()
    {
        using var command = DbConnection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    private void LetGoOfVanished()
    {
        if (CurrentTransaction is not null)
        {
            return;
        }

        var connection = (SqliteConnection)DbConnection;
        if (!File.Exists(connection.DataSource))
        {
            // Without its pooled handles it cannot be opened, and that says what is the matter.
            Interlocked.Increment(ref _vanished);
            LetGo();
            connection.Close();
            SqliteConnection.ClearPool(connection);
        }
        else if (_openedAfter != Volatile.Read(ref _vanished))
        {
            LetGo();
            connection.Close();
        }
    }

    /// <summary>A command that keeps its parsed statement when EF Core is done with it.</summary>
    private sealed class KeptCommand(string sql, SqliteConnection connection, KeptSqliteConnection owner) : SqliteCommand(sql, connection)
    {
        public void LetGo() => base.Dispose(disposing: true);

        protected override void Dispose(bool disposing)
        {
            if (!disposing || Connection?.State != ConnectionState.Open)
            {
                base.Dispose(disposing);
                return;
            }

            owner._statements.Add(this);
            if (owner._statements.Count > MaxStatements)
            {
                owner._statements[0].LetGo();
                owner._statements.RemoveAt(0);
            }
        }
    }

    /// <summary>A query as it is run.</summary>
    private sealed class QueryCommand(RelationalCommandBuilderDependencies dependencies, KeptSqliteConnection owner) : RelationalCommand(dependencies, "", "", [])
    {
        public override DbCommand CreateDbCommand(RelationalCommandParameterObject parameterObject, Guid commandId, DbCommandMethod commandMethod)
        {
            var command = owner.Take(CommandText);
            command.Transaction = (SqliteTransaction?)owner.CurrentTransaction?.GetDbTransaction();
            foreach (var parameter in Parameters)
            {
                parameter.AddDbParameter(command, parameterObject.ParameterValues);
            }

            return command;
        }
    }
}
