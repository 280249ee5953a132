using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Settings that SQLite keeps per connection: wait for another process's write instead of failing at once. And a look whether the file is
/// still there: an open connection would go on writing to one that was deleted, and what it accepts would be lost with the process.
/// </summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;";

    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
    {
        LetGoOfVanished(connection);
        return result;
    }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        LetGoOfVanished(connection);
        return ValueTask.FromResult(result);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Without its pooled handles the connection cannot be opened, and that says what is the matter.</summary>
    private static void LetGoOfVanished(DbConnection connection)
    {
        if (!File.Exists(connection.DataSource))
        {
            SqliteConnection.ClearPool((SqliteConnection)connection);
        }
    }
}
