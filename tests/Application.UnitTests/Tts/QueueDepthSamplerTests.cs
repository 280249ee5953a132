using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;

namespace Dictation.Application.UnitTests.Tts;

public sealed class QueueDepthSamplerTests
{
    [Test]
    public async Task Queue_IsLookedAtNowAndThen_AndNothingIsSaidOfItWhileTheDatabaseIsAway()
    {
        using var meters = new TestMeters();
        var clock = new TestClock();
        var now = clock.GetUtcNow().UtcDateTime;
        var engine = new FakeEngine { Status = new(TtsEngineState.Running, "cpu", 2, 1, 16) };
        var claimed = new ClaimedTasks();
        claimed.Add("a", Guid.NewGuid());
        var metrics = new SpeechMetrics(meters, engine, claimed, clock, Options.Create(new QueueOptions { Capacity = 77 }));
        var tasks = new Mock<ITtsTaskQueries>();
        tasks.SetupSequence(t => t.GetQueueAsync(It.IsAny<CancellationToken>()))
            .ReturnsAsync(new QueueState(3, 2, now.AddSeconds(-90)))
            .ThrowsAsync(new TimeoutException())
            .ReturnsAsync(new QueueState(0, 1, null));
        using var watch = new QueueDepthSampler(new Scopes(tasks.Object), metrics, clock, NullLogger<QueueDepthSampler>.Instance);
        Assert.That(Depth(), Is.Empty, "nothing is known yet");

        await watch.StartAsync(default);
        await Eventually.HoldsAsync(() => Depth().Count > 0, "the queue was looked at");
        Assert.Multiple(() =>
        {
            Assert.That(Depth(), Is.EqualTo(new[] { ("dictation.state=waiting", 3.0), ("dictation.state=claimed", 2.0) }));
            Assert.That(Last("dictation.queue.age", 1), Is.EqualTo(new[] { ("", 90.0) }));
            Assert.That(Last("dictation.queue.capacity", 1), Is.EqualTo(new[] { ("", 77.0) }));
            Assert.That(Last("dictation.engine.jobs", 1), Is.EqualTo(new[] { ("", 1.0) }));
            Assert.That(Last("dictation.engine.workers", 2), Is.EqualTo(new[] { ("dictation.state=speaking", 2.0), ("dictation.state=hung", 1.0) }));
        });

        await clock.AdvanceToNextAsync(QueueDepthSampler.Interval);
        await Eventually.HoldsAsync(() => Depth().Count == 0, "the old figures are no longer told");
        await watch.StopAsync(default);

        IReadOnlyList<(string, double)> Depth()
        {
            var before = meters.Of("dictation.queue.tasks").Count;
            return [.. meters.Of("dictation.queue.tasks").Skip(before).Select(m => (m.Tags, m.Value))];
        }

        IEnumerable<(string, double)> Last(string instrument, int count) => meters.Of(instrument).TakeLast(count).Select(m => (m.Tags, m.Value));
    }

    [Test]
    public void Health_IsAFigureForEachPart()
    {
        using var meters = new TestMeters();
        var publisher = new Health.HealthMetrics(meters);
        Assert.That(meters.Of("dictation.health"), Is.Empty);
        publisher.PublishAsync(
            new(
                new Dictionary<string, Microsoft.Extensions.Diagnostics.HealthChecks.HealthReportEntry>
                {
                    ["a"] = new(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy, null, TimeSpan.Zero, null, null),
                    ["b"] = new(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded, null, TimeSpan.Zero, null, null),
                    ["c"] = new(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy, null, TimeSpan.Zero, null, null),
                },
                TimeSpan.Zero),
            default);
        Assert.That(meters.Of("dictation.health").Select(m => (m.Tags, m.Value)), Is.EqualTo(new[] { ("dictation.check=a", 1), ("dictation.check=b", 0.5), ("dictation.check=c", 0) }));
    }
}
