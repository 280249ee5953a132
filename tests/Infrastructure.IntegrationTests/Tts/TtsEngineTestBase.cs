using System.Collections.Concurrent;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>An engine that runs, with a synthesizer and a store that do what each test asks of them.</summary>
public abstract class TtsEngineTestBase
{
    private protected const int Capacity = 4;
    private protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private protected FakeSynthesizer synthesizer = null!;
    private protected FakeStore store = null!;
    private protected TtsEngine engine = null!;
    private protected TtsEventSubscription events = null!;

    [SetUp]
    public async Task StartEngine()
    {
        synthesizer = new FakeSynthesizer();
        store = new FakeStore();
        engine = CreateEngine(new TtsOptions { Prefetch = Capacity });
        events = engine.Subscribe();
        await engine.StartAsync(default);
    }

    [TearDown]
    public async Task StopEngine()
    {
        synthesizer.Release();
        await engine.DisposeAsync();
        events.Dispose();
        store.Dispose();
        synthesizer.Dispose();
    }

    private protected static TtsJob Job(string id) => new(id, Guid.NewGuid(), AudioKey: id, Text: id, "fi", "v", 1);

    private protected static bool IsTerminal(TtsEvent e) => e is TtsJobStored or TtsJobFailed or TtsJobCancelled;

    /// <summary>The next end of a job.</summary>
    private protected static async Task<TtsEvent> EndAsync(TtsEventSubscription subscription)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await subscription.Reader.ReadAsync(patience.Token) is var e && IsTerminal(e))
            {
                return e;
            }
        }
    }

    private protected TtsEngine CreateEngine(TtsOptions options, TimeProvider? clock = null)
    {
        var voices = new Mock<IVoiceCatalog>();
        voices.Setup(v => v.DefaultVoice).Returns(new Voice("v", "fi", 16000, "hash", null, null));
        return new TtsEngine(synthesizer, voices.Object, store, clock ?? TimeProvider.System, options, NullLogger<TtsEngine>.Instance);
    }

    /// <summary>The events until so many jobs have ended.</summary>
    private protected async Task<List<TtsEvent>> EndedAsync(int jobs)
    {
        using var patience = new CancellationTokenSource(Patience);
        var seen = new List<TtsEvent>();
        while (seen.Count(IsTerminal) < jobs)
        {
            seen.Add(await events.Reader.ReadAsync(patience.Token));
        }

        return seen;
    }

    private protected Task SubmitWhenThereIsRoomAsync(TtsJob job) => Eventually.HoldsAsync(
        () =>
        {
            try
            {
                engine.Submit(job);
                return true;
            }
            catch (TtsServiceException)
            {
                return false;
            }
        },
        "the engine had room");

    /// <summary>Holds threads until it is opened, at the end of a test that failed too.</summary>
    private protected sealed class Latch : IDisposable
    {
        private readonly ManualResetEventSlim opened = new();

        public void Wait() => opened.Wait();

        public void Open() => opened.Set();

        public void Dispose() => Open();
    }

    /// <summary>Speaks a text by writing it down.</summary>
    private protected sealed class FakeSynthesizer : ISpeechSynthesizer, IDisposable
    {
        private readonly ManualResetEventSlim held = new();
        private readonly ManualResetEventSlim released = new();
        private string? hold;

        public Func<string> Preloading { get; set; } = () => "cpu";

        public Action<SynthesisRequest, CancellationToken> Speaking { get; set; } = (_, _) => { };

        public int Segments { get; set; } = 1;

        public ConcurrentQueue<string> Spoken { get; } = [];

        /// <summary>Keeps that text's job between two segments until it is cancelled or released.</summary>
        public void Hold(string text) => hold = text;

        public Task HeldAsync() => Eventually.HoldsAsync(() => held.IsSet, "the job ran");

        public void Release() => released.Set();

        /// <summary>What ends when a voice is loaded; each is, unless it is named here.</summary>
        public ConcurrentDictionary<string, Task> Loading { get; } = [];

        public string Preload(string voice) => Preloading();

        public Task Prepare(string voice) => Loading.GetValueOrDefault(voice, Task.CompletedTask);

        public SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
        {
            Spoken.Enqueue(request.Text);
            if (request.Text == hold)
            {
                held.Set();
                released.Wait(cancellationToken);
            }

            Speaking(request, cancellationToken);
            wav.Write(System.Text.Encoding.UTF8.GetBytes(request.Text));
            for (var i = 1; i <= Segments; i++)
            {
                progress(new SynthesisProgress((double)i / Segments, 16000, i));
            }

            return new SynthesisResult(16000, 1, 1, "cpu", VoiceEngine.Neural, new SpeechTimings(false, [], []), $"hash of {request.Text}", null);
        }

        public void Dispose()
        {
            held.Dispose();
            released.Dispose();
        }
    }

    /// <summary>A store in memory whose every step can be made to fail.</summary>
    private protected sealed class FakeStore : IAudioStore, IDisposable
    {
        public Func<string, int> Creating { get; set; } = _ => 0;

        public Func<string, int> Writing { get; set; } = _ => 0;

        public Func<string, int> Committing { get; set; } = _ => 0;

        public Func<string, int> Disposing { get; set; } = _ => 0;

        public ConcurrentQueue<Writer> Opened { get; } = [];

        public IAudioWriter Create(string key)
        {
            Creating(key);
            var writer = new Writer(this, key);
            Opened.Enqueue(writer);
            return writer;
        }

        public Task<StoredFile?> OpenAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public int ReadUnfinished(string key, long offset, Span<byte> buffer) => throw new NotSupportedException();

        public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<long> DeleteAsync(string key, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<StoredFileInfo> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RemovedFiles> DeleteAbandonedAsync(bool dryRun, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task CheckWritableAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose()
        {
            foreach (var writer in Opened)
            {
                writer.Stream.Dispose();
            }
        }
    }

    private protected sealed class Writer(FakeStore store, string key) : IAudioWriter
    {
        public Stream Stream { get; } = new Memory(() => store.Writing(key));

        public int Disposed { get; private set; }

        public Task<long> CommitAsync(CancellationToken cancellationToken)
        {
            store.Committing(key);
            return Task.FromResult(Stream.Length);
        }

        public ValueTask DisposeAsync()
        {
            Disposed++;
            store.Disposing(key);
            return ValueTask.CompletedTask;
        }
    }

    private protected sealed class Memory(Func<int> writing) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            writing();
            base.Write(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            writing();
            base.Write(buffer, offset, count);
        }
    }
}
