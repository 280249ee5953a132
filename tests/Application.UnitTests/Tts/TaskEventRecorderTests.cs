using System.Collections.Concurrent;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace Dictation.Application.UnitTests.Tts;

/// <summary>The engine's events are stored and announced, also when the database is away for a while.</summary>
public sealed class TaskEventRecorderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    // The rows, as far as the recorder asks for them.
    private readonly ConcurrentDictionary<string, TtsTask> rows = new(StringComparer.Ordinal);
    private readonly Guid claim = Guid.NewGuid();

    private FakeEngine engine = null!;
    private Mock<ITtsTaskQueue> repository = null!;
    private Mock<IAudioStore> audio = null!;
    private ClaimedTasks claimed = null!;
    private TestMeters meters = null!;
    private AudioStoreCircuitBreaker breaker = null!;
    private TaskEventBroadcaster broadcaster = null!;
    private TaskEventRecorder recorder = null!;
    private LeaseRenewer renewer = null!;
    private Action writing = () => { };

    [SetUp]
    public async Task StartRecorder()
    {
        rows.Clear();
        meters = new TestMeters();
        writing = () => { };
        engine = new FakeEngine();
        audio = new Mock<IAudioStore>();
        claimed = new ClaimedTasks();
        broadcaster = new TaskEventBroadcaster();
        repository = new Mock<ITtsTaskQueue>();
        repository.Setup(r => r.ChangeManyAsync(It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<Action<TtsTask>>(), It.IsAny<CancellationToken>()))
            .Returns((IReadOnlyCollection<string> ids, Action<TtsTask> change, CancellationToken _) => ChangeManyAsync(ids, change));
        var orphans = new Mock<IOrphanedAudioRepository>();
        orphans.Setup(r => r.FindUnownedAsync(It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IReadOnlyCollection<string> ids, CancellationToken _) => ids.Where(i => !rows.ContainsKey(i)).ToHashSet());
        repository.Setup(r => r.ExtendLeasesAsync(It.IsAny<IReadOnlyCollection<KeyValuePair<string, Guid>>>(), It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IReadOnlyCollection<KeyValuePair<string, Guid>> claims, DateTime _, CancellationToken _) => claims.Select(c => c.Value).ToHashSet());
        var options = Options.Create(new QueueOptions { LeaseSeconds = 0.03 });
        breaker = new AudioStoreCircuitBreaker(TimeProvider.System, options);
        var scopes = new Scopes(repository.Object, orphans.Object);
        var metrics = new SpeechMetrics(meters, engine, claimed, TimeProvider.System, options);
        var announcer = new TaskEventAnnouncer(broadcaster, metrics, breaker, claimed, new DispatchSignal(), NullLogger<TaskEventAnnouncer>.Instance);
        recorder = new TaskEventRecorder(
            scopes, engine, breaker, announcer, audio.Object, TimeProvider.System, options, NullLogger<TaskEventRecorder>.Instance);
        renewer = new LeaseRenewer(scopes, engine, claimed, TimeProvider.System, options, NullLogger<LeaseRenewer>.Instance);
        await renewer.StartAsync(default);
        await recorder.StartAsync(default);
    }

    [TearDown]
    public async Task StopRecorder()
    {
        writing = () => { };
        await engine.StopAsync(default);
        await recorder.StopAsync(default).WaitAsync(Patience);
        await renewer.StopAsync(default);
        renewer.Dispose();
        recorder.Dispose();
        meters.Dispose();
    }

    [Test]
    public async Task Events_OfAWholeLife_AreStoredThenAnnouncedInOrder()
    {
        var task = Add(1);
        using var subscription = broadcaster.Subscribe(task.ConversionId);
        engine.Say(Life(task));
        await EndedAsync(task);
        var steps = new List<TtsTaskStatus>();
        while (subscription.Reader.TryRead(out var step))
        {
            steps.Add(step.Status);
        }

        Assert.Multiple(() =>
        {
            Assert.That(task.Status, Is.EqualTo(TtsTaskStatus.Done));
            Assert.That(steps, Is.EqualTo((TtsTaskStatus[])[TtsTaskStatus.Processing, TtsTaskStatus.Completed, TtsTaskStatus.Done]));
        });
    }

    [Test]
    public async Task Database_ThatThrowsForAWhile_LosesNoEventAndStoresEachOnce([Values] bool looksCancelled)
    {
        var away = true;
        var refused = 0;
        writing = () =>
        {
            if (Volatile.Read(ref away))
            {
                Interlocked.Increment(ref refused);

                // Some drivers report a timeout as a cancellation that nobody asked for.
                throw looksCancelled ? new TaskCanceledException() : new TimeoutException();
            }
        };
        var tasks = Enumerable.Range(1, 600).Select(Add).ToList();
        var subscriptions = tasks.ConvertAll(t => broadcaster.Subscribe(t.ConversionId));
        tasks.ForEach(t => engine.Say(Life(t)));
        await Eventually.HoldsAsync(() => Volatile.Read(ref refused) >= 2, "the database was tried again");
        Assert.That(recorder.Problem, Is.Not.Null.And.Contains("database"));
        Volatile.Write(ref away, false);

        await Eventually.HoldsAsync(() => claimed.Count == 0, "every task was stored");
        Assert.Multiple(() =>
        {
            Assert.That(recorder.Problem, Is.Null);
            Assert.That(tasks.Select(t => t.Status), Has.All.EqualTo(TtsTaskStatus.Done));
            Assert.That(subscriptions.Select(s => s.Reader.Count), Has.All.EqualTo(3), "each step is announced once");
        });
    }

    [Test]
    public async Task Heartbeat_AfterTheDatabaseThrew_GoesOn([Values] bool looksCancelled)
    {
        var task = Add(1);
        repository.SetupSequence(r => r.ExtendLeasesAsync(It.IsAny<IReadOnlyCollection<KeyValuePair<string, Guid>>>(), It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(looksCancelled ? new TaskCanceledException() : new TimeoutException())
            .ReturnsAsync(new HashSet<Guid>());
        await Eventually.HoldsAsync(() => engine.Cancelled.Contains(task.ConversionId), "the lost claim was noticed");
    }

    [Test]
    public async Task Stored_OfATaskDeletedMeanwhile_DeletesItsAudio()
    {
        var (gone, stays) = (Add(1), Add(2));
        rows.TryRemove(gone.ConversionId, out _);
        engine.Say([.. Life(gone), .. Life(stays)]);
        await EndedAsync(gone);
        await EndedAsync(stays);
        audio.Verify(a => a.DeleteAsync(gone.AudioKey, It.IsAny<CancellationToken>()), Times.Once);
        audio.Verify(a => a.DeleteAsync(stays.AudioKey, It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Stored_WhenItsOrphanCannotBeDeleted_HoldsUpNobody()
    {
        var (gone, stays) = (Add(1), Add(2));
        rows.TryRemove(gone.ConversionId, out _);
        audio.Setup(a => a.DeleteAsync(gone.AudioKey, It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("read-only file system"));
        engine.Say(Life(gone));
        engine.Say(Life(stays));
        await EndedAsync(stays);
        Assert.That((stays.Status, recorder.Problem, claimed.Count), Is.EqualTo((TtsTaskStatus.Done, (string?)null, 0)));
    }

    [Test]
    public async Task Leases_ThatWereLost_CancelTheirJobsAlone()
    {
        var (lost, held) = (Add(1), Add(2));
        var heldClaim = Guid.NewGuid();
        claimed.Add(held.ConversionId, heldClaim);
        repository.Setup(r => r.ExtendLeasesAsync(It.IsAny<IReadOnlyCollection<KeyValuePair<string, Guid>>>(), It.IsAny<DateTime>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new HashSet<Guid> { heldClaim });
        await Eventually.HoldsAsync(() => !engine.Cancelled.IsEmpty, "the lost claim was noticed");
        Assert.That(engine.Cancelled, Has.All.EqualTo(lost.ConversionId));
    }

    [Test]
    public async Task Failed_ThatMayPass_IsPutOffAndOneThatMayNotFails()
    {
        var (later, never) = (Add(1), Add(2));
        engine.Say(
            new TtsJobStarted(later.ConversionId, claim, Sample.Now),
            new TtsJobFailed(later.ConversionId, claim, Sample.Now, "disk full", MayPass: true),
            new TtsJobFailed(never.ConversionId, claim, Sample.Now, "nothing to say", MayPass: false));
        await EndedAsync(later);
        await EndedAsync(never);
        Assert.Multiple(() =>
        {
            Assert.That((later.Status, later.ClaimId), Is.EqualTo((TtsTaskStatus.Processing, (Guid?)null)));
            Assert.That(later.DueAt, Is.GreaterThan(DateTime.UtcNow.AddMinutes(-1)));
            Assert.That((never.Status, never.ErrorMessage), Is.EqualTo((TtsTaskStatus.Failed, "nothing to say")));
        });
    }

    [Test]
    public async Task Failed_ByTheStore_WaitsWithoutUsingUpATry_AndTheNextStoredAudioEndsTheOutage()
    {
        var (first, second) = (Add(1), Add(2));
        engine.Say(
            new TtsJobStarted(first.ConversionId, claim, DateTime.UtcNow),
            new TtsJobFailed(first.ConversionId, claim, DateTime.UtcNow, "disk full", MayPass: true, StoreFailed: true));
        await EndedAsync(first);
        Assert.That((first.Status, first.ClaimId, first.Tries, breaker.IsOpen), Is.EqualTo((TtsTaskStatus.Processing, (Guid?)null, 0, true)));
        engine.Say(Life(second));
        await EndedAsync(second);
        Assert.That(breaker.IsOpen, Is.False);
    }

    [Test]
    public async Task Events_OutOfOrderRepeatedAndOfOthers_NeverLeadBackwardsAndTheRightOnesEndTheTask()
    {
        var random = Seed.Random();
        var tasks = Enumerable.Range(1, 200).Select(Add).ToList();
        var subscriptions = tasks.ToDictionary(t => t.ConversionId, t => broadcaster.Subscribe(t.ConversionId));
        foreach (var task in tasks)
        {
            // All of one task's events several times over, in any order, some under a claim that was lost.
            var life = Life(task);
            var mixed = Enumerable.Range(0, 4).SelectMany(_ => life).Concat(life.Select(e => e with { ClaimId = Guid.NewGuid() })).ToArray();
            random.Shuffle(mixed);
            engine.Say([.. mixed, .. life]);
        }

        await Eventually.HoldsAsync(() => tasks.All(t => t.Status == TtsTaskStatus.Done), "every task is done");
        await engine.StopAsync(default);
        await recorder.StopAsync(default).WaitAsync(Patience);
        foreach (var task in tasks)
        {
            var steps = new List<TtsTaskStatus>();
            while (subscriptions[task.ConversionId].Reader.TryRead(out var step))
            {
                steps.Add(step.Status);
            }

            Assert.That(steps, Is.EqualTo((TtsTaskStatus[])[TtsTaskStatus.Processing, TtsTaskStatus.Completed, TtsTaskStatus.Done]), task.ConversionId);
        }
    }

    [Test]
    public async Task Cancelled_GivesTheTaskBack()
    {
        var task = Add(1);
        var lease = task.DueAt;
        engine.Say(new TtsJobCancelled(task.ConversionId, claim, Sample.Now));
        await EndedAsync(task);
        Assert.That((task.Status, task.ClaimId), Is.EqualTo((TtsTaskStatus.Queued, (Guid?)null)));
        Assert.That(task.DueAt, Is.Not.EqualTo(lease).And.EqualTo(DateTime.UtcNow).Within(TimeSpan.FromMinutes(1)), "it is due at once, not when the lease runs out");
    }

    [Test]
    public async Task Event_OfALostClaim_ChangesNothing()
    {
        var task = Add(1);
        engine.Say(new TtsJobFailed(task.ConversionId, Guid.NewGuid(), Sample.Now, "late", MayPass: false));
        engine.Say(Life(task));
        await EndedAsync(task);
        Assert.That(task.Status, Is.EqualTo(TtsTaskStatus.Done));
    }

    [Test]
    public async Task Stop_AfterTheEngine_StoresEveryEventFirst()
    {
        var tasks = Enumerable.Range(1, 1000).Select(Add).ToList();
        tasks.ForEach(t => engine.Say(Life(t)));
        await engine.StopAsync(default);
        await recorder.StopAsync(default).WaitAsync(Patience);
        Assert.That(tasks.Select(t => t.Status), Has.All.EqualTo(TtsTaskStatus.Done));
        Assert.That(recorder.Problem, Is.Not.Null, "a recorder that does not run stores nothing");
    }

    [Test]
    public async Task Stop_WhenTheHostLosesPatience_EndsThoughTheDatabaseIsAway()
    {
        writing = () => throw new TimeoutException();
        engine.Say(Life(Add(1)));
        await Eventually.HoldsAsync(() => recorder.Problem is not null, "the database was tried");
        using var impatience = new CancellationTokenSource();
        var stopping = recorder.StopAsync(impatience.Token);
        Assert.That(stopping.IsCompleted, Is.False);
        await impatience.CancelAsync();
        await stopping.WaitAsync(Patience);
    }

    [Test]
    public async Task Events_OnceStored_AreMeasured_ARepeatedOneOnlyOnce()
    {
        var (done, failed, putOff) = (Add(1), Add(2), Add(3));
        engine.Say([.. Life(done), .. Life(done)[..2]]);
        engine.Say(new TtsJobStarted(failed.ConversionId, claim, Sample.Now), new TtsJobFailed(failed.ConversionId, claim, Sample.Now, "No.", MayPass: false));
        engine.Say(new TtsJobStarted(putOff.ConversionId, claim, Sample.Now), new TtsJobFailed(putOff.ConversionId, claim, Sample.Now, "Full.", MayPass: true, StoreFailed: true));
        await Task.WhenAll(EndedAsync(done), EndedAsync(failed), EndedAsync(putOff));
        await Eventually.HoldsAsync(() => meters.Of("dictation.tries").Count == 3, "every try was counted");
        Assert.Multiple(() =>
        {
            Assert.That(meters.Of("dictation.tasks").Select(m => (m.Unit, m.Tags, m.Value)), Is.EquivalentTo(new[] { ("{task}", "dictation.outcome=done", 1.0), ("{task}", "dictation.outcome=failed", 1.0) }));
            Assert.That(meters.Of("dictation.tries").Select(m => m.Tags), Is.EquivalentTo(new[] { "dictation.outcome=stored", "dictation.outcome=failed", "dictation.outcome=store_failed" }));
            Assert.That(meters.Of("dictation.task.duration").Select(m => (m.Unit, m.Tags)), Is.EquivalentTo(new[] { ("s", "dictation.outcome=done"), ("s", "dictation.outcome=failed") }));
            const string How = "dictation.device=cpu, dictation.engine=neural, dictation.voice=v";
            Assert.That(meters.Of("dictation.synthesis.duration"), Is.EqualTo(new[] { new Measured("dictation.synthesis.duration", "s", How, Sample.Spoken.SynthesisSeconds) }));
            Assert.That(meters.Of("dictation.synthesis.real_time_factor").Single().Value, Is.EqualTo(Sample.Spoken.SynthesisSeconds / Sample.Spoken.Duration));
            Assert.That(meters.Of("dictation.synthesis.audio").Single(), Is.EqualTo(new Measured("dictation.synthesis.audio", "s", How, Sample.Spoken.Duration)));
        });
    }

    private TtsTask Add(int number)
    {
        var task = Sample.Claimed(claim, number);
        rows[task.ConversionId] = task;
        claimed.Add(task.ConversionId, claim);
        return task;
    }

    private TtsEvent[] Life(TtsTask task) =>
    [
        new TtsJobStarted(task.ConversionId, claim, Sample.Now),
        new TtsJobCompleted(task.ConversionId, claim, Sample.Now, Sample.Spoken),
        new TtsJobStored(task.ConversionId, claim, Sample.Now, Sample.Stored(task)),
    ];

    private Task EndedAsync(TtsTask task) => Eventually.HoldsAsync(() => claimed.Snapshot().All(c => c.Key != task.ConversionId), "the end was stored");

    private Task<IReadOnlyList<TtsTask>> ChangeManyAsync(IReadOnlyCollection<string> ids, Action<TtsTask> change)
    {
        writing();
        var found = ids.Select(i => rows.GetValueOrDefault(i)).OfType<TtsTask>().ToList();
        found.ForEach(change);
        return Task.FromResult<IReadOnlyList<TtsTask>>(found);
    }
}
