using System.Data.Common;
using Dictation.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>How SQLite would run a statement, by its own account.</summary>
internal sealed record QueryPlan(string Sql, IReadOnlyList<string> Plan)
{
    /// <summary>An index that holds only the rows or the order asked for may be walked; the table itself may not.</summary>
    public bool IsSeek =>
        Plan.Any(l => l.StartsWith("SEARCH", StringComparison.Ordinal) || l.Contains("INDEX", StringComparison.Ordinal))
        && !Plan.Any(l => l.Contains("TEMP B-TREE", StringComparison.Ordinal)
            || (l.StartsWith("SCAN", StringComparison.Ordinal) && !l.Contains("INDEX", StringComparison.Ordinal) && l != "SCAN CONSTANT ROW"));

    /// <summary>The plans of all statements that a call sends.</summary>
    public static async Task<IReadOnlyList<QueryPlan>> OfAsync(TestDatabase database, Func<DictationDbContext, Task> call)
    {
        var explainer = new Explainer(database.ConnectionString);
        await using var db = database.Open(explainer);
        await call(db);
        return explainer.Plans;
    }

    public override string ToString() => $"{string.Join(" | ", Plan)}\n{Sql}";

    /// <summary>Asks, for each statement that reads or removes rows, how SQLite would run it.</summary>
    private sealed class Explainer(string connectionString) : DbCommandInterceptor
    {
        public List<QueryPlan> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await ExplainAsync(command, cancellationToken);
            return result;
        }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await ExplainAsync(command, cancellationToken);
            return result;
        }

        private async Task ExplainAsync(DbCommand command, CancellationToken cancellationToken)
        {
            if (command.CommandText.StartsWith("INSERT", StringComparison.Ordinal))
            {
                return;
            }

            await using var connection = new SqliteConnection(connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var explain = connection.CreateCommand();
            explain.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
            foreach (DbParameter parameter in command.Parameters)
            {
                explain.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
            }

            var lines = new List<string>();
            await using var reader = await explain.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                lines.Add(reader.GetString(3));
            }

            Plans.Add(new QueryPlan(command.CommandText, lines));
        }
    }
}
