using Dictation.Application.Abstractions;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Runs write transactions, each in its turn. Thread-safe.</summary>
public sealed class DatabaseWriter(DatabaseProvider provider, IWriteQueue queue)
{
    /// <summary>New texts of many clients, stored together.</summary>
    public GroupCommit<SpeechPlan, AddOutcome> Submissions { get; } = new(max: 100);

    /// <summary>Waits for this caller's turn, which ends when the result is disposed: for a write of one statement.</summary>
    public ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken) => queue.EnterAsync(cancellationToken);

    /// <summary>
    /// Runs one short transaction. With one writer at a time, what it reads stays true until it writes. A server promises that only of rows that
    /// were written: there, a row that must not change meanwhile is touched first. The work may run again after a lost connection or a
    /// deadlock; it starts with an empty change tracker each time.
    /// </summary>
    /// <param name="keep">Whether a result is worth storing; otherwise everything is rolled back. Always, when left out.</param>
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
                    // A client that leaves at this moment is no error, which is what EF Core would log.
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
