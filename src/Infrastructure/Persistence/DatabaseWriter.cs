using Dictation.Application.Abstractions;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Runs write transactions, one after another where the database has one writer. Thread-safe.</summary>
public sealed class DatabaseWriter(DatabaseProvider provider, IWriteQueue queue)
{
    /// <summary>Stores the new texts of concurrent clients together.</summary>
    public GroupCommit<SpeechPlan, AddOutcome> Submissions { get; } = new(max: 100);

    /// <summary>Waits for this caller's turn to write a single statement. The turn ends when the result is disposed.</summary>
    public ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken) => queue.EnterAsync(cancellationToken);

    /// <summary>
    /// Runs one short transaction. On SQLite, rows that it reads do not change before it writes. On a server only written rows are locked, so a
    /// row that must not change is updated first. After a deadlock or a lost connection the work runs again, with an empty change tracker.
    /// </summary>
    /// <param name="keep">Whether to commit this result; otherwise the transaction is rolled back. By default it is committed.</param>
    /// <param name="ahead">Whether to pass all waiting clients but one.</param>
    public async Task<T> RunAsync<T>(DictationDbContext db, Func<Task<T>> work, CancellationToken cancellationToken, Func<T, bool>? keep = null, bool ahead = false)
    {
        using var turn = await queue.EnterAsync(cancellationToken, ahead);
        try
        {
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
            {
                db.ChangeTracker.Clear();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var result = await work();
                if (keep is null || keep(result))
                {
                    // A client that disconnects now would make EF Core log an error.
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
    public bool IsUniqueViolation(DbUpdateException exception) => provider.IsUniqueViolation(exception);
}
