using System.Collections.Concurrent;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Speech;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>The engine's threads, queue and events, with a synthesizer and a store that do what each test asks of them.</summary>
public sealed class TtsEngineTests
{
    private const int Capacity = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private Synthesizer synthesizer = null!;
    private Store store = null!;
    private TtsEngine engine = null!;
    private TtsEventSubscription events = null!;

    [SetUp]
    public async Task StartEngine()
    {
        synthesizer = new Synthesizer();
        store = new Store();
        engine = Engine(new TtsOptions { Prefetch = Capacity });
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

    [Test]
    public async Task Submit_BeforeStartAndAfterStop_Throws()
    {
        await using var other = Engine(new TtsOptions());
        Assert.That(() => other.Submit(Job("x")), Throws.TypeOf<TtsServiceException>());
        await other.StartAsync(default);
        await other.StopAsync(default);
        Assert.That(() => other.Submit(Job("x")), Throws.TypeOf<TtsServiceException>());
        Assert.That(other.Status.State, Is.EqualTo(TtsEngineState.Stopped));
    }

    [Test]
    public void Start_WhenRunning_Throws() => Assert.That(() => engine.StartAsync(default), Throws.TypeOf<TtsServiceException>());

    [Test]
    public async Task Start_WithoutAUsableVoice_SaysWhyAndMayBeTriedAgain()
    {
        await using var other = Engine(new TtsOptions());
        synthesizer.Preloading = () => throw new VoiceException("The voice is broken.");
        Assert.That(() => other.StartAsync(default), Throws.TypeOf<StartupException>().With.Message.EqualTo("The voice is broken."));
        Assert.That(other.Status.State, Is.EqualTo(TtsEngineState.Stopped));
        synthesizer.Preloading = () => "cpu";
        await other.StartAsync(default);
        Assert.That(other.Status, Is.EqualTo(new TtsEngineStatus(TtsEngineState.Running, "cpu", 1, 0, new TtsOptions().Prefetch)));
    }

    [Test]
    public async Task Job_ThatSucceeds_RunsThroughItsEventsInOrder()
    {
        engine.Submit(Job("Hei"));
        var seen = await EndedAsync(1);
        Assert.That(seen.Select(e => e.GetType()), Is.EqualTo((Type[])[typeof(TtsJobStarted), typeof(TtsJobProgressed), typeof(TtsJobCompleted), typeof(TtsJobStored)]));
        var stored = seen.OfType<TtsJobStored>().Single();
        Assert.That((stored.Audio.Key, stored.Audio.FileSize, stored.Audio.Hash), Is.EqualTo(("Hei", 3L, "hash of Hei")));
    }

    [Test]
    public async Task Jobs_Many_EachEndOnceAndTheirWritersAreDisposed()
    {
        // Of every four: one succeeds, one throws, one cannot be stored, one is cancelled while it waits or, as it does not end by itself, runs.
        const int Jobs = 200;
        store.Committing = key => int.Parse(key, null) % 4 == 2 ? throw new IOException("disk full") : 0;
        synthesizer.Speaking = (request, cancelled) =>
        {
            switch (int.Parse(request.Text, null) % 4)
            {
                case 1:
                    throw new InvalidOperationException("bug");
                case 3:
                    cancelled.WaitHandle.WaitOne();
                    cancelled.ThrowIfCancellationRequested();
                    break;
            }
        };
        for (var i = 0; i < Jobs; i++)
        {
            var job = Job($"{i}");
            await SubmitWhenThereIsRoomAsync(job);
            if (i % 4 == 3)
            {
                engine.Cancel(job.ConversionId);
            }
        }

        var ends = (await EndedAsync(Jobs)).Where(IsTerminal).ToList();
        await engine.StopAsync(default);
        Assert.Multiple(() =>
        {
            Assert.That(ends.Select(e => e.ConversionId), Is.Unique);
            Assert.That(events.Reader.TryRead(out _), Is.False, "nothing follows");
            foreach (var end in ends)
            {
                var expected = (int.Parse(end.ConversionId, null) % 4) switch { 0 => typeof(TtsJobStored), 3 => typeof(TtsJobCancelled), _ => typeof(TtsJobFailed) };
                Assert.That(end, Is.TypeOf(expected), end.ConversionId);
            }

            Assert.That(store.Opened, Is.Not.Empty.And.All.Property(nameof(Writer.Disposed)).EqualTo(1));
        });
    }

    [Test]
    public async Task Job_ThatThrows_FailsAloneWithoutTellingTheCause()
    {
        synthesizer.Speaking = (request, _) =>
        {
            if (request.Text == "bad")
            {
                throw new InvalidOperationException("secret path /etc");
            }
        };
        engine.Submit(Job("bad"));
        engine.Submit(Job("good"));
        var ends = (await EndedAsync(2)).Where(IsTerminal).ToDictionary(e => e.ConversionId);
        Assert.Multiple(() =>
        {
            Assert.That(ends["bad"], Is.TypeOf<TtsJobFailed>().With.Property("MayPass").True.And.Property("Message").Not.Contains("secret"));
            Assert.That(ends["good"], Is.TypeOf<TtsJobStored>());
            Assert.That((engine.Status.State, engine.Status.Workers), Is.EqualTo((TtsEngineState.Running, 1)));
        });
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Job_ThatTheVoiceRefuses_FailsInTheVoicesWords(bool mayPass)
    {
        synthesizer.Speaking = (_, _) => throw (mayPass ? new VoiceException("Said by the voice.") : new NothingSpeakableException("Said by the voice."));
        engine.Submit(Job("x"));
        var failed = (TtsJobFailed)(await EndedAsync(1))[^1];
        Assert.That((failed.Message, failed.MayPass), Is.EqualTo(("Said by the voice.", mayPass)));
    }

    [TestCase("Create")]
    [TestCase("Write")]
    [TestCase("Commit")]
    [TestCase("Dispose")]
    public async Task Store_ThatThrows_FailsThatJobAndLeavesTheEngineRunning(string where)
    {
        var full = new IOException("No space left on device");
        switch (where)
        {
            case "Create": store.Creating = key => key == "bad" ? throw full : 0; break;
            case "Write": store.Writing = key => key == "bad" ? throw full : 0; break;
            case "Commit": store.Committing = key => key == "bad" ? throw full : 0; break;
            default: store.Disposing = key => key == "bad" ? throw full : 0; break;
        }

        engine.Submit(Job("bad"));
        engine.Submit(Job("good"));
        var ends = (await EndedAsync(2)).Where(IsTerminal).ToDictionary(e => e.ConversionId);
        Assert.Multiple(() =>
        {
            // What cannot be tidied away has been stored all the same.
            Assert.That(ends["bad"], where == "Dispose" ? Is.TypeOf<TtsJobStored>() : Is.TypeOf<TtsJobFailed>().With.Property("MayPass").True);
            Assert.That(ends["good"], Is.TypeOf<TtsJobStored>());
            Assert.That(engine.Status.State, Is.EqualTo(TtsEngineState.Running));
            Assert.That(store.Opened, Has.Count.EqualTo(where == "Create" ? 1 : 2).And.All.Property(nameof(Writer.Disposed)).EqualTo(1));
        });
    }

    [Test]
    public async Task Cancel_OfAWaitingJob_HandsItBackWithoutSpeakingIt()
    {
        synthesizer.Hold("first");
        engine.Submit(Job("first"));
        engine.Submit(Job("second"));
        engine.Cancel("second");
        synthesizer.Release();
        var seen = await EndedAsync(2);
        Assert.That(seen.Where(e => e.ConversionId == "second").Select(e => e.GetType()), Is.EqualTo((Type[])[typeof(TtsJobCancelled)]));
        Assert.That(synthesizer.Spoken, Is.EqualTo((string[])["first"]));
    }

    [Test]
    public async Task Cancel_OfTheRunningJob_InterruptsItAlone()
    {
        synthesizer.Hold("first");
        engine.Submit(Job("first"));
        engine.Submit(Job("second"));
        await synthesizer.HeldAsync();
        engine.Cancel("first");
        var ends = (await EndedAsync(2)).Where(IsTerminal).ToList();
        // Order is promised within a job, not between two.
        Assert.That(ends.ConvertAll(e => (e.ConversionId, e.GetType())), Is.EquivalentTo(((string, Type)[])[("first", typeof(TtsJobCancelled)), ("second", typeof(TtsJobStored))]));
    }

    [Test]
    public void Cancel_OfNothing_DoesNothing() => Assert.That(() => engine.Cancel("none"), Throws.Nothing);

    [Test]
    public async Task Stop_InterruptsTheRunningJobHandsBackTheRestAndThenEndsEveryStream()
    {
        var second = engine.Subscribe();
        synthesizer.Hold("first");
        engine.Submit(Job("first"));
        engine.Submit(Job("second"));
        engine.Submit(Job("third"));
        await synthesizer.HeldAsync();
        await engine.StopAsync(default).WaitAsync(Patience);
        foreach (var reader in new[] { events.Reader, second.Reader })
        {
            var seen = new List<TtsEvent>();
            await foreach (var e in reader.ReadAllAsync())
            {
                seen.Add(e);
            }

            Assert.That(seen.Where(IsTerminal).Select(e => (e.ConversionId, e.GetType())), Is.EquivalentTo(
                ((string, Type)[])[("first", typeof(TtsJobCancelled)), ("second", typeof(TtsJobCancelled)), ("third", typeof(TtsJobCancelled))]));
            Assert.That(reader.Completion.IsCompletedSuccessfully, Is.True);
        }

        Assert.That((engine.Status.State, engine.Status.Workers), Is.EqualTo((TtsEngineState.Stopped, 0)));
    }

    [Test]
    public async Task Stop_WhileAnAudioIsBeingStored_WaitsForItsEvent()
    {
        using var goOn = new ManualResetEventSlim();
        SubmitAndHoldWhileStoring(goOn);
        var stopping = engine.StopAsync(default);
        Assert.That(stopping.IsCompleted, Is.False);
        goOn.Set();
        await stopping.WaitAsync(Patience);
        Assert.That((await EndedAsync(1))[^1], Is.TypeOf<TtsJobStored>());
        Assert.That(events.Reader.Completion.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task Stop_CutShort_IsFinishedByTheNext()
    {
        using var goOn = new ManualResetEventSlim();
        SubmitAndHoldWhileStoring(goOn);
        Assert.That(async () => await engine.StopAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        var second = engine.StopAsync(default);
        Assert.That((second.IsCompleted, engine.Status.State), Is.EqualTo((false, TtsEngineState.Stopping)));
        goOn.Set();
        await second.WaitAsync(Patience);
        Assert.That(engine.Status.State, Is.EqualTo(TtsEngineState.Stopped));
        Assert.That((await EndedAsync(1))[^1], Is.TypeOf<TtsJobStored>());
    }

    private void SubmitAndHoldWhileStoring(ManualResetEventSlim goOn)
    {
        using var storing = new ManualResetEventSlim();
        store.Committing = _ =>
        {
            storing.Set();
            goOn.Wait(Patience);
            return 0;
        };
        engine.Submit(Job("x"));
        Assert.That(storing.Wait(Patience), Is.True);
    }

    [Test]
    public async Task StopThenStart_SpeaksAgain()
    {
        await engine.StopAsync(default);
        await engine.StopAsync(default);
        events = engine.Subscribe();
        await engine.StartAsync(default);
        engine.Submit(Job("again"));
        Assert.That((await EndedAsync(1))[^1], Is.TypeOf<TtsJobStored>());
    }

    [Test]
    public async Task Observers_ThatDoNotRead_DoNotSlowTheEngineAndLoseOnlyWhatTheyAgreedToLose()
    {
        // One job: the order between the events of several is not promised to be the same for every observer.
        const int Segments = 100;
        synthesizer.Segments = Segments;
        using var bounded = engine.Subscribe(capacity: 8);
        using var unbounded = engine.Subscribe();
        using var left = engine.Subscribe();
        left.Dispose();
        engine.Submit(Job("x"));
        var all = await EndedAsync(1);
        await engine.StopAsync(default);
        var (lossy, lossless, gone) = (await ReadAsync(bounded), await ReadAsync(unbounded), await ReadAsync(left));
        Assert.Multiple(() =>
        {
            Assert.That(all, Has.Count.EqualTo(Segments + 3));
            Assert.That(lossless, Is.EqualTo(all));
            Assert.That(lossy, Is.EqualTo(all.TakeLast(8)), "the oldest are dropped");
            Assert.That(gone, Is.Empty);
        });

        static async Task<List<TtsEvent>> ReadAsync(TtsEventSubscription subscription)
        {
            var list = new List<TtsEvent>();
            await foreach (var e in subscription.Reader.ReadAllAsync())
            {
                list.Add(e);
            }

            return list;
        }
    }

    [Test]
    public async Task Submit_PastTheCapacity_ThrowsAndTakesWorkAgainLater()
    {
        synthesizer.Hold("first");
        engine.Submit(Job("first"));
        await synthesizer.HeldAsync();
        var taken = 1;
        Assert.That(
            () =>
            {
                for (; taken < 100; taken++)
                {
                    engine.Submit(Job($"{taken}"));
                }
            },
            Throws.TypeOf<TtsServiceException>());
        Assert.That(taken, Is.InRange(Capacity, Capacity + 1));
        synthesizer.Release();
        var ends = (await EndedAsync(taken)).Where(IsTerminal).ToList();
        Assert.That(ends, Has.All.TypeOf<TtsJobStored>());
        engine.Submit(Job("later"));
        Assert.That((await EndedAsync(1))[^1], Is.TypeOf<TtsJobStored>());
    }

    [Test]
    public async Task Workers_AreDedicatedNamedThreadsAsManyAsConfigured()
    {
        await using var other = Engine(new TtsOptions { Workers = 2 });
        using var both = new Barrier(2);
        var threads = new ConcurrentBag<(string? Name, bool Pool, bool Background)>();
        synthesizer.Speaking = (_, interrupted) =>
        {
            // Each waits for the other: one thread could not get here twice.
            both.SignalAndWait(Patience, interrupted);
            threads.Add((Thread.CurrentThread.Name, Thread.CurrentThread.IsThreadPoolThread, Thread.CurrentThread.IsBackground));
        };
        await other.StartAsync(default);
        Assert.That(other.Status.Workers, Is.EqualTo(2));
        other.Submit(Job("1"));
        other.Submit(Job("2"));
        await Eventually.HoldsAsync(() => threads.Count == 2, "both jobs were spoken");
        Assert.That(threads, Is.EquivalentTo(((string?, bool, bool)[])[("tts-worker-1", false, true), ("tts-worker-2", false, true)]));
    }

    private static TtsJob Job(string id) => new(id, Guid.NewGuid(), AudioKey: id, Text: id, "fi", "v", 1);

    private static bool IsTerminal(TtsEvent e) => e is TtsJobStored or TtsJobFailed or TtsJobCancelled;

    [Test]
    public async Task Job_ThatTakesTooLong_IsInterruptedAndFailsForNow()
    {
        var clock = new TestClock();
        await using var other = Engine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
        using var seen = other.Subscribe();
        await other.StartAsync(default);
        synthesizer.Hold("slow");
        other.Submit(Job("slow"));
        await synthesizer.HeldAsync();
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(60));
        var failed = (TtsJobFailed)await EndAsync(seen);
        Assert.That((failed.MayPass, failed.StoreFailed), Is.EqualTo((true, false)));
        Assert.That(failed.Message, Does.Contain("60 seconds"));

        other.Submit(Job("next"));
        Assert.That(await EndAsync(seen), Is.TypeOf<TtsJobStored>());
        Assert.That((other.Status.Workers, other.Status.Hung), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Job_ThatHangs_IsGivenUpAndItsThreadReplaced_AndWhatComesOfItLaterIsDiscarded()
    {
        var clock = new TestClock();
        await using var other = Engine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
        using var seen = other.Subscribe();
        await other.StartAsync(default);
        using var hanging = new ManualResetEventSlim();
        using var free = new Latch();
        synthesizer.Speaking = (request, _) =>
        {
            if (request.Text == "hangs")
            {
                // As native code that never looks up would.
                hanging.Set();
                free.Wait();
            }
        };
        other.Submit(Job("hangs"));
        other.Submit(Job("waits"));
        Assert.That(hanging.Wait(Patience), Is.True);
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(60));
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(5));
        var ends = new[] { await EndAsync(seen), await EndAsync(seen) }.ToDictionary(e => e.ConversionId);
        Assert.Multiple(() =>
        {
            Assert.That(ends["hangs"], Is.TypeOf<TtsJobFailed>().With.Property("MayPass").True);
            Assert.That(ends["waits"], Is.TypeOf<TtsJobStored>());
            Assert.That((other.Status.Workers, other.Status.Hung), Is.EqualTo((1, 1)));
        });

        free.Open();
        await Eventually.HoldsAsync(() => other.Status.Hung == 0, "the thread came back");
        await Eventually.HoldsAsync(() => store.Opened.All(w => w.Disposed == 1), "its file was thrown away");
        other.Submit(Job("next"));
        var next = await EndAsync(seen);
        Assert.That((next.ConversionId, next.GetType()), Is.EqualTo(("next", typeof(TtsJobStored))), "nothing came of the late result");
    }

    [Test]
    public async Task Store_ThatHangs_IsGivenUpAndKeepsNoWorker()
    {
        var clock = new TestClock();
        await using var other = Engine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
        using var seen = other.Subscribe();
        await other.StartAsync(default);
        using var hanging = new ManualResetEventSlim();
        using var free = new Latch();
        store.Committing = _ =>
        {
            hanging.Set();
            free.Wait();
            return 0;
        };
        other.Submit(Job("x"));
        Assert.That(hanging.Wait(Patience), Is.True);
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(60));
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(5));
        Assert.That(await EndAsync(seen), Is.TypeOf<TtsJobFailed>());
        Assert.That((other.Status.Workers, other.Status.Hung), Is.EqualTo((1, 0)));
        free.Open();
        await Eventually.HoldsAsync(() => store.Opened.All(w => w.Disposed == 1), "its file was closed");
    }

    [Test]
    public async Task Voice_ThatLoadsSlowly_DelaysNoOthersTasks()
    {
        var loading = new TaskCompletionSource();
        synthesizer.Loading["slow"] = loading.Task;
        engine.Submit(Job("first") with { Voice = "slow" });
        engine.Submit(Job("second"));

        var seen = await EndedAsync(1);
        Assert.That(seen.OfType<TtsJobStored>().Single().ConversionId, Is.EqualTo("second"));
        Assert.That(synthesizer.Spoken, Is.EqualTo(new[] { "second" }));

        loading.SetResult();
        Assert.That((await EndedAsync(1)).OfType<TtsJobStored>().Single().ConversionId, Is.EqualTo("first"));
    }

    [Test]
    public async Task Cancel_OfAJobWhoseVoiceLoads_HandsItBack()
    {
        synthesizer.Loading["slow"] = new TaskCompletionSource().Task;
        engine.Submit(Job("first") with { Voice = "slow" });
        engine.Submit(Job("second"));
        await EndedAsync(1);

        engine.Cancel("first");

        Assert.That((await EndedAsync(1)).Last(), Is.TypeOf<TtsJobCancelled>());
        Assert.That(synthesizer.Spoken, Is.EqualTo(new[] { "second" }));
    }

    [Test]
    public async Task Stop_WhileAVoiceLoads_DoesNotWaitForIt()
    {
        synthesizer.Loading["slow"] = new TaskCompletionSource().Task;
        engine.Submit(Job("first") with { Voice = "slow" });
        engine.Submit(Job("second"));
        await EndedAsync(1);

        await engine.StopAsync(default).WaitAsync(Patience);

        Assert.That((await EndedAsync(1)).Last(), Is.TypeOf<TtsJobCancelled>());
    }

    [Test]
    public async Task Stop_WhileAJobHangs_EndsAfterTheGraceAndHandsEverythingBack()
    {
        var clock = new TestClock();
        await using var other = Engine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
        using var seen = other.Subscribe();
        await other.StartAsync(default);
        using var hanging = new ManualResetEventSlim();
        using var free = new Latch();
        synthesizer.Speaking = (_, _) =>
        {
            hanging.Set();
            free.Wait();
        };
        other.Submit(Job("hangs"));
        other.Submit(Job("waits"));
        Assert.That(hanging.Wait(Patience), Is.True);
        var stopping = other.StopAsync(default);
        await clock.AdvanceByAsync(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(Patience);
        Assert.That((TtsEvent[])[await EndAsync(seen), await EndAsync(seen)], Has.All.TypeOf<TtsJobCancelled>());
        free.Open();
        await Eventually.HoldsAsync(() => store.Opened.All(w => w.Disposed == 1), "its file was thrown away");
    }

    [Test]
    public async Task Workers_ThatAllHang_TakeNoMoreWorkAndHandBackWhatWaits()
    {
        var clock = new TestClock();
        await using var other = Engine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
        using var seen = other.Subscribe();
        await other.StartAsync(default);
        using var hanging = new SemaphoreSlim(0);
        using var free = new Latch();
        synthesizer.Speaking = (_, _) =>
        {
            hanging.Release();
            free.Wait();
        };
        for (var i = 1; i <= 8; i++)
        {
            other.Submit(Job($"hangs {i}"));
            Assert.That(await hanging.WaitAsync(Patience), Is.True);
            if (i == 8)
            {
                other.Submit(Job("waits"));
            }

            await clock.AdvanceByAsync(TimeSpan.FromSeconds(60));
            await clock.AdvanceByAsync(TimeSpan.FromSeconds(5));
            Assert.That((await EndAsync(seen)).ConversionId, Is.EqualTo(i == 8 ? "waits" : $"hangs {i}"));
        }

        Assert.That((other.Status.Workers, other.Status.Hung), Is.EqualTo((0, 8)));
        Assert.That(() => other.Submit(Job("more")), Throws.TypeOf<TtsServiceException>().With.Message.Contains("restarted"));
        free.Open();
        await other.StopAsync(default).WaitAsync(Patience);
    }

    /// <summary>The next end of a job.</summary>
    private static async Task<TtsEvent> EndAsync(TtsEventSubscription subscription)
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

    private TtsEngine Engine(TtsOptions options, TimeProvider? clock = null)
    {
        var voices = new Mock<IVoiceCatalog>();
        voices.Setup(v => v.DefaultVoice).Returns(new Voice("v", "fi", 16000, "hash", null, null));
        return new TtsEngine(synthesizer, voices.Object, store, clock ?? TimeProvider.System, options, NullLogger<TtsEngine>.Instance);
    }

    /// <summary>The events until so many jobs have ended.</summary>
    private async Task<List<TtsEvent>> EndedAsync(int jobs)
    {
        using var patience = new CancellationTokenSource(Patience);
        var seen = new List<TtsEvent>();
        while (seen.Count(IsTerminal) < jobs)
        {
            seen.Add(await events.Reader.ReadAsync(patience.Token));
        }

        return seen;
    }

    private Task SubmitWhenThereIsRoomAsync(TtsJob job) => Eventually.HoldsAsync(
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
    private sealed class Latch : IDisposable
    {
        private readonly ManualResetEventSlim opened = new();

        public void Wait() => opened.Wait();

        public void Open() => opened.Set();

        public void Dispose() => Open();
    }

    /// <summary>Speaks a text by writing it down.</summary>
    private sealed class Synthesizer : ISpeechSynthesizer, IDisposable
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

            return new SynthesisResult(16000, 1, 1, "cpu", VoiceEngine.Neural, new SpeechTimings(false, [], []), $"hash of {request.Text}");
        }

        public void Dispose()
        {
            held.Dispose();
            released.Dispose();
        }
    }

    /// <summary>A store in memory whose every step can be made to fail.</summary>
    private sealed class Store : IAudioStore, IDisposable
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

    private sealed class Writer(Store store, string key) : IAudioWriter
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

    private sealed class Memory(Func<int> writing) : MemoryStream
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
