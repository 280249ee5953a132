using System.Data.Common;
using Dictation.Infrastructure.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>How SQLite would run a statement, by its own account.</summary>
internal sealed record QueryPlan(string Sql, IReadOnlyList<string> Plan)
{
    /// <summary>Whether it finds rows by an index or walks one that holds only the rows or the order asked for, never the table itself.</summary>
    public bool UsesIndexes =>
        Plan.Any(l => l.StartsWith("SEARCH", StringComparison.Ordinal) || l.Contains("INDEX", StringComparison.Ordinal))
        && !Plan.Any(l => l.StartsWith("SCAN", StringComparison.Ordinal) && !l.Contains("INDEX", StringComparison.Ordinal) && l != "SCAN CONSTANT ROW"

            // What a part of the same statement yields.
            && !Plan.Contains($"CO-ROUTINE {l[5..]}"));

    /// <summary>The same, and sorts nothing.</summary>
    public bool IsSeek => UsesIndexes && !Plan.Any(l => l.Contains("TEMP B-TREE", StringComparison.Ordinal));

    /// <summary>The plans of all statements that a call sends.</summary>
    public static async Task<IReadOnlyList<QueryPlan>> ForAsync(TestDatabase database, Func<DictationDbContext, Task> call)
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
