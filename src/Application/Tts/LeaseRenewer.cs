using Dictation.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>
/// Extends the leases of the tasks that this process has claimed, and stops the work on a task whose claim was lost. Stops after the
/// <see cref="TaskEventRecorder"/>, so that no lease runs out while results are written.
/// </summary>
public sealed partial class LeaseRenewer(
    IServiceScopeFactory scopes, ITtsEngine engine, ClaimedTasks claimed, TimeProvider clock, IOptions<QueueOptions> options, ILogger<LeaseRenewer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RenewAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var mine = claimed.Snapshot();
        if (mine.Count == 0)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var tasks = scope.ServiceProvider.GetRequiredService<ITtsTaskQueue>();
            var held = await tasks.ExtendLeasesAsync(mine, clock.GetUtcNow().UtcDateTime + options.Value.Lease, cancellationToken);
            foreach (var (conversionId, claimId) in mine)
            {
                if (!held.Contains(claimId) && claimed.Holds(conversionId, claimId))
                {
                    LogClaimLost(conversionId);
                    engine.Cancel(conversionId);
                }
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogRenewalFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim on task {ConversionId} was lost or the task deleted; its work is stopped and discarded")]
    private partial void LogClaimLost(string conversionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Extending the leases failed; the next renewal tries again")]
    private partial void LogRenewalFailed(Exception exception);
}
