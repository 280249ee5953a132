namespace Dictation.Infrastructure.Persistence;

/// <summary>Orders the writers of this process, where the database has one writer at a time. Thread-safe.</summary>
public interface IWriteQueue
{
    /// <summary>Waits for this caller's turn, which ends when the result is disposed.</summary>
    /// <param name="ahead">Whether to pass all waiting clients but one: for writes that keep the engine going.</param>
    ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken, bool ahead = false);
}

/// <summary>For servers, which queue writers themselves. Nobody waits here.</summary>
public sealed class NoWriteQueue : IWriteQueue
{
    public ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken, bool ahead = false) => new((IDisposable?)null);
}
