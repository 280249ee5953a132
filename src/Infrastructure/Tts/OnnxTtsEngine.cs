using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts;

/// <summary>
/// The engine on ONNX Runtime: dedicated, named threads take jobs from a bounded queue and speak them one at a time. Making a finished
/// audio durable is left to the thread pool, so that a slow disk does not keep a worker from its next text. An exception in a job fails
/// that job alone.
/// </summary>
public sealed partial class OnnxTtsEngine(
    ISpeechSynthesizer synthesizer, IVoiceCatalog voices, IAudioStore audio, TimeProvider clock, TtsOptions options, ILogger<OnnxTtsEngine> logger) : ITtsEngine, IAsyncDisposable
{
    private readonly Lock _gate = new();

    // Every job that was taken and whose last event is not out yet.
    private readonly ConcurrentDictionary<(string ConversionId, Guid ClaimId), Job> _jobs = new();
    private ImmutableArray<ChannelWriter<TtsEvent>> _observers = [];
    private int _held;
    private Run? _run;
    private volatile TtsEngineState _state = TtsEngineState.Stopped;
    private volatile string? _device;

    public TtsEngineStatus Status => new(_state, _device, _run?.Workers.Count(w => w.Thread.IsAlive) ?? 0, options.Prefetch);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_state != TtsEngineState.Stopped)
            {
                throw new TtsServiceException($"The speech engine is {_state.ToString().ToLowerInvariant()}; it can only be started when it is stopped.");
            }

            _state = TtsEngineState.Starting;
        }

        try
        {
            // Reading a model takes a moment, and the caller's thread is the host's.
            _device = await Task.Run(() => synthesizer.Preload(voices.DefaultVoice.Name), cancellationToken);
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

        var started = new Run();
        for (var i = 1; i <= options.Workers; i++)
        {
            started.Workers.Add(new Worker(started, this, $"tts-worker-{i}"));
        }

        lock (_gate)
        {
            _run = started;
            _state = TtsEngineState.Running;
        }

        started.Workers.ForEach(w => w.Thread.Start());
        LogStarted(started.Workers.Count, _device);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Run? stopping;
        bool first;
        lock (_gate)
        {
            if (_state is not (TtsEngineState.Running or TtsEngineState.Stopping))
            {
                return;
            }

            // A second call, perhaps after the first ran out of patience, waits for the same end.
            first = _state == TtsEngineState.Running;
            _state = TtsEngineState.Stopping;
            stopping = _run!;
        }

        if (first)
        {
            stopping.Queue.CompleteAdding();
            await stopping.Interrupt.CancelAsync();
        }

        await Task.WhenAll(stopping.Workers.Select(w => w.Ended)).WaitAsync(cancellationToken);
        await Task.WhenAll(_jobs.Values.Select(j => j.Ended)).WaitAsync(cancellationToken);
        lock (_gate)
        {
            if (_run != stopping)
            {
                return;
            }

            _state = TtsEngineState.Stopped;
            _run = null;
            foreach (var observer in _observers)
            {
                observer.TryComplete();
            }

            _observers = [];
        }

        stopping.Dispose();
        LogStopped();
    }

    public void Submit(TtsJob job)
    {
        lock (_gate)
        {
            if (_state != TtsEngineState.Running || _run is null)
            {
                throw new TtsServiceException($"The speech engine is {_state.ToString().ToLowerInvariant()} and takes no work.");
            }

            if (_held >= options.Prefetch)
            {
                throw new TtsServiceException("The speech engine's queue is full.");
            }

            var queued = new Job(job, CancellationTokenSource.CreateLinkedTokenSource(_run.Interrupt.Token));
            _jobs[(job.ConversionId, job.ClaimId)] = queued;
            Interlocked.Increment(ref _held);
            _run.Queue.Add(queued);
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

    public TtsEventSubscription Subscribe(int? capacity = null)
    {
        var channel = capacity is { } bound
            ? Channel.CreateBounded<TtsEvent>(new BoundedChannelOptions(bound) { FullMode = BoundedChannelFullMode.DropOldest })
            : Channel.CreateUnbounded<TtsEvent>();
        lock (_gate)
        {
            _observers = _observers.Add(channel.Writer);
        }

        return new TtsEventSubscription(channel.Reader, () =>
        {
            lock (_gate)
            {
                _observers = _observers.Remove(channel.Writer);
            }

            channel.Writer.TryComplete();
        });
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private void Publish(TtsEvent e)
    {
        foreach (var observer in _observers)
        {
            observer.TryWrite(e);
        }
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    /// <summary>On a worker's thread: speaks one job into a temporary file and sends it on to be stored. Never throws.</summary>
    private void Speak(Job job)
    {
        var (id, claim) = (job.Request.ConversionId, job.Request.ClaimId);
        IAudioWriter? writer = null;
        try
        {
            job.Interrupted.ThrowIfCancellationRequested();
            Publish(new TtsJobStarted(id, claim, Now()));
            writer = audio.Create(job.Request.AudioKey);
            var began = clock.GetTimestamp();
            var request = new SynthesisRequest(job.Request.Text, job.Request.Language, job.Request.Voice, job.Request.SpeakingRate);
            var result = synthesizer.Speak(request, writer.Stream, fraction => Publish(new TtsJobProgressed(id, claim, Now(), fraction)), job.Interrupted);
            var spoken = new SpokenAudio(result.SampleRate, result.Duration, result.Segments, result.Device, clock.GetElapsedTime(began).TotalSeconds);
            Publish(new TtsJobCompleted(id, claim, Now(), spoken));
            var finished = writer;
            _ = Task.Run(() => StoreAsync(job, finished, result.AudioHash));
        }
        catch (Exception exception)
        {
            _ = Task.Run(() => EndAsync(job, writer, Outcome(job, exception)));
        }
    }

    private async Task StoreAsync(Job job, IAudioWriter writer, string hash)
    {
        TtsEvent outcome;
        try
        {
            var size = await writer.CommitAsync(job.Interrupted);
            outcome = new TtsJobStored(job.Request.ConversionId, job.Request.ClaimId, Now(), new StoredAudio(job.Request.AudioKey, size, hash));
        }
        catch (Exception exception)
        {
            outcome = Outcome(job, exception);
        }

        await EndAsync(job, writer, outcome);
    }

    private async Task EndAsync(Job job, IAudioWriter? writer, TtsEvent outcome)
    {
        try
        {
            if (writer is not null)
            {
                await writer.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            LogTemporaryLeft(exception, job.Request.ConversionId);
        }
        finally
        {
            // Room first: whoever hears of the end may send the next job at once.
            Interlocked.Decrement(ref _held);
            Publish(outcome);
            _jobs.TryRemove(KeyValuePair.Create((job.Request.ConversionId, job.Request.ClaimId), job));
            job.End();
        }
    }

    private TtsEvent Outcome(Job job, Exception exception)
    {
        var (id, claim) = (job.Request.ConversionId, job.Request.ClaimId);
        switch (exception)
        {
            case OperationCanceledException when job.Interrupted.IsCancellationRequested:
                return new TtsJobCancelled(id, claim, Now());
            case NothingSpeakableException:
                return new TtsJobFailed(id, claim, Now(), exception.Message, MayPass: false);
            case VoiceException:
                return new TtsJobFailed(id, claim, Now(), exception.Message, MayPass: true);
            case IOException:
                LogStoreFailed(exception, id);
                return new TtsJobFailed(id, claim, Now(), "The audio could not be written to the store: the disk may be full or the directory not writable. The operator finds the cause in the log; retry the conversion afterwards.", MayPass: true);
            default:
                LogBug(exception, id);
                return new TtsJobFailed(id, claim, Now(), "Speaking this text failed unexpectedly. The operator finds the cause in the log.", MayPass: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The speech engine runs {Workers} worker(s) on {Device}")]
    private partial void LogStarted(int workers, string? device);

    [LoggerMessage(Level = LogLevel.Information, Message = "The speech engine has stopped")]
    private partial void LogStopped();

    [LoggerMessage(Level = LogLevel.Error, Message = "The audio of task {ConversionId} could not be stored")]
    private partial void LogStoreFailed(Exception exception, string conversionId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Speaking task {ConversionId} threw unexpectedly")]
    private partial void LogBug(Exception exception, string conversionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A temporary file of task {ConversionId} could not be removed; cleanup will")]
    private partial void LogTemporaryLeft(Exception exception, string conversionId);

    /// <summary>From one start to its stop.</summary>
    private sealed class Run : IDisposable
    {
        public BlockingCollection<Job> Queue { get; } = [];

        public CancellationTokenSource Interrupt { get; } = new();

        public List<Worker> Workers { get; } = [];

        public void Dispose()
        {
            Queue.Dispose();
            Interrupt.Dispose();
        }
    }

    private sealed class Job(TtsJob request, CancellationTokenSource cancellation)
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TtsJob Request { get; } = request;

        public CancellationToken Interrupted { get; } = cancellation.Token;

        /// <summary>Completes once the job's last event is out.</summary>
        public Task Ended => _ended.Task;

        public void Cancel()
        {
            lock (_gate)
            {
                if (!_ended.Task.IsCompleted)
                {
                    cancellation.Cancel();
                }
            }
        }

        public void End()
        {
            lock (_gate)
            {
                _ended.TrySetResult();
                cancellation.Dispose();
            }
        }
    }

    private sealed class Worker
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Worker(Run run, OnnxTtsEngine engine, string name)
        {
            Thread = new Thread(() =>
            {
                // After a stop the rest of the queue comes through here too; each job sees that it is cancelled and hands itself back.
                foreach (var job in run.Queue.GetConsumingEnumerable())
                {
                    engine.Speak(job);
                }

                _ended.SetResult();
            })
            {
                Name = name,
                IsBackground = true,
            };
        }

        public Thread Thread { get; }

        public Task Ended => _ended.Task;
    }
}
