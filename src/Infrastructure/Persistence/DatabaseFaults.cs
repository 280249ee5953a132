using Dictation.Application.Abstractions;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;
using static SQLitePCL.raw;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="IDatabaseFaults"/>
public sealed class DatabaseFaults : IDatabaseFaults
{
    /// <summary>Errors of SQL Server of a class below "fatal" that are the server's state all the same: timeout, log or disk full, database offline, login refused.</summary>
    private static readonly int[] SqlServerStates = [-2, 53, 258, 927, 942, 945, 1105, 3906, 4060, 9002, 18456];

    public bool IsOutage(Exception exception) => exception switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is SQLITE_BUSY or SQLITE_LOCKED or SQLITE_READONLY or SQLITE_IOERR or SQLITE_CORRUPT
            or SQLITE_FULL or SQLITE_CANTOPEN or SQLITE_PROTOCOL or SQLITE_PERM or SQLITE_NOTADB or SQLITE_NOMEM,
        RetryLimitExceededException => true,

        // From class 17 on an error is of the server's resources or of the connection.
        SqlException server => server.IsTransient || server.Class >= 17 || SqlServerStates.Contains(server.Number),
        { InnerException: { } inner } => IsOutage(inner),
        _ => false,
    };
}
