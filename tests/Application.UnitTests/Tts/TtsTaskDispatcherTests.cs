using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace Dictation.Application.UnitTests.Tts;

public sealed class TtsTaskDispatcherTests
{
    private FakeEngine engine = null!;
    private Mock<ITtsTaskQueue> tasks = null!;
    private Mock<ITtsTaskStore> store = null!;
    private ClaimedTasks claimed = null!;
    private TestMeters meters = null!;
    private IOptions<QueueOptions> options = null!;
    private AudioStoreCircuitBreaker breaker = null!;
    private TaskEventBroadcaster broadcaster = null!;
    private TtsTaskDispatcher dispatcher = null!;

    [SetUp]
    public void MakeDispatcher()
    {
        engine = new FakeEngine();
        tasks = new Mock<ITtsTaskQueue>();
        store = new Mock<ITtsTaskStore>();
        claimed = new ClaimedTasks();
        meters = new TestMeters();
        broadcaster = new TaskEventBroadcaster();
        Due([]);
        options = Options.Create(new QueueOptions { PollSeconds = 0.01, RetryDelaySeconds = 3600 });
        breaker = new AudioStoreCircuitBreaker(TimeProvider.System, options);
        dispatcher = new TtsTaskDispatcher(
            new Scopes(tasks.Object, store.Object),
            engine,
            claimed,
            breaker,
            broadcaster,
            new DispatchSignal(),
            new SpeechMetrics(meters, engine, claimed, TimeProvider.System, options),
            TimeProvider.System,
            options,
            NullLogger<TtsTaskDispatcher>.Instance);
    }

    [TearDown]
    public async Task StopDispatcher()
    {
        await dispatcher.StopAsync(default);
        dispatcher.Dispose();
        meters.Dispose();
    }

    [Test]
    public async Task ClaimedTasks_AreGivenToTheEngineAndCounted()
    {
        var task = Sample.Claimed(Guid.NewGuid());
        Due([task]);
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => !engine.Submitted.IsEmpty, "the engine had the job");
        Assert.That(engine.Submitted.Single(), Is.EqualTo(new TtsJob(task.ConversionId, task.ClaimId!.Value, task.AudioKey, task.Text, task.Language, task.Voice, task.SpeakingRate, task.SubmittedAt)));
        Assert.That(claimed.Snapshot(), Is.EqualTo((KeyValuePair<string, Guid>[])[new(task.ConversionId, task.ClaimId.Value)]));
    }

    [Test]
    public async Task Database_ThatThrows_IsAskedAgain()
    {
        var rounds = new Queue<Func<IReadOnlyList<TtsTask>>>([() => throw new TimeoutException(), () => throw new TaskCanceledException(), () => [Sample.Claimed(Guid.NewGuid())]]);
        tasks.Setup(t => t.ClaimDueAsync(It.IsAny<int>(), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => rounds.TryDequeue(out var round) ? round() : []);
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => !engine.Submitted.IsEmpty, "the engine had the job");
    }

    [Test]
    public async Task Engine_ThatRefusesAJob_GivesTheTaskBack()
    {
        var task = Sample.Claimed(Guid.NewGuid());
        engine.Submitting = _ => throw new TtsServiceException("Stopping.");
        store.Setup(t => t.ChangeAsync(task.ConversionId, It.IsAny<Func<TtsTask, bool>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, Func<TtsTask, bool> change, CancellationToken _) => change(task) ? ChangeOutcome.Changed : ChangeOutcome.NotApplicable);
        Due([task]);
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => task.ClaimId is null, "the task was released");
        Assert.That((task.Status, claimed.Count), Is.EqualTo((TtsTaskStatus.Queued, 0)));
    }

    [Test]
    public async Task Task_ThatWasGivenUp_IsAnnouncedAndNotRun()
    {
        var (task, claim) = (Sample.Queued(), Guid.NewGuid());
        task.Claim(claim, Sample.Now, new ClaimTerms(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMinutes(1)));
        task.Fail(claim, "given up", Sample.Now);
        using var subscription = broadcaster.Subscribe(task.ConversionId);
        Due([task]);
        await dispatcher.StartAsync(default);
        var step = await subscription.NextAsync(TimeSpan.FromMinutes(1), TimeProvider.System, default);
        Assert.That((step!.Status, step.ErrorMessage, engine.Submitted.IsEmpty, claimed.Count), Is.EqualTo((TtsTaskStatus.Failed, "given up", true, 0)));
    }

    [TestCase(TtsEngineState.Stopped, 0)]
    [TestCase(TtsEngineState.Stopping, 0)]
    [TestCase(TtsEngineState.Running, 9)]
    public async Task Engine_WithoutRoomOrNotRunning_ClaimsNothing(TtsEngineState state, int held)
    {
        var looked = 0;
        engine.Looked = () => Interlocked.Increment(ref looked);
        engine.Status = engine.Status with { State = state };
        for (var i = 0; i < held; i++)
        {
            claimed.Add(Sample.Id(i), Guid.NewGuid());
        }

        looked = 0;
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => Volatile.Read(ref looked) >= 3, "it looked a few times");
        tasks.Verify(t => t.ClaimDueAsync(It.IsAny<int>(), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Engine_WithoutAWorker_ClaimsNothing()
    {
        var looked = 0;
        engine.Looked = () => Interlocked.Increment(ref looked);
        engine.Status = engine.Status with { Workers = 0, Hung = 8 };
        looked = 0;
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => Volatile.Read(ref looked) >= 3, "it looked a few times");
        tasks.Verify(t => t.ClaimDueAsync(It.IsAny<int>(), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Outage_OfTheStore_ClaimsNothingUntilItIsTimeToTry()
    {
        breaker.RecordFailure();
        var looked = 0;
        engine.Looked = () => Interlocked.Increment(ref looked);
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => Volatile.Read(ref looked) >= 3, "it looked a few times");
        tasks.Verify(t => t.ClaimDueAsync(It.IsAny<int>(), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Outage_OfTheStoreThatMayBeOver_IsTriedWithOneTaskAtATime()
    {
        options.Value.RetryDelaySeconds = 0;
        breaker.RecordFailure();
        var (first, second) = (Sample.Claimed(Guid.NewGuid()), Sample.Claimed(Guid.NewGuid(), 2));
        Due([first], [second]);
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => engine.Submitted.Count == 1, "the first was tried");
        claimed.Remove(first.ConversionId, first.ClaimId!.Value);
        await Eventually.HoldsAsync(() => engine.Submitted.Count == 2, "the second was tried when the first had ended");
        tasks.Verify(t => t.ClaimDueAsync(1, It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()), Times.AtLeast(2));
        tasks.Verify(t => t.ClaimDueAsync(It.Is<int>(n => n > 1), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task Claims_OfItsOwn_AreNotClaimedAgain()
    {
        claimed.Add(Sample.Id(7), Guid.NewGuid());
        await dispatcher.StartAsync(default);
        await Eventually.HoldsAsync(() => tasks.Invocations.Count > 0, "it claimed");
        tasks.Verify(t => t.ClaimDueAsync(It.IsAny<int>(), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.Is<IReadOnlyCollection<string>>(own => own.Contains(Sample.Id(7))), It.IsAny<CancellationToken>()));
    }

    /// <summary>What is due the first times; afterwards nothing is.</summary>
    private void Due(params IReadOnlyList<TtsTask>[] due)
    {
        var rounds = new Queue<IReadOnlyList<TtsTask>>(due);
        tasks.Setup(t => t.ClaimDueAsync(It.IsAny<int>(), It.IsAny<DateTime>(), It.IsAny<ClaimTerms>(), It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => rounds.TryDequeue(out var round) ? round : []);
    }
}
