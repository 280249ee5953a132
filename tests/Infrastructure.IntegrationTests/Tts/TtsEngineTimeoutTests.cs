using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>Jobs, voices and stores that take too long or hang.</summary>
public sealed class TtsEngineTimeoutTests : TtsEngineTestBase
{
    [Test]
    public async Task Job_ThatTakesTooLong_IsInterruptedAndFailsForNow()
    {
        var clock = new TestClock();
        await using var other = CreateEngine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
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
        await using var other = CreateEngine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
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
        await using var other = CreateEngine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
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
        await using var other = CreateEngine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
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
        await using var other = CreateEngine(new TtsOptions { TimeLimitSeconds = 60 }, clock);
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
}
