namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// SQLite has one writer at a time, and whoever finds it busy sleeps and tries again, in no order. Within this process writers therefore
/// queue here, first come first served. SQL Server needs none: there the gate stands open.
/// </summary>
public sealed class WriteGate(bool oneAtATime) : IDisposable
{
    private readonly SemaphoreSlim? _gate = oneAtATime ? new SemaphoreSlim(1) : null;

    /// <summary>Waits for this caller's turn, which ends when the result is disposed.</summary>
    public async Task<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        if (_gate is not null)
        {
            await _gate.WaitAsync(cancellationToken);
        }

        return new Turn(_gate);
    }

    public void Dispose() => _gate?.Dispose();

    public readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
