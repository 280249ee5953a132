using System.Diagnostics.Tracing;

namespace Dictation.WebApi.Telemetry;

/// <summary>Logs failed exports, which OpenTelemetry does not report, at most once per minute.</summary>
internal sealed partial class ExportFailures(TimeProvider clock, ILogger<ExportFailures> logger) : EventListener
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _lastAt;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name.StartsWith("OpenTelemetry-Exporter", StringComparison.Ordinal))
        {
            EnableEvents(eventSource, EventLevel.Warning);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class may call before the fields are there.
        if (_gate is null || logger is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_lastAt is { } last && clock.GetElapsedTime(last) < Pause)
            {
                return;
            }

            _lastAt = clock.GetTimestamp();
        }

        LogFailed(eventData.EventName);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telemetry could not be sent to the collector that OTEL_EXPORTER_OTLP_ENDPOINT names ({Event}); the service goes on without")]
    private partial void LogFailed(string? @event);
}
