namespace Dictation.Infrastructure.Persistence;

/// <summary>Gives the writers of this process their turns, where the database has one writer at a time. Thread-safe.</summary>
public interface IWriteQueue
{
    /// <summary>Waits for this caller's turn, which ends when the result is disposed.</summary>
    /// <param name="ahead">Whether to pass all waiting clients but one: for what keeps the engine going.</param>
    ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken, bool ahead = false);
}

/// <summary>For servers, which queue writers themselves: nobody waits.</summary>
public sealed class NoWriteQueue : IWriteQueue
{
    public ValueTask<IDisposable?> EnterAsync(CancellationToken cancellationToken, bool ahead = false) => new((IDisposable?)null);
}
