using System.Diagnostics;
using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>
/// SQLite has one writer at a time; a writer that finds it busy sleeps and tries again, in no order. Writers of this process therefore queue
/// here, first come first served. Writes for the engine pass all waiting clients but one, so neither side starves the other.
/// </summary>
public sealed class SqliteWriteQueue(DatabaseMetrics metrics) : IWriteQueue, IDisposable
{
    /// <summary>How long a writer waits in each of the two queues.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _writer = new(1);

    // Admits one client at a time to _writer, where it competes with the engine's writes.
    private readonly SemaphoreSlim _clients = new(1);

    /// <inheritdoc/>
    /// <exception cref="SqliteException">SQLITE_BUSY: the wait took too long.</exception>
    public async ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken, bool ahead = false)
    {
        var began = Stopwatch.GetTimestamp();
        if (!ahead)
        {
            await WaitAsync(_clients, cancellationToken);
        }

        try
        {
            await WaitAsync(_writer, cancellationToken);
        }
        finally
        {
            if (!ahead)
            {
                _clients.Release();
            }
        }

        metrics.Waited(began);
        return new Turn(_writer);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _clients.Dispose();
    }

    private static async Task WaitAsync(SemaphoreSlim turns, CancellationToken cancellationToken)
    {
        if (!await turns.WaitAsync(Patience, cancellationToken))
        {
            throw new SqliteException($"Writing to the database has been held up for {Patience.TotalSeconds} seconds.", SQLITE_BUSY);
        }
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }
}
