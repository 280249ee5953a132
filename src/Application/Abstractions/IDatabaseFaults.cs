namespace Dictation.Application.Abstractions;

/// <summary>Tells a database that cannot be used at the moment from a fault of the service.</summary>
public interface IDatabaseFaults
{
    /// <summary>Whether the exception, or what caused it, says that the database is away, busy, full or not writable.</summary>
    bool IsOutage(Exception exception);
}
