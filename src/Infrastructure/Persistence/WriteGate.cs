using System.Diagnostics;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static SQLitePCL.raw;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// SQLite has one writer at a time, and whoever finds it busy sleeps and tries again, in no order. Within this process writers therefore
/// queue here, first come first served, but what keeps the engine going stands in a queue of its own, and the two have every second turn:
/// many clients who write do not keep the engine waiting, nor it them. SQL Server needs none: there the gate stands open.
/// </summary>
public sealed class WriteGate(bool oneAtATime, DatabaseMetrics metrics) : IDisposable
{
    /// <summary>How long a writer waits at each of the two: as long as the one before it may wait for another process's write.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim? _gate = oneAtATime ? new SemaphoreSlim(1) : null;

    // One client's write at a time stands at the gate; the others stand here.
    private readonly SemaphoreSlim? _yard = oneAtATime ? new SemaphoreSlim(1) : null;

    /// <summary>New texts of many clients, stored together.</summary>
    public SharedWrites<SpeechPlan, AddOutcome> Submissions { get; } = new(max: 100);

    /// <summary>Waits for this caller's turn, which ends when the result is disposed.</summary>
    /// <param name="ahead">Of all clients but one.</param>
    /// <exception cref="SqliteException">Busy: the turn did not come in time.</exception>
    public async Task<Turn> EnterAsync(CancellationToken cancellationToken, bool ahead = false)
    {
        var began = Stopwatch.GetTimestamp();
        var yard = ahead ? null : _yard;
        await WaitAsync(yard, cancellationToken);
        try
        {
            await WaitAsync(_gate, cancellationToken);
        }
        finally
        {
            yard?.Release();
        }

        if (oneAtATime)
        {
            metrics.Waited(began);
        }

        return new Turn(_gate);
    }

    /// <summary>
    /// One short transaction, which on SQLite holds the write lock from its first statement: what it reads stays true until it writes. SQL
    /// Server promises that only of rows that were written: there, a row that must not change meanwhile is touched first. The work may
    /// be run again when the connection was lost or SQL Server chose it to end a deadlock; it starts with an empty change tracker each
    /// time.
    /// </summary>
    /// <param name="keep">Whether a result is worth storing; else everything is rolled back. Always, when left out.</param>
    /// <param name="ahead">Of all clients but one.</param>
    public async Task<T> RunAsync<T>(DictationDbContext db, Func<Task<T>> work, CancellationToken cancellationToken, Func<T, bool>? keep = null, bool ahead = false)
    {
        using var turn = await EnterAsync(cancellationToken, ahead);
        try
        {
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var result = await work();
                if (keep is null || keep(result))
                {
                    // A client that goes at this moment is no error, which is what EF Core would log.
                    await transaction.CommitAsync(CancellationToken.None);
                }

                return result;
            });
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>Whether a unique index, or a primary key, refused the write.</summary>
    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555,
        SqlException server => server.Number is 2601 or 2627,
        _ => false,
    };

    private static async Task WaitAsync(SemaphoreSlim? turns, CancellationToken cancellationToken)
    {
        if (turns is not null && !await turns.WaitAsync(Patience, cancellationToken))
        {
            throw new SqliteException($"Writing to the database has been held up for {Patience.TotalSeconds} seconds.", SQLITE_BUSY);
        }
    }

    public void Dispose()
    {
        _gate?.Dispose();
        _yard?.Dispose();
    }

    public readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
