using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dictation.Application.Tts;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Durations of database operations, by OpenTelemetry's conventions for database clients, and of waits for the turn to write.
/// </summary>
public sealed class DatabaseMetrics : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly DatabaseProvider _provider;
    private readonly Histogram<double> _operations;
    private readonly Histogram<double> _waits;

    public DatabaseMetrics(IMeterFactory meters, DatabaseProvider provider)
    {
        _provider = provider;
        var meter = meters.Create(SpeechMetrics.Name);
        var seconds = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10] };
        _operations = meter.CreateHistogram("db.client.operation.duration", "s", "How long database operations took.", advice: seconds);
        _waits = meter.CreateHistogram("dictation.db.write.wait", "s", "How long a writer waited for its turn: SQLite has one writer at a time.", advice: seconds);
    }

    /// <param name="began">A timestamp of <see cref="Stopwatch"/>.</param>
    public void Waited(long began) => _waits.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Record(command, eventData.Duration);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Record(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Record(command, eventData.Duration);
        return result;
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Record(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Record(command, eventData.Duration);
        return result;
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Record(command, eventData.Duration);
        return ValueTask.FromResult(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Record(command, eventData.Duration, eventData.Exception);

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Record(command, eventData.Duration, eventData.Exception);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Record("COMMIT", eventData.Duration, null);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Record("COMMIT", eventData.Duration, null);
        return Task.CompletedTask;
    }

    private static string OperationOf(string sql)
    {
        // On SQL Server, EF Core puts SET statements before one that changes rows.
        var statement = sql.AsSpan().TrimStart();
        while (statement.StartsWith("SET ") && statement.IndexOf(';') is > 0 and var end)
        {
            statement = statement[(end + 1)..].TrimStart();
        }

        return statement.StartsWith("SELECT") || statement.StartsWith("WITH") ? "SELECT"
            : statement.StartsWith("INSERT") ? "INSERT"
            : statement.StartsWith("UPDATE") ? "UPDATE"
            : statement.StartsWith("DELETE") ? "DELETE"
            : statement.StartsWith("MERGE") ? "MERGE"
            : "OTHER";
    }

    private void Record(DbCommand command, TimeSpan duration, Exception? exception = null) => Record(OperationOf(command.CommandText), duration, exception);

    private void Record(string operation, TimeSpan duration, Exception? exception)
    {
        if (!_operations.Enabled)
        {
            return;
        }

        var tags = new TagList
        {
            { "db.system.name", _provider.SystemName },
            { "db.operation.name", operation },
        };
        if (exception is not null)
        {
            // The convention asks for the database's error code.
            tags.Add("error.type", _provider.ErrorCodeOf(exception) ?? exception.GetType().FullName);
        }

        _operations.Record(duration.TotalSeconds, tags);
    }
}
