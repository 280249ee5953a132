using System.Diagnostics.Metrics;
using Dictation.Application.Tts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dictation.Application.Health;

/// <summary>The last report of the health checks' timer, one figure per check: 1 healthy, 0.5 degraded, 0 unhealthy.</summary>
public sealed class HealthMetrics : IHealthCheckPublisher
{
    private HealthReport? _report;

    public HealthMetrics(IMeterFactory meters) => meters.Create(SpeechMetrics.Name).CreateObservableGauge(
        "dictation.health", Observe, unit: null, "How each part of the service is: 1 healthy, 0.5 degraded, 0 unhealthy.");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _report, report);
        return Task.CompletedTask;
    }

    private IEnumerable<Measurement<double>> Observe() => Volatile.Read(ref _report)?.Entries.Select(e => new Measurement<double>(
        e.Value.Status switch
        {
            HealthStatus.Healthy => 1,
            HealthStatus.Degraded => 0.5,
            _ => 0,
        },
        KeyValuePair.Create("dictation.check", (object?)e.Key))) ?? [];
}
