using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dictation.Application.Health;

/// <summary>Unhealthy unless the engine runs: nothing is spoken then. Degraded when a text hangs in it, which a restart alone clears away.</summary>
public sealed class TtsEngineHealthCheck(ITtsEngine engine) : IHealthCheck
{
    public const string Name = "tts_engine";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = engine.Status;
        return Task.FromResult(status switch
        {
            { State: TtsEngineState.Running, Workers: > 0, Hung: > 0 } => HealthCheckResult.Degraded(
                $"Running on {status.Device} with {status.Workers} worker(s); {status.Hung} more hang in a text. The log names the tasks; restart when it suits."),
            { State: TtsEngineState.Running, Workers: > 0 } => HealthCheckResult.Healthy($"Running on {status.Device} with {status.Workers} worker(s)."),
            _ => HealthCheckResult.Unhealthy($"The speech engine is {status.State.WireName()} with {status.Workers} worker(s); nothing is spoken."),
        });
    }
}

/// <summary>Degraded when the store cannot be written: what is there can still be read, new tasks wait.</summary>
public sealed class AudioStoreHealthCheck(IAudioStore audio, AudioStoreCircuitBreaker breaker) : IHealthCheck
{
    public const string Name = "audio_store";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await audio.CheckWritableAsync(cancellationToken);
            return breaker.IsOpen
                ? HealthCheckResult.Degraded("The last audio could not be stored, though the directory can be written; check the free space. Tasks wait and are tried one at a time.")
                : HealthCheckResult.Healthy("Writable.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return HealthCheckResult.Degraded("The audio store cannot be written; check the directory, its permissions and the free space. Tasks wait until it can.", exception);
        }
    }
}

/// <summary>Unhealthy when changes of tasks are not stored.</summary>
public sealed class TaskMonitorHealthCheck(TaskEventRecorder recorder) : IHealthCheck
{
    public const string Name = "task_monitor";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(recorder.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy("Storing results."));
}
