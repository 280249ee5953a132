using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// Unhealthy when the tasks cannot be read. A SQLite file that was removed is missing, even if open connections still read it.
/// </summary>
public sealed class DatabaseHealthCheck(DictationDbContext db, DatabaseProvider provider, IOptions<DatabaseOptions> options) : IHealthCheck
{
    public const string Name = "database";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (provider.FindProblem(options.Value.ConnectionString) is { } problem)
        {
            return HealthCheckResult.Unhealthy(problem);
        }

        try
        {
            await db.Tasks.AnyAsync(t => t.ConversionId == "", cancellationToken);
            return HealthCheckResult.Healthy($"{provider.Name} answers.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy($"{provider.Name} does not answer; see the log for the cause.", exception);
        }
    }
}
