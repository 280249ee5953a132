using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Dictation.Application.Health;

/// <summary>
/// Answers for another check while the background work starts. Checks run on a timer from early on, and a part that has not started yet, or a
/// database that is being migrated, is no failure.
/// </summary>
internal sealed class StartupAwareHealthCheck(IHealthCheck inner, BackgroundStart start) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        start.IsComplete ? inner.CheckHealthAsync(context, cancellationToken) : Task.FromResult(HealthCheckResult.Degraded("The service is starting."));

    /// <summary>Wraps every registered check.</summary>
    public static void WrapAll(HealthCheckServiceOptions options, BackgroundStart start)
    {
        foreach (var registration in options.Registrations)
        {
            var create = registration.Factory;
            registration.Factory = services => new StartupAwareHealthCheck(create(services), start);
        }
    }
}

/// <summary>Knows whether the background work has started: it is registered last, so it starts last, and before the server listens.</summary>
internal sealed class BackgroundStart : IHostedService
{
    private volatile bool _isComplete;

    public bool IsComplete => _isComplete;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _isComplete = true;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
