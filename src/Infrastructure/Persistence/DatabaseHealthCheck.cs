using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Unhealthy when the tasks cannot be read. A SQLite file that was removed under open connections counts as missing, though they still read it.</summary>
public sealed class DatabaseHealthCheck(DictationDbContext db, IOptions<DatabaseOptions> options) : IHealthCheck
{
    public const string Name = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (options.Value.Provider == DatabaseProvider.Sqlite && !File.Exists(new SqliteConnectionStringBuilder(options.Value.ConnectionString).DataSource))
        {
            return HealthCheckResult.Unhealthy("The database file is missing. Put it back; the service takes it up again by itself.");
        }

        try
        {
            await db.Tasks.AnyAsync(t => t.ConversionId == "", cancellationToken);
            return HealthCheckResult.Healthy($"{options.Value.Provider} answers.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"{options.Value.Provider} does not answer; see the log for the cause.", exception);
        }
    }
}
