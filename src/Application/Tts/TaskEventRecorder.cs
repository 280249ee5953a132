using System.Threading.Channels;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dictation.Application.Tts;

/// <summary>
/// The only writer of running tasks' state. Drains engine events in batches, one transaction per batch, and hands what was stored to the
/// <see cref="TaskEventAnnouncer"/>. Starts before the engine and stops after it, once everything is written.
/// </summary>
public sealed partial class TaskEventRecorder(
    IServiceScopeFactory scopes,
    ITtsEngine engine,
    AudioStoreCircuitBreaker breaker,
    TaskEventAnnouncer announcer,
    IAudioStore audio,
    TimeProvider clock,
    IOptions<QueueOptions> options,
    ILogger<TaskEventRecorder> logger) : IHostedService, IDisposable
{
    private const int MaxBatch = 256;
    private static readonly TimeSpan RewriteDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a non-terminal event may wait to be stored together with the terminal one.</summary>
    private static readonly TimeSpan BatchingDelay = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _abandon = new();
    private readonly Lock _stopGate = new();
    private TtsEventSubscription? _events;
    private Task? _writing;
    private Task? _stopping;
    private volatile string? _problem;

    /// <summary>Why the engine's events are not being stored at the moment; null when they are.</summary>
    public string? Problem => _writing is null or { IsCompleted: true } ? "The task event recorder is not running." : _problem;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _events = engine.Subscribe();
        _writing = Task.Run(() => WriteAllAsync(_events.Reader, _abandon.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Returns once every event is stored. A second call waits for the first.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopGate)
        {
            return _stopping ??= StopOnceAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _events?.Dispose();
        _abandon.Dispose();
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        if (_writing is null)
        {
            return;
        }

        // The engine has stopped by now and ended the stream. If the host's patience ends first, what is unwritten is claimed again later.
        await using (cancellationToken.Register(_abandon.Cancel))
        {
            await _writing;
        }
    }

    private async Task WriteAllAsync(ChannelReader<TtsEvent> reader, CancellationToken abandoned)
    {
        var batch = new List<TtsEvent>(MaxBatch);
        try
        {
            while (await reader.WaitToReadAsync(abandoned))
            {
                Gather(reader, batch);
                if (!batch.Exists(EndsTry) && batch.Count < MaxBatch)
                {
                    await GatherUntilOneEndsAsync(reader, batch, abandoned);
                }

                await WriteUntilStoredAsync(batch, abandoned);
                batch.Clear();
            }
        }
        catch (Exception) when (abandoned.IsCancellationRequested)
        {
            LogAbandoned(batch.Count);
        }
    }

    private static void Gather(ChannelReader<TtsEvent> reader, List<TtsEvent> batch)
    {
        while (batch.Count < MaxBatch && reader.TryRead(out var e))
        {
            batch.Add(e);
        }
    }

    /// <summary>Waits a moment for the end of a started text: a short text then takes one transaction, not three.</summary>
    private async Task GatherUntilOneEndsAsync(ChannelReader<TtsEvent> reader, List<TtsEvent> batch, CancellationToken abandoned)
    {
        using var moment = new CancellationTokenSource(BatchingDelay, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(abandoned, moment.Token);
        try
        {
            while (!batch.Exists(EndsTry) && batch.Count < MaxBatch && await reader.WaitToReadAsync(either.Token))
            {
                Gather(reader, batch);
            }
        }
        catch (OperationCanceledException) when (!abandoned.IsCancellationRequested)
        {
            // The moment is over.
        }
    }

    private static bool EndsTry(TtsEvent e) => e is TtsJobStored or TtsJobFailed or TtsJobCancelled;

    private async Task WriteUntilStoredAsync(List<TtsEvent> batch, CancellationToken abandoned)
    {
        while (true)
        {
            try
            {
                await WriteAsync(batch, abandoned);
                _problem = null;
                return;
            }
            catch (Exception exception) when (!abandoned.IsCancellationRequested)
            {
                // Nothing of the batch is lost: it is applied again to what the database holds then, and what was applied changes nothing.
                // A cancellation that nobody asked for is a driver's word for a timeout.
                _problem = "Results cannot be stored in the database; they are kept and written when it answers again.";
                LogWriteFailed(exception, batch.Count);
            }

            await Task.Delay(RewriteDelay, clock, abandoned);
        }
    }

    private async Task WriteAsync(List<TtsEvent> batch, CancellationToken cancellationToken)
    {
        var stored = batch.Where(e => e is not TtsJobProgressed).ToLookup(e => e.ConversionId, StringComparer.Ordinal);
        if (stored.Count > 0)
        {
            await using var scope = scopes.CreateAsyncScope();
            var tasks = scope.ServiceProvider.GetRequiredService<ITtsTaskQueue>();
            var before = new Dictionary<string, TtsTaskStatus>(StringComparer.Ordinal);
            var after = await tasks.ChangeManyAsync(
                stored.Select(g => g.Key).ToList(),
                task =>
                {
                    before[task.ConversionId] = task.Status;
                    foreach (var e in stored[task.ConversionId])
                    {
                        Apply(task, e);
                    }
                },
                cancellationToken);
            foreach (var task in after)
            {
                announcer.Changed(task, before[task.ConversionId]);
            }

            await DeleteUnownedAsync(scope.ServiceProvider.GetRequiredService<IOrphanedAudioRepository>(), batch, cancellationToken);
        }

        batch.ForEach(announcer.Recorded);
    }

    private void Apply(TtsTask task, TtsEvent e)
    {
        switch (e)
        {
            case TtsJobStarted:
                task.Start(e.ClaimId, e.At);
                break;
            case TtsJobCompleted completed:
                task.Complete(e.ClaimId, completed.Audio, e.At);
                break;
            case TtsJobStored stored:
                task.Finish(e.ClaimId, stored.Audio);
                break;
            case TtsJobFailed { StoreFailed: true } failed:
                var now = clock.GetUtcNow().UtcDateTime;
                task.PutOff(e.ClaimId, failed.Message, e.At, now + breaker.DelayOf(now - (task.StartedAt ?? now)), AudioStoreCircuitBreaker.Patience);
                break;
            case TtsJobFailed failed:
                var retryAt = failed.MayPass ? clock.GetUtcNow().UtcDateTime + options.Value.RetryDelay(task.Tries) : (DateTime?)null;
                task.Fail(e.ClaimId, failed.Message, e.At, retryAt, options.Value.MaxTries);
                break;
            case TtsJobCancelled:
                task.Release(e.ClaimId, clock.GetUtcNow().UtcDateTime);
                break;
        }
    }

    /// <summary>A task deleted while it was spoken leaves a file that nobody owns.</summary>
    private async Task DeleteUnownedAsync(IOrphanedAudioRepository orphans, List<TtsEvent> batch, CancellationToken cancellationToken)
    {
        var keys = batch.OfType<TtsJobStored>().DistinctBy(e => e.ConversionId).ToDictionary(e => e.ConversionId, e => e.Audio.Key, StringComparer.Ordinal);
        if (keys.Count == 0)
        {
            return;
        }

        foreach (var id in await orphans.FindUnownedAsync(keys.Keys, cancellationToken))
        {
            try
            {
                await audio.DeleteAsync(keys[id], cancellationToken);
            }
            catch (IOException exception)
            {
                // The results of other tasks do not wait for it.
                LogOrphanLeft(exception, id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Storing {Count} events failed; they are kept and written again")]
    private partial void LogWriteFailed(Exception exception, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stopped with {Count} events unwritten; their tasks are claimed again at the next start")]
    private partial void LogAbandoned(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audio of task {ConversionId}, deleted while it was spoken, could not be removed; the orphan sweeper removes it later")]
    private partial void LogOrphanLeft(Exception exception, string conversionId);
}
