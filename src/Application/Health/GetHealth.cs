using MediatR;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dictation.Application.Health;

/// <summary>How the service is, part by part.</summary>
public sealed record GetHealth : IRequest<HealthResponse>;

/// <summary>How the service is, part by part.</summary>
/// <param name="Status">The worst of the checks.</param>
/// <param name="Service">Name of the service.</param>
/// <param name="Version">Version of the service.</param>
/// <param name="Timestamp">UTC.</param>
/// <param name="Checks">Each part of the service by its name.</param>
public sealed record HealthResponse(HealthState Status, string Service, string Version, DateTime Timestamp, IReadOnlyDictionary<string, HealthCheckResponse> Checks);

/// <summary>How a part of the service is.</summary>
/// <param name="Status">healthy, degraded or unhealthy.</param>
/// <param name="Detail">What is wrong, or how it is.</param>
public sealed record HealthCheckResponse(HealthState Status, string? Detail);

/// <summary>How the service or a part of it is.</summary>
public enum HealthState
{
    /// <summary>Works.</summary>
    Healthy,

    /// <summary>Works, not in every respect.</summary>
    Degraded,

    /// <summary>Does not do its job.</summary>
    Unhealthy,
}

public sealed class GetHealthHandler(HealthCheckService checks, ServiceIdentity service, TimeProvider clock) : IRequestHandler<GetHealth, HealthResponse>
{
    public async Task<HealthResponse> Handle(GetHealth request, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        return new HealthResponse(
            StateFor(report.Status),
            service.Name,
            service.Version,
            clock.GetUtcNow().UtcDateTime,
            report.Entries.ToDictionary(e => e.Key, e => new HealthCheckResponse(StateFor(e.Value.Status), e.Value.Description)));
    }

    private static HealthState StateFor(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => HealthState.Healthy,
        HealthStatus.Degraded => HealthState.Degraded,
        _ => HealthState.Unhealthy,
    };
}

/// <summary>That the process answers.</summary>
/// <param name="Status">Always <c>alive</c>.</param>
public sealed record LivenessResponse(string Status);
