using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>
/// Claims due rows while the engine has room, and hands them on. It keeps nothing: after a crash the rows whose lease ran out are simply
/// due again, in this process or another.
/// </summary>
public sealed partial class TtsTaskDispatcher(
    IServiceScopeFactory scopes,
    ITtsEngine engine,
    ClaimedTasks claimed,
    AudioStoreCircuitBreaker breaker,
    TaskEventBroadcaster broadcaster,
    DispatchSignal signal,
    SpeechMetrics metrics,
    TimeProvider clock,
    IOptions<QueueOptions> options,
    ILogger<TtsTaskDispatcher> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await DispatchAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database may be busy or away: the rows wait, and the next round tries again.
                LogRoundFailed(exception);
            }

            if (!more)
            {
                try
                {
                    await signal.WaitAsync(options.Value.Poll, clock, stoppingToken);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
        }
    }

    /// <returns>Whether there may be more to claim at once.</returns>
    private async Task<bool> DispatchAsync(CancellationToken cancellationToken)
    {
        var status = engine.Status;
        var room = status.Capacity - claimed.Count;

        // Claiming in halves of the capacity makes one transaction of many claims, and the engine never runs dry meanwhile.
        if (status is not { State: TtsEngineState.Running, Workers: > 0 } || room < Math.Max(1, status.Capacity / 2))
        {
            return false;
        }

        if (breaker.IsOpen)
        {
            if (claimed.Count > 0 || !breaker.AllowsAttempt())
            {
                return false;
            }

            room = 1;
        }

        await using var scope = scopes.CreateAsyncScope();
        var tasks = scope.ServiceProvider.GetRequiredService<ITtsTaskQueue>();
        var store = scope.ServiceProvider.GetRequiredService<ITtsTaskStore>();
        var due = await tasks.ClaimDueAsync(room, clock.GetUtcNow().UtcDateTime, options.Value.Terms, claimed.Ids, cancellationToken);
        foreach (var task in due)
        {
            if (task.Status == TtsTaskStatus.Failed)
            {
                LogGivenUp(task.ConversionId, task.Tries);
                metrics.Ended(task);
                foreach (var step in TaskStep.From(task, TtsTaskStatus.Completed))
                {
                    broadcaster.Publish(step);
                }

                continue;
            }

            var claimId = task.ClaimId!.Value;
            claimed.Add(task.ConversionId, claimId);
            try
            {
                engine.Submit(new TtsJob(
                    task.ConversionId, claimId, task.AudioKey, task.Text, task.Language, task.Voice, task.SpeakingRate, task.SubmittedAt, task.TraceParent, task.Reading));
            }
            catch (Exception exception)
            {
                // Most likely the engine is stopping. Given back at once, the task does not wait for its lease to run out.
                LogNotTaken(exception, task.ConversionId);
                claimed.Remove(task.ConversionId, claimId);
                await store.ChangeAsync(task.ConversionId, t => t.Release(claimId, clock.GetUtcNow().UtcDateTime), CancellationToken.None);
            }
        }

        return due.Count == room;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Claiming tasks failed; the next round tries again")]
    private partial void LogRoundFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Task {ConversionId} was begun {Tries} times and never ended; it has failed")]
    private partial void LogGivenUp(string conversionId, int tries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The engine did not take task {ConversionId}; it is queued again")]
    private partial void LogNotTaken(Exception exception, string conversionId);
}
