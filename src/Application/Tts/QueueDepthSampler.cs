using Dictation.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dictation.Application.Tts;

/// <summary>Samples the queue's depth and age at intervals, so that <see cref="SpeechMetrics"/> answers any number of scrapes without a query.</summary>
public sealed partial class QueueDepthSampler(IServiceScopeFactory scopes, SpeechMetrics metrics, TimeProvider clock, ILogger<QueueDepthSampler> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await LookAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            metrics.QueueSeen(await scope.ServiceProvider.GetRequiredService<ITtsTaskQueries>().GetQueueAsync(cancellationToken));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.QueueSeen(null);
            LogUnseen(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The queue could not be looked at; its figures are left out until it can")]
    private partial void LogUnseen(Exception exception);
}
