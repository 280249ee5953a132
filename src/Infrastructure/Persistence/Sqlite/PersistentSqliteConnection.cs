using System.Data;
using Microsoft.Data.Sqlite;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A connection that stays open when its context closes it, with the statements of its latest queries: opening one, with EF Core's thirty
/// functions, and parsing a query each take longer than an indexed read. Each opening looks whether the file is still there: an open
/// handle would go on writing to a deleted file, and lose with the process what it accepted.
/// </summary>
/// <remarks>While it is parked its state is closed, for EF Core and for everybody else.</remarks>
internal sealed class PersistentSqliteConnection(string connectionString) : SqliteConnection(connectionString)
{
    // SQLite keeps these per connection: wait for another process's write instead of failing at once; half a megabyte of pages, as the system caches them all.
    private const string Pragmas = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -512;";

    /// <summary>How many connections of this process stay open. Those beyond are closed after each use, so that many waiting clients hold no files open.</summary>
    public const int MaxKept = 64;

    /// <summary>How many statements a connection keeps: more than the hot requests have.</summary>
    private const int MaxStatements = 32;

    /// <summary>How often a file was found gone. A connection that was opened before the last time may hold a deleted file, whatever lies in its place now.</summary>
    private static int _vanished;

    /// <summary>How many connections stay open now.</summary>
    private static int _kept;

    // Not in use, the latest last.
    private readonly List<PersistentCommand> _statements = [];
    private int _statementsInUse;
    private int _openedAfter;
    private bool _isKept;
    private bool _isParked;
    private bool _isClosing;

    public override ConnectionState State => _isParked ? ConnectionState.Closed : base.State;

    public override void Open()
    {
        var exists = File.Exists(DataSource);
        if (!exists)
        {
            // The opening below then fails and says why, as no pooled handle is left.
            Interlocked.Increment(ref _vanished);
            ClosePhysically();
            ClearPool(this);
        }

        if (_isParked)
        {
            if (_openedAfter == Volatile.Read(ref _vanished))
            {
                _isParked = false;
                return;
            }

            ClosePhysically();
        }

        if (State == ConnectionState.Open)
        {
            return;
        }

        _openedAfter = Volatile.Read(ref _vanished);
        base.Open();
        using var command = new SqliteCommand(Pragmas, this);
        command.ExecuteNonQuery();
    }

    /// <summary>Parks the connection. One with a statement or a transaction under way is closed, as it would keep locks.</summary>
    public override void Close()
    {
        if (base.State != ConnectionState.Open || _isParked)
        {
            return;
        }

        if (!_isClosing && _statementsInUse == 0 && Transaction is null && TryKeep())
        {
            _isParked = true;
        }
        else
        {
            ClosePhysically();
        }
    }

    /// <summary>A command like this one, with a statement that is already parsed if there is one.</summary>
    public SqliteCommand Reuse(SqliteCommand command)
    {
        var at = _statements.FindLastIndex(s => s.CommandText == command.CommandText);
        PersistentCommand reused;
        if (at < 0)
        {
            reused = new PersistentCommand(command.CommandText, this);
        }
        else
        {
            reused = _statements[at];
            _statements.RemoveAt(at);
            reused.Parameters.Clear();
        }

        reused.Transaction = command.Transaction;
        reused.CommandTimeout = command.CommandTimeout;
        foreach (SqliteParameter parameter in command.Parameters)
        {
            reused.Parameters.Add(parameter);
        }

        reused.IsInUse = true;
        _statementsInUse++;
        return reused;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ClosePhysically();
        }

        base.Dispose(disposing);
    }

    private void Return(PersistentCommand command)
    {
        if (!command.IsInUse)
        {
            // Disposed of twice: by the connection that closed under it, and by EF Core.
            command.Release();
            return;
        }

        command.IsInUse = false;
        _statementsInUse--;
        if (_isClosing || base.State != ConnectionState.Open)
        {
            command.Release();
            return;
        }

        _statements.Add(command);
        if (_statements.Count > MaxStatements)
        {
            _statements[0].Release();
            _statements.RemoveAt(0);
        }
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

    private void ClosePhysically()
    {
        _isParked = false;
        _isClosing = true;
        try
        {
            _statements.ForEach(s => s.Release());
            _statements.Clear();
            base.Close();
        }
        finally
        {
            _isClosing = false;
            if (_isKept)
            {
                _isKept = false;
                Interlocked.Decrement(ref _kept);
            }
        }
    }

    /// <summary>A command that keeps its parsed statement when EF Core disposes of it.</summary>
    private sealed class PersistentCommand(string sql, PersistentSqliteConnection owner) : SqliteCommand(sql, owner)
    {
        public bool IsInUse { get; set; }

        public void Release() => base.Dispose(disposing: true);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                owner.Return(this);
            }
            else
            {
                base.Dispose(disposing);
            }
        }
    }
}
