using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dictation.Application.Tts;

/// <summary>
/// Removes files that ended processes left in the audio store: half-written ones, and audio that nothing uses any more.
/// It removes only what the database says is unused; files that the database knows nothing of are for <see cref="CleanUp"/>, which a person asks for.
/// </summary>
public sealed partial class OrphanSweeper(IServiceScopeFactory scopes, IAudioStore audio, TimeProvider clock, ILogger<OrphanSweeper> logger) : BackgroundService
{
    private const int Page = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);

    /// <summary>Longer than any worker, a paused one too, may still hold a file for a task that has gone.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var swept = await TrySweepAsync(stoppingToken);
                await Task.Delay(swept ? Interval : AfterFailure, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task<bool> TrySweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (files, bytes) = await audio.DeleteAbandonedAsync(dryRun: false, cancellationToken);
            await using var scope = scopes.CreateAsyncScope();
            var orphans = scope.ServiceProvider.GetRequiredService<IOrphanedAudioRepository>();
            var after = "";
            while (await orphans.ListAsync(after, Page, cancellationToken) is { Count: > 0 } orphaned)
            {
                foreach (var id in orphaned)
                {
                    var freed = await audio.DeleteAsync(TtsTask.AudioKeyOf(id), cancellationToken);
                    (files, bytes) = freed == 0 ? (files, bytes) : (files + 1, bytes + freed);
                }

                after = orphaned[^1];
            }

            await orphans.ForgetAsync(clock.GetUtcNow().UtcDateTime - Remembered, cancellationToken);
            if (files > 0)
            {
                LogSwept(files, bytes);
            }

            return true;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogSweepFailed(exception);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed {Files} audio file(s), {Bytes} bytes, that an ended process had left and nobody uses")]
    private partial void LogSwept(int files, long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What ended processes left in the audio store could not be removed; it is tried again")]
    private partial void LogSweepFailed(Exception exception);
}
