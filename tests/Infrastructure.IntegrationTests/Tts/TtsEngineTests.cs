using System.Collections.Concurrent;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>The engine's threads, queue and events.</summary>
public sealed class TtsEngineTests : TtsEngineTestBase
{
    [Test]
    public async Task Submit_BeforeStartAndAfterStop_Throws()
    {
        await using var other = CreateEngine(new TtsOptions());
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
        await using var other = CreateEngine(new TtsOptions());
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
        await using var other = CreateEngine(new TtsOptions { Workers = 2 });
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
}
