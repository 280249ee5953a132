namespace Dictation.Application.Abstractions;

/// <summary>Tells an outage of the database from a fault of the service.</summary>
public interface IDatabaseFaults
{
    /// <summary>Whether the exception, or an inner one, says that the database is away, busy, full or not writable.</summary>
    bool IsOutage(Exception exception);
}
