using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts;

/// <summary>
/// The engine on ONNX Runtime: dedicated, named threads take jobs from a bounded queue and speak them one at a time. Making a finished
/// audio durable is left to the thread pool, so that a slow disk does not keep a worker from its next text. An exception in a job fails
/// that job alone, and so does a job that hangs: past its time it is interrupted, and when that is no use, its thread is left to itself
/// and another takes its place.
/// </summary>
public sealed partial class OnnxTtsEngine(
    ISpeechSynthesizer synthesizer, IVoiceCatalog voices, IAudioStore audio, TimeProvider clock, TtsOptions options, ILogger<OnnxTtsEngine> logger) : ITtsEngine, IAsyncDisposable
{
    /// <summary>How many threads may hang before no more take their place: each may keep a core busy for good.</summary>
    private const int MaxHung = 8;

    /// <summary>How long an interrupted job may take to notice.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();

    // Every job that was taken and whose last event is not out yet.
    private readonly ConcurrentDictionary<(string ConversionId, Guid ClaimId), Job> _jobs = new();
    private ImmutableArray<ChannelWriter<TtsEvent>> _observers = [];
    private int _held;
    private int _hung;
    private Run? _run;
    private volatile TtsEngineState _state = TtsEngineState.Stopped;
    private volatile string? _device;

    public TtsEngineStatus Status => new(_state, _device, _run?.Workers.Count(w => w.Thread.IsAlive) ?? 0, _hung, options.Prefetch);

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
        started.Workers = [.. Enumerable.Range(1, options.Workers).Select(i => new Worker(started, this, $"tts-worker-{i}"))];

        lock (_gate)
        {
            _run = started;
            _state = TtsEngineState.Running;
        }

        foreach (var worker in started.Workers)
        {
            worker.Thread.Start();
        }

        LogStarted(options.Workers, _device);
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

        await Task.WhenAll(_jobs.Values.Select(j => j.Ended)).WaitAsync(cancellationToken);
        await Task.WhenAll(stopping.Workers.Select(w => w.Ended)).WaitAsync(cancellationToken);
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

            if (_run.Workers.IsEmpty)
            {
                throw new TtsServiceException("Every worker of the speech engine hangs in a text; it takes no work until the service is restarted.");
            }

            if (_held >= options.Prefetch)
            {
                throw new TtsServiceException("The speech engine's queue is full.");
            }

            var queued = new Job(job, CancellationTokenSource.CreateLinkedTokenSource(_run.Interrupt.Token), clock, GiveUp);
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

    /// <summary>
    /// On a worker's thread: lets go of a job whose voice is not loaded yet, until it is, so that no other waits for the load. It comes back
    /// behind the others, once; should its voice have had to go again by then, the worker itself loads it.
    /// </summary>
    /// <returns>Whether the job waits for its voice; else it is to be spoken now.</returns>
    private bool SetAside(Job job)
    {
        if (job.WasSetAside || job.Interrupted.IsCancellationRequested)
        {
            return false;
        }

        var loading = synthesizer.Prepare(job.Request.Voice);
        if (loading.IsCompleted)
        {
            return false;
        }

        job.WasSetAside = true;
        job.Begin(options.TimeLimit, Grace);
        _ = TakeUpAsync();
        return true;

        async Task TakeUpAsync()
        {
            try
            {
                await loading.WaitAsync(job.Interrupted);
                lock (_gate)
                {
                    if (_state == TtsEngineState.Running && _run is { Workers.IsEmpty: false } run)
                    {
                        run.Queue.Add(job);
                        return;
                    }
                }

                End(job, new TtsJobCancelled(job.Request.ConversionId, job.Request.ClaimId, Now()));
            }
            catch (OperationCanceledException exception)
            {
                End(job, Outcome(job, exception));
            }
        }
    }

    /// <summary>On a worker's thread: speaks one job and sends its audio on to be stored. Never throws.</summary>
    private void Speak(Job job)
    {
        var (id, claim) = (job.Request.ConversionId, job.Request.ClaimId);
        IAudioWriter? writer = null;
        try
        {
            job.Interrupted.ThrowIfCancellationRequested();
            job.Begin(options.TimeLimit, Grace);
            job.Activity = SpeechTracing.Speak(job.Request);
            Publish(new TtsJobStarted(id, claim, Now()));
            writer = audio.Create(job.Request.AudioKey);
            var began = clock.GetTimestamp();
            var request = new SynthesisRequest(job.Request.Text, job.Request.Language, job.Request.Voice, job.Request.SpeakingRate);
            using var synthesis = SpeechTracing.Part("synthesize", job.Activity);
            var result = synthesizer.Speak(
                request,
                writer.Stream,
                progress => PublishOf(job, new TtsJobProgressed(id, claim, Now(), progress.Fraction, progress.SampleRate, progress.Samples)),
                job.Interrupted);
            var spoken = new SpokenAudio(
                result.SampleRate, result.Duration, result.Segments, result.Device, clock.GetElapsedTime(began).TotalSeconds, result.Engine, result.Timings);
            synthesis?.AddTag("dictation.device", spoken.Device).AddTag("dictation.segments", spoken.Segments).AddTag("dictation.audio_seconds", spoken.Duration);
            PublishOf(job, new TtsJobCompleted(id, claim, Now(), spoken));
            var finished = writer;
            _ = Task.Run(() => StoreAsync(job, finished, result.AudioHash));
        }
        catch (Exception exception)
        {
            _ = Task.Run(() => EndAsync(job, writer, Outcome(job, exception)));
        }
    }

    /// <summary>What comes late of a job that was given up is nobody's news.</summary>
    private void PublishOf(Job job, TtsEvent e)
    {
        if (!job.HasEnded)
        {
            Publish(e);
        }
    }

    /// <summary>The job was interrupted and did not notice: it ends here, whatever may still come of it.</summary>
    private void GiveUp(Job job)
    {
        lock (_gate)
        {
            if (_run is { } run && run.Workers.FirstOrDefault(w => w.Leave(job)) is { } hung)
            {
                Interlocked.Increment(ref _hung);
                LogHung(job.Request.ConversionId, hung.Thread.Name, _hung);

                // One that stops needs a thread to hand back what waits.
                if (_hung < MaxHung || _state == TtsEngineState.Stopping)
                {
                    var next = new Worker(run, this, hung.Thread.Name!);
                    run.Workers = run.Workers.Replace(hung, next);
                    next.Thread.Start();
                }
                else
                {
                    run.Workers = run.Workers.Remove(hung);
                    HandBackUnlessSpoken(run);
                }
            }
        }

        End(job, Outcome(job, new OperationCanceledException(job.Interrupted)));
    }

    /// <summary>Without a worker nothing that waits here is ever spoken; another process may.</summary>
    private void HandBackUnlessSpoken(Run run)
    {
        while (run.Workers.IsEmpty && run.Queue.TryTake(out var waiting))
        {
            End(waiting, new TtsJobCancelled(waiting.Request.ConversionId, waiting.Request.ClaimId, Now()));
        }
    }

    private async Task StoreAsync(Job job, IAudioWriter writer, string hash)
    {
        TtsEvent outcome;
        using var storing = SpeechTracing.Part("store audio", job.Activity);
        try
        {
            var size = await writer.CommitAsync(job.Interrupted);
            outcome = new TtsJobStored(job.Request.ConversionId, job.Request.ClaimId, Now(), new StoredAudio(job.Request.AudioKey, size, hash));
        }
        catch (Exception exception)
        {
            outcome = Outcome(job, exception);
        }

        storing?.Stop();
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
            End(job, outcome);
        }
    }

    private void End(Job job, TtsEvent outcome)
    {
        if (!job.TryEnd())
        {
            return;
        }

        job.Activity.End(outcome);

        // Room first: whoever hears of the end may send the next job at once.
        Interlocked.Decrement(ref _held);
        Publish(outcome);
        _jobs.TryRemove(KeyValuePair.Create((job.Request.ConversionId, job.Request.ClaimId), job));
        job.Dispose();
    }

    private TtsEvent Outcome(Job job, Exception exception)
    {
        var (id, claim) = (job.Request.ConversionId, job.Request.ClaimId);
        switch (exception)
        {
            case OperationCanceledException when job.TimeIsUp:
                return new TtsJobFailed(id, claim, Now(), $"Speaking this text took longer than {options.TimeLimitSeconds:0.#} seconds and was given up. Retry it, and tell the operator if it fails again.", MayPass: true);
            case OperationCanceledException when job.Interrupted.IsCancellationRequested:
                return new TtsJobCancelled(id, claim, Now());
            case NothingSpeakableException:
                return new TtsJobFailed(id, claim, Now(), exception.Message, MayPass: false);
            case VoiceException:
                return new TtsJobFailed(id, claim, Now(), exception.Message, MayPass: true);
            case IOException:
                LogStoreFailed(exception, id);
                return new TtsJobFailed(id, claim, Now(), "The audio could not be written to the store: the disk may be full or the directory not writable. The operator finds the cause in the log; retry the conversion afterwards.", MayPass: true, StoreFailed: true);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Speaking task {ConversionId} hangs; its thread {Thread} is left to itself and replaced, the {Hung}. that hangs")]
    private partial void LogHung(string conversionId, string? thread, int hung);

    [LoggerMessage(Level = LogLevel.Error, Message = "Speaking task {ConversionId} threw unexpectedly")]
    private partial void LogBug(Exception exception, string conversionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A temporary file of task {ConversionId} could not be removed; the housekeeper will")]
    private partial void LogTemporaryLeft(Exception exception, string conversionId);

    /// <summary>From one start to its stop.</summary>
    private sealed class Run : IDisposable
    {
        public BlockingCollection<Job> Queue { get; } = [];

        public CancellationTokenSource Interrupt { get; } = new();

        public ImmutableList<Worker> Workers { get; set; } = [];

        public void Dispose()
        {
            Queue.Dispose();
            Interrupt.Dispose();
        }
    }

    private sealed class Job : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly CancellationTokenSource _cancellation;
        private readonly ITimer _timer;
        private TimeSpan _grace;
        private bool _over;

        /// <param name="giveUp">Called when the job has begun and does not notice that it was interrupted.</param>
        public Job(TtsJob request, CancellationTokenSource cancellation, TimeProvider clock, Action<Job> giveUp)
        {
            Request = request;
            Interrupted = cancellation.Token;
            _cancellation = cancellation;
            _timer = clock.CreateTimer(_ => OnTime(giveUp), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public TtsJob Request { get; }

        public CancellationToken Interrupted { get; }

        /// <summary>Whether it has waited for its voice.</summary>
        public bool WasSetAside { get; set; }

        /// <summary>The span of this try, while somebody listens to traces.</summary>
        public Activity? Activity { get; set; }

        /// <summary>Completes once the job's last event is out.</summary>
        public Task Ended => _ended.Task;

        public bool HasEnded => Volatile.Read(ref _over);

        /// <summary>Whether it was interrupted because it took too long.</summary>
        public bool TimeIsUp { get; private set; }

        /// <summary>From now on it has <paramref name="limit"/>, and <paramref name="grace"/> from the moment when it is interrupted.</summary>
        public void Begin(TimeSpan limit, TimeSpan grace)
        {
            lock (_gate)
            {
                _grace = grace;
                _timer.Change(limit, Timeout.InfiniteTimeSpan);
            }

            Interrupted.Register(() =>
            {
                lock (_gate)
                {
                    _timer.Change(_grace, Timeout.InfiniteTimeSpan);
                }
            });
        }

        public void Cancel()
        {
            lock (_gate)
            {
                if (!_over)
                {
                    _cancellation.Cancel();
                }
            }
        }

        /// <returns>Whether this call ends it: one alone does.</returns>
        public bool TryEnd()
        {
            lock (_gate)
            {
                var first = !_over;
                _over = true;
                return first;
            }
        }

        /// <summary>The last event is out.</summary>
        public void Dispose()
        {
            _timer.Dispose();
            _cancellation.Dispose();
            _ended.TrySetResult();
        }

        private void OnTime(Action<Job> giveUp)
        {
            lock (_gate)
            {
                if (_over)
                {
                    return;
                }

                if (!Interrupted.IsCancellationRequested)
                {
                    TimeIsUp = true;
                    _cancellation.Cancel();
                    return;
                }
            }

            giveUp(this);
        }
    }

    private sealed class Worker
    {
        private readonly Lock _gate = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Job? _current;
        private bool _left;

        public Worker(Run run, OnnxTtsEngine engine, string name)
        {
            Thread = new Thread(() =>
            {
                // After a stop the rest of the queue comes through here too; each job sees that it is cancelled and hands itself back.
                foreach (var job in run.Queue.GetConsumingEnumerable())
                {
                    Take(job);
                    if (!engine.SetAside(job))
                    {
                        engine.Speak(job);
                    }

                    if (!LayDown())
                    {
                        Interlocked.Decrement(ref engine._hung);
                        return;
                    }
                }

                _ended.SetResult();
            })
            {
                Name = name,
                IsBackground = true,
            };
        }

        public Thread Thread { get; }

        /// <summary>Completes when there is no more to do, unless the worker was left before.</summary>
        public Task Ended => _ended.Task;

        /// <summary>Leaves the thread to itself if it is at this job: it takes no other.</summary>
        public bool Leave(Job job)
        {
            lock (_gate)
            {
                return _left = _current == job;
            }
        }

        private void Take(Job job)
        {
            lock (_gate)
            {
                _current = job;
            }
        }

        /// <returns>Whether it may take another.</returns>
        private bool LayDown()
        {
            lock (_gate)
            {
                _current = null;
                return !_left;
            }
        }
    }
}
