using System.Collections.Concurrent;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>
/// The engine: its state, its jobs and its events. A <see cref="WorkerPool"/> of dedicated, named threads runs the jobs one at a time, each by a
/// <see cref="JobRunner"/>. An exception in a job fails that job alone. A job that hangs past its time is interrupted; if it ignores cancellation,
/// its thread is abandoned and replaced.
/// </summary>
/// <remarks>
/// Order of locks: the engine's gate first, then the gate of a worker or a job, never two of those at once. Nothing takes the engine's gate while it
/// holds another.
/// </remarks>
public sealed partial class TtsEngine : ITtsEngine, IAsyncDisposable
{
    private readonly ISpeechSynthesizer _synthesizer;
    private readonly IVoiceCatalog _voices;
    private readonly TimeProvider _clock;
    private readonly TtsOptions _options;
    private readonly ILogger<TtsEngine> _logger;
    private readonly JobRunner _runner;
    private readonly TtsEventStream _events = new();
    private readonly HungThreads _hung = new();
    private readonly Lock _engineGate = new();

    // Every job that was taken and whose last event is not out yet.
    private readonly ConcurrentDictionary<(string ConversionId, Guid ClaimId), Job> _jobs = new();
    private int _held;
    private WorkerPool? _pool;
    private volatile TtsEngineState _state = TtsEngineState.Stopped;
    private volatile string? _device;

    public TtsEngine(ISpeechSynthesizer synthesizer, IVoiceCatalog voices, IAudioStore audio, TimeProvider clock, TtsOptions options, ILogger<TtsEngine> logger)
    {
        (_synthesizer, _voices, _clock, _options, _logger) = (synthesizer, voices, clock, options, logger);
        _runner = new JobRunner(synthesizer, audio, clock, options, _events, End, logger);
    }

    public TtsEngineStatus Status => new(_state, _device, _pool?.LivingThreads ?? 0, _hung.Count, _options.Prefetch);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_engineGate)
        {
            if (_state != TtsEngineState.Stopped)
            {
                throw new TtsServiceException($"The speech engine is {StateInWords}; it can only be started when it is stopped.");
            }

            _state = TtsEngineState.Starting;
        }

        try
        {
            // Reading a model takes a moment, and the caller's thread is the host's.
            _device = await Task.Run(() => _synthesizer.Preload(_voices.DefaultVoice.Name), cancellationToken);
        }
        catch (Exception exception)
        {
            _state = TtsEngineState.Stopped;
            if (exception is VoiceException)
            {
                throw new StartupException(exception.Message, exception);
            }

            throw;
        }

        var pool = new WorkerPool(_options.Workers, Run, _hung);
        lock (_engineGate)
        {
            _pool = pool;
            _state = TtsEngineState.Running;
        }

        EspeakNg.Crashed += LogEspeakCrashed;
        pool.Start();
        LogStarted(_options.Workers, _device);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        WorkerPool stopping;
        bool first;
        lock (_engineGate)
        {
            if (_state is not (TtsEngineState.Running or TtsEngineState.Stopping))
            {
                return;
            }

            // A second call, perhaps after the first ran out of patience, waits for the same end.
            first = _state == TtsEngineState.Running;
            _state = TtsEngineState.Stopping;
            stopping = _pool!;
        }

        if (first)
        {
            await stopping.InterruptAsync();
        }

        await Task.WhenAll(_jobs.Values.Select(j => j.Ended)).WaitAsync(cancellationToken);
        await stopping.Ended.WaitAsync(cancellationToken);
        lock (_engineGate)
        {
            if (_pool != stopping)
            {
                return;
            }

            _state = TtsEngineState.Stopped;
            _pool = null;
            _events.Complete();
        }

        EspeakNg.Crashed -= LogEspeakCrashed;
        stopping.Dispose();
        LogStopped();
    }

    public void Submit(TtsJob job)
    {
        lock (_engineGate)
        {
            if (_state != TtsEngineState.Running || _pool is null)
            {
                throw new TtsServiceException($"The speech engine is {StateInWords} and takes no work.");
            }

            if (!_pool.HasWorkers)
            {
                throw new TtsServiceException("Every worker of the speech engine hangs in a text; it takes no work until the service is restarted.");
            }

            if (_held >= _options.Prefetch)
            {
                throw new TtsServiceException("The speech engine's queue is full.");
            }

            var queued = new Job(job, CancellationTokenSource.CreateLinkedTokenSource(_pool.Interrupted), _clock, Abandon);
            _jobs[(job.ConversionId, job.ClaimId)] = queued;
            Interlocked.Increment(ref _held);
            _pool.Enqueue(queued);
        }
    }

    public void Cancel(string conversionId)
    {
        foreach (var (key, job) in _jobs)
        {
            if (key.ConversionId == conversionId)
            {
                job.Cancel();
            }
        }
    }

    public TtsEventSubscription Subscribe(int? capacity = null) => _events.Subscribe(capacity);

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private string StateInWords => _state.WireName();

    /// <summary>On a worker's thread.</summary>
    private void Run(Job job)
    {
        if (!Defer(job))
        {
            _runner.Speak(job);
        }
    }

    /// <summary>
    /// On a worker's thread: puts a job aside whose voice is not loaded yet, until it is, so that no other job waits for the load. It comes back
    /// behind the others, once. If its voice was unloaded again by then, the worker itself loads it.
    /// </summary>
    /// <returns>Whether the job waits for its voice; otherwise it is to be spoken now.</returns>
    private bool Defer(Job job)
    {
        if (job.WasDeferred || job.Interrupted.IsCancellationRequested)
        {
            return false;
        }

        var loading = _synthesizer.Prepare(job.Request.Voice);
        if (loading.IsCompleted)
        {
            return false;
        }

        job.WasDeferred = true;
        _runner.Begin(job);
        _ = ResumeAsync(job, loading);
        return true;
    }

    private async Task ResumeAsync(Job job, Task loading)
    {
        try
        {
            await loading.WaitAsync(job.Interrupted);
            lock (_engineGate)
            {
                if (_state == TtsEngineState.Running && _pool is { HasWorkers: true } pool)
                {
                    pool.Enqueue(job);
                    return;
                }
            }

            End(job, _runner.Cancelled(job));
        }
        catch (OperationCanceledException exception)
        {
            End(job, _runner.Outcome(job, exception));
        }
    }

    /// <summary>The job was interrupted and ignores it: it ends here, whatever its thread may still do.</summary>
    private void Abandon(Job job)
    {
        lock (_engineGate)
        {
            // One that stops needs a thread to hand back what waits.
            if (_pool?.Abandon(job, keepWorkers: _state == TtsEngineState.Stopping) is { } thread)
            {
                LogHung(job.Request.ConversionId, thread, _hung.Count);
                while (!_pool.HasWorkers && _pool.TryTake(out var waiting))
                {
                    // Without a worker nothing that waits here is ever spoken; another process may.
                    End(waiting, _runner.Cancelled(waiting));
                }
            }
        }

        End(job, _runner.Outcome(job, new OperationCanceledException(job.Interrupted)));
    }

    private void End(Job job, TtsEvent outcome)
    {
        if (!job.TryEnd())
        {
            return;
        }

        job.Activity.End(outcome);

        // Room first: an observer of the end may send the next job at once.
        Interlocked.Decrement(ref _held);
        _events.Publish(outcome);
        _jobs.TryRemove(KeyValuePair.Create((job.Request.ConversionId, job.Request.ClaimId), job));
        job.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The speech engine runs {Workers} worker(s) on {Device}")]
    private partial void LogStarted(int workers, string? device);

    [LoggerMessage(Level = LogLevel.Information, Message = "The speech engine has stopped")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Warning, Message = "espeak-ng crashed on a text of {Characters} characters, in a process of its own, and is started again")]
    private partial void LogEspeakCrashed(int characters);

    [LoggerMessage(Level = LogLevel.Error, Message = "Speaking task {ConversionId} hangs; its thread {Thread} is abandoned, {Hung} threads hang now")]
    private partial void LogHung(string conversionId, string? thread, int hung);
}
