using Dictation.Application.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>What becomes of jobs that are cancelled, and of all of them when the engine stops.</summary>
public sealed class TtsEngineStopTests : TtsEngineTestBase
{
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
}
