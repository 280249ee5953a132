using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>Gives each context a <see cref="PersistentSqliteConnection"/>, and gives queries the statements that it keeps.</summary>
internal sealed class PersistentSqliteConnections : DbConnectionInterceptor, IDbCommandInterceptor
{
    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result)
    {
        if (result.HasResult || eventData.ConnectionString is null || eventData.Context is not SqliteDictationDbContext context)
        {
            return result;
        }

        var connection = new PersistentSqliteConnection(eventData.ConnectionString);
        RegisterFunctions(connection, context);
        return InterceptionResult<DbConnection>.SuppressWithResult(connection);
    }

    public DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        // The SQL of SaveChanges differs with the rows it writes, so it is rarely used again.
        if (eventData.CommandSource is not (CommandSource.LinqQuery or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete or CommandSource.FromSqlQuery)
            || result is not SqliteCommand { Connection: PersistentSqliteConnection connection } command)
        {
            return result;
        }

        var reused = connection.Reuse(command);
        command.Dispose();
        return reused;
    }

    /// <summary>
    /// Registers the functions that EF Core's SQL may call, such as regexp. EF Core registers them on a connection that it is handed.
    /// </summary>
    private static void RegisterFunctions(PersistentSqliteConnection connection, SqliteDictationDbContext context)
    {
        var options = new DbContextOptionsBuilder<SqliteDictationDbContext>((DbContextOptions<SqliteDictationDbContext>)context.GetService<IDbContextOptions>());
        using var other = new SqliteDictationDbContext(options.UseSqlite(connection).Options);
        other.Database.GetDbConnection();
    }
}
