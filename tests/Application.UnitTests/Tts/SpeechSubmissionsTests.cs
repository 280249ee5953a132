using System.Diagnostics;
using Dictation.Application.Abstractions;
using Dictation.Application.Lexicons;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Options;
using Moq;

namespace Dictation.Application.UnitTests.Tts;

public sealed class SpeechSubmissionsTests
{
    private static readonly ConvertText Plain = new("Hei", null, null, null, null);

    private readonly Voice aino = new("aino", "fi", 16000, "hash", null, null);
    private readonly Voice anna = new("anna", "de", 16000, "hash", null, null, Region: "DE");

    private FakeEngine engine = null!;
    private TestMeters meters = null!;
    private Mock<ITtsTaskStore> tasks = null!;
    private Mock<IAudioStore> audio = null!;
    private SpeechSubmissions submissions = null!;
    private List<TtsTask> stored = null!;

    [SetUp]
    public void MakeSubmissions()
    {
        engine = new FakeEngine();
        stored = [];
        tasks = new Mock<ITtsTaskStore>();
        tasks.Setup(t => t.FindLiveByKeysAsync(It.IsAny<IReadOnlyCollection<string>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((IReadOnlyCollection<string> keys, CancellationToken _) => stored.Where(t => keys.Contains(t.ContentKey)).ToList());
        tasks.Setup(t => t.AddAsync(It.IsAny<SpeechPlan>(), It.IsAny<CancellationToken>()))
            .Callback((SpeechPlan plan, CancellationToken _) => stored.AddRange(plan.Added))
            .ReturnsAsync(AddOutcome.Added);
        audio = new Mock<IAudioStore>();
        meters = new TestMeters();
        var voices = new Mock<IVoiceCatalog>();
        voices.Setup(v => v.Problems).Returns([]);
        voices.Setup(v => v.Voices).Returns([aino, anna]);
        voices.Setup(v => v.DefaultVoice).Returns(aino);
        voices.Setup(v => v.Find("aino")).Returns(aino);
        voices.Setup(v => v.Find("anna")).Returns(anna);
        voices.Setup(v => v.FindByLanguage("fi")).Returns(aino);
        voices.Setup(v => v.FindByLanguage(It.Is<string>(l => l.StartsWith("de", StringComparison.Ordinal)))).Returns(anna);
        submissions = new SpeechSubmissions(
            tasks.Object,
            engine,
            audio.Object,
            voices.Object,
            new SpeechReadings(Mock.Of<ILexiconRepository>(), new LexiconCache(), voices.Object),
            new ConversionIds(TimeProvider.System),
            new TaskEventBroadcaster(),
            new DispatchSignal(),
            new SpeechMetrics(meters, engine, new ClaimedTasks(), TimeProvider.System, Options.Create(new QueueOptions())),
            TimeProvider.System,
            Options.Create(new QueueOptions { Capacity = 7 }));
    }

    [TearDown]
    public void StopMeasuring() => meters.Dispose();

    [TestCase("de-AT", null, "DE")]
    [TestCase("de_at", "anna", "DE")]
    [TestCase("de-DE", null, null)]
    [TestCase("de", "anna", null)]
    public async Task Submit_ForAnotherRegionThanTheVoices_TellsTheVoices(string language, string? voice, string? told)
    {
        await submissions.SubmitAsync(["a"], new ConvertText("a", null, language, voice, null), default);

        Assert.That(stored.Single().VoiceRegion, Is.EqualTo(told));
    }

    [Test]
    public async Task Submit_CountsNewTextsAndRepeats()
    {
        await submissions.SubmitAsync(["a", "b", "a"], Plain, default);
        await submissions.SubmitAsync(["b"], Plain, default);
        Assert.That(
            meters.Of("dictation.submissions").Select(m => (m.Unit, m.Tags, m.Value)),
            Is.EqualTo(new[] { false, false, true, true }.Select(d => ("{submission}", $"dictation.deduplicated={d}", 1.0))));
    }

    [Test]
    public async Task Submit_WithinATrace_LeavesItsContextInTheRow_AndARepeatLinksToIt()
    {
        List<Activity> ended = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == SpeechMetrics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                lock (ended)
                {
                    ended.Add(a);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var first = new Activity("first").Start();
        await submissions.SubmitAsync(["jälki"], Plain, default);
        first.Stop();
        using var second = new Activity("second").Start();
        await submissions.SubmitAsync(["jälki"], Plain, default);
        second.Stop();
        var (submitted, repeated) = (ended.Single(a => a.TraceId == first.TraceId), ended.Single(a => a.TraceId == second.TraceId));
        Assert.Multiple(() =>
        {
            Assert.That(stored.Single().TraceParent, Is.EqualTo(submitted.Id));
            Assert.That(submitted.ParentSpanId, Is.EqualTo(first.SpanId));
            Assert.That(submitted.Links, Is.Empty);
            Assert.That(repeated.Links.Single().Context.SpanId, Is.EqualTo(submitted.SpanId));
        });
    }

    [Test]
    public async Task Submit_OutsideOfATrace_LeavesNone()
    {
        await submissions.SubmitAsync(["ilman jälkeä"], Plain, default);
        Assert.That(stored.Single().TraceParent, Is.Null);
    }

    [Test]
    public async Task Submit_TextsWithRepeats_MakesOneTaskPerTextInInputOrder()
    {
        var results = await submissions.SubmitAsync(["a", "b", "a"], Plain, default);
        Assert.Multiple(() =>
        {
            Assert.That(results.Select(r => (r.Task.Text, r.Deduplicated)), Is.EqualTo(((string, bool)[])[("a", false), ("b", false), ("a", true)]));
            Assert.That(results[2].Task, Is.SameAs(results[0].Task));
            Assert.That(stored, Has.Count.EqualTo(2));
        });
    }

    [Test]
    public async Task Submit_AKnownText_StoresNothing()
    {
        var first = (await submissions.SubmitAsync(["a"], Plain, default))[0];
        var second = (await submissions.SubmitAsync(["a"], Plain, default))[0];
        Assert.That((second.Task.ConversionId, second.Deduplicated, stored.Count), Is.EqualTo((first.Task.ConversionId, true, 1)));
    }

    [Test]
    public async Task Submit_AfterALostRace_ReturnsTheWinner()
    {
        TtsTask? winner = null;
        tasks.Setup(t => t.AddAsync(It.IsAny<SpeechPlan>(), It.IsAny<CancellationToken>()))
            .Callback((SpeechPlan plan, CancellationToken _) =>
            {
                var lost = plan.Added.Single();
                winner = TtsTask.Submit(Sample.Id(1), new SpeechContent(lost.Text, lost.Language, lost.Voice, aino.ModelHash, lost.SpeakingRate), null, Sample.Now);
                stored.Add(winner);
            })
            .ReturnsAsync(AddOutcome.Overtaken);
        var result = (await submissions.SubmitAsync(["a"], Plain, default))[0];
        Assert.That((result.Task, result.Deduplicated), Is.EqualTo((winner, true)));
    }

    [Test]
    public async Task Submit_ThatWithdrawsAfterALostRace_ReturnsTheLastResult_AndCountsNothing()
    {
        StoredSpeech[] results = [new(AddOutcome.Overtaken), new(AddOutcome.Withdrawn)];
        var plans = new List<SpeechPlan>();
        var submitted = await submissions.SubmitAsync(
            [new SpeechContent("a", "fi", "aino", "hash", 1)],
            plan =>
            {
                plans.Add(plan);
                return Task.FromResult(results[plans.Count - 1]);
            },
            default);
        Assert.Multiple(() =>
        {
            Assert.That(submitted.Stored, Is.SameAs(results[1]));
            Assert.That(plans, Has.Count.EqualTo(2).And.Unique);
            Assert.That(meters.Of("dictation.submissions"), Is.Empty);
        });
    }

    [Test]
    public void Submit_WhenTheQueueIsFull_SaysHowLongItMayBe()
    {
        tasks.Setup(t => t.AddAsync(It.Is<SpeechPlan>(p => p.QueueCapacity == 7), It.IsAny<CancellationToken>())).ReturnsAsync(AddOutcome.QueueFull);
        Assert.That(() => submissions.SubmitAsync(["a"], Plain, default), Throws.TypeOf<QueueFullException>().With.Property("Detail").Contains("7"));
    }

    [TestCase(TtsEngineState.Stopped)]
    [TestCase(TtsEngineState.Starting)]
    [TestCase(TtsEngineState.Stopping)]
    public void Submit_WhileTheEngineDoesNotRun_ThrowsAndStoresNothing(TtsEngineState state)
    {
        engine.Status = engine.Status with { State = state };
        Assert.That(() => submissions.SubmitAsync(["a"], Plain, default), Throws.TypeOf<TtsServiceException>());
        Assert.That(stored, Is.Empty);
    }

    [Test]
    public async Task Submit_OfADoneTextWhoseAudioVanished_QueuesItAgainUnderItsId()
    {
        var task = (await submissions.SubmitAsync(["a"], Plain, default))[0].Task;
        var claim = Guid.NewGuid();
        task.Claim(claim, DateTime.UtcNow.AddMinutes(1), new ClaimTerms(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMinutes(1)));
        task.Complete(claim, Sample.Spoken, DateTime.UtcNow);
        task.Finish(claim, Sample.Stored(task));
        tasks.Setup(t => t.ChangeAsync(task.ConversionId, It.IsAny<Func<TtsTask, bool>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, Func<TtsTask, bool> change, CancellationToken _) => change(task) ? ChangeOutcome.Changed : ChangeOutcome.NotApplicable);
        tasks.Setup(t => t.FindAsync(task.ConversionId, It.IsAny<CancellationToken>())).ReturnsAsync(task);

        audio.Setup(a => a.ExistsAsync(task.AudioKey, It.IsAny<CancellationToken>())).ReturnsAsync(true);
        Assert.That((await submissions.SubmitAsync(["a"], Plain, default))[0].Task.Status, Is.EqualTo(TtsTaskStatus.Done));
        audio.Setup(a => a.ExistsAsync(task.AudioKey, It.IsAny<CancellationToken>())).ReturnsAsync(false);
        var again = (await submissions.SubmitAsync(["a"], Plain, default))[0];
        Assert.That((again.Task.ConversionId, again.Task.Status, again.Deduplicated), Is.EqualTo((task.ConversionId, TtsTaskStatus.Queued, true)));
    }

    [TestCase(null, null, "aino")]
    [TestCase("anna", null, "anna")]
    [TestCase("anna", "de", "anna")]
    [TestCase(null, "de", "anna")]
    public async Task Submit_ByVoiceOrLanguage_ChoosesTheVoice(string? voice, string? language, string chosen)
    {
        var result = (await submissions.SubmitAsync(["a"], Plain with { Voice = voice, Language = language }, default))[0];
        Assert.That(result.Task.Voice, Is.EqualTo(chosen));
    }

    [TestCase("nobody", null, "voice")]
    [TestCase("aino", "de", "language")]
    [TestCase(null, "xx", "language")]
    public void Submit_ForAVoiceThatIsNotThere_NamesTheFieldAndStoresNothing(string? voice, string? language, string field)
    {
        var refused = Assert.ThrowsAsync<RequestInvalidException>(() => submissions.SubmitAsync(["a"], Plain with { Voice = voice, Language = language }, default));
        Assert.That((refused!.Errors.Single().Field, stored.Count), Is.EqualTo((field, 0)));
    }
}
