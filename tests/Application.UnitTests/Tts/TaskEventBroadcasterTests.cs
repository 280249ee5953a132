using System.Collections.Concurrent;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Tts;

namespace Dictation.Application.UnitTests.Tts;

public sealed class TaskEventBroadcasterTests
{
    private readonly TaskEventBroadcaster broadcaster = new();

    [Test]
    public void Publish_WithoutListeners_DoesNothing() => Assert.That(() => broadcaster.Publish(Step("a", 1)), Throws.Nothing);

    [Test]
    public void Publish_ReachesEveryListenerToThatTaskAndNoOther()
    {
        using var first = broadcaster.Subscribe("a");
        using var second = broadcaster.Subscribe("a");
        using var other = broadcaster.Subscribe("b");
        broadcaster.Publish(Step("a", 1));
        Assert.Multiple(() =>
        {
            Assert.That(Read(first), Is.EqualTo((double?[])[1]));
            Assert.That(Read(second), Is.EqualTo((double?[])[1]));
            Assert.That(Read(other), Is.Empty);
        });
    }

    [Test]
    public void Publish_ToAListenerThatDoesNotRead_DropsTheOldest()
    {
        using var subscription = broadcaster.Subscribe("a");
        for (var i = 1; i <= 1000; i++)
        {
            broadcaster.Publish(Step("a", i));
        }

        Assert.That(Read(subscription), Is.EqualTo(Enumerable.Range(937, 64).Select(i => (double?)i)));
    }

    [Test]
    public void Dispose_OfOneListener_LeavesTheOthers()
    {
        var gone = broadcaster.Subscribe("a");
        using var stays = broadcaster.Subscribe("a");
        gone.Dispose();
        gone.Dispose();
        broadcaster.Publish(Step("a", 1));
        Assert.That((Read(gone), Read(stays)), Is.EqualTo((new List<double?>(), new List<double?> { 1 })));
    }

    [Test]
    public async Task Next_WithoutAnAnnouncement_ReturnsNullWhenTheTimeIsUp()
    {
        using var subscription = broadcaster.Subscribe("a");
        Assert.That(await subscription.NextAsync(TimeSpan.FromMilliseconds(1), TimeProvider.System, default), Is.Null);
    }

    [Test]
    public async Task Next_WithAnAnnouncement_ReturnsItAtOnce()
    {
        using var subscription = broadcaster.Subscribe("a");
        var next = subscription.NextAsync(TimeSpan.FromMinutes(5), TimeProvider.System, default);
        broadcaster.Publish(Step("a", 1));
        Assert.That((await next)!.Progress, Is.EqualTo(1));
    }

    [Test]
    public void Next_Cancelled_Throws()
    {
        using var subscription = broadcaster.Subscribe("a");
        Assert.That(
            () => subscription.NextAsync(TimeSpan.FromMinutes(5), TimeProvider.System, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void SubscribeAndDispose_FromManyThreads_LosesNoListener()
    {
        var kept = new ConcurrentBag<TaskEventBroadcaster.Subscription>();
        Parallel.For(0, 20_000, i =>
        {
            var subscription = broadcaster.Subscribe("a");
            if (i % 400 == 0)
            {
                kept.Add(subscription);
            }
            else
            {
                subscription.Dispose();
            }
        });

        broadcaster.Publish(Step("a", 0.5));
        Assert.That(kept, Has.Count.EqualTo(50));
        Assert.That(kept.Select(Read), Is.All.EqualTo((double?[])[0.5]));
    }

    [Test]
    public void StepsOf_ADoneTask_AreThoseNotSeenYet()
    {
        var task = Sample.Done();
        Assert.Multiple(() =>
        {
            Assert.That(TaskStep.From(task).Select(s => s.Status), Is.EqualTo((TtsTaskStatus[])[TtsTaskStatus.Queued, TtsTaskStatus.Processing, TtsTaskStatus.Completed, TtsTaskStatus.Done]));
            Assert.That(TaskStep.From(task, TtsTaskStatus.Processing).Select(s => s.Status), Is.EqualTo((TtsTaskStatus[])[TtsTaskStatus.Completed, TtsTaskStatus.Done]));
            Assert.That(TaskStep.From(task, TtsTaskStatus.Done), Is.Empty);
        });
    }

    private static TaskStep Step(string id, double progress) => new(id, TtsTaskStatus.Processing, Sample.Now, progress);

    private static List<double?> Read(TaskEventBroadcaster.Subscription subscription)
    {
        var read = new List<double?>();
        while (subscription.Reader.TryRead(out var step))
        {
            read.Add(step.Progress);
        }

        return read;
    }
}
