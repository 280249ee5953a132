using System.Data;
using Microsoft.Data.Sqlite;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>
/// A connection that stays open when its context closes it, and keeps the parsed statements of its latest queries. Opening a connection
/// (with EF Core's thirty functions) takes longer than an indexed read, and so does parsing a query. Each use checks that the file still
/// exists: an open handle writes to a deleted file without an error, and those rows are lost with the process.
/// </summary>
/// <remarks>While it is parked, its state is closed for every caller.</remarks>
internal sealed class PersistentSqliteConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Per connection: wait for another process's write instead of failing at once; cache 512 KiB of pages, as the system caches the file.
    private const string Pragmas = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -512;";

    /// <summary>
    /// How many connections of this process stay open. Others are closed after each use, so that many waiting clients hold no files open.
    /// </summary>
    public const int MaxKept = 64;

    /// <summary>How many statements a connection keeps: more than the hot requests have.</summary>
    private const int MaxStatements = 32;

    /// <summary>
    /// How often a file was found missing. A connection that was opened before the last time may hold a deleted file, even if another took
    /// its place.
    /// </summary>
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
            // No pooled handle is left, so the opening below fails and says why.
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

    /// <summary>
    /// Parks the connection. A connection with an open statement or transaction is closed instead, because it holds locks.
    /// </summary>
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

    /// <summary>A copy of the command; its statement is already parsed if the same SQL ran before.</summary>
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
            // Disposed twice: by the connection when it closed, and by EF Core.
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
