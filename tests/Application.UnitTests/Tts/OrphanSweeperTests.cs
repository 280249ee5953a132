using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Application.UnitTests.Support;
using Dictation.Domain.Tts;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Dictation.Application.UnitTests.Tts;

public sealed class OrphanSweeperTests
{
    private readonly TestClock clock = new();

    [Test]
    public async Task Sweep_RemovesWhatIsNotedAsUnused_PageByPage_AndForgetsOldNotes_AgainEveryHour()
    {
        var ids = Enumerable.Range(0, 1200).Select(i => Sample.Id(i)).ToList();
        var orphans = new Mock<IOrphanedAudioRepository>();
        var audio = new Mock<IAudioStore>();
        var sweeps = 0;
        var removed = new List<string>();
        audio.Setup(a => a.DeleteAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync((string key, CancellationToken _) =>
        {
            removed.Add(key);
            return 1;
        });
        orphans.Setup(t => t.ListAsync(It.IsAny<string>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string after, int max, CancellationToken _) => ids.Where(i => string.CompareOrdinal(i, after) > 0).Take(max).ToList());
        orphans.Setup(t => t.ForgetAsync(It.IsAny<DateTime>(), It.IsAny<CancellationToken>())).ReturnsAsync(() => Interlocked.Increment(ref sweeps));
        using var sweeper = Sweeper(orphans.Object, audio.Object);
        await sweeper.StartAsync(default);
        await Eventually.HoldsAsync(() => Volatile.Read(ref sweeps) == 1, "it swept at the start");
        await clock.AdvanceToNextAsync(TimeSpan.FromHours(1));
        await Eventually.HoldsAsync(() => Volatile.Read(ref sweeps) == 2, "it swept again");
        await sweeper.StopAsync(default);
        Assert.Multiple(() =>
        {
            audio.Verify(a => a.DeleteAbandonedAsync(false, It.IsAny<CancellationToken>()), Times.Exactly(2));
            Assert.That(removed, Is.EqualTo(ids.Concat(ids).Select(TtsTask.AudioKeyOf)));
            orphans.Verify(t => t.ForgetAsync(clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(1), It.IsAny<CancellationToken>()), Times.Once);
        });
    }

    [Test]
    public async Task Sweep_ThatFails_IsTriedAgainSoon()
    {
        var audio = new Mock<IAudioStore>();
        var tries = 0;
        audio.Setup(a => a.DeleteAbandonedAsync(false, It.IsAny<CancellationToken>()))
            .Returns(() => Interlocked.Increment(ref tries) == 1 ? throw new IOException("away") : Task.FromResult(new RemovedFiles(0, 0)));
        var orphans = new Mock<IOrphanedAudioRepository>();
        orphans.Setup(t => t.ListAsync(It.IsAny<string>(), It.IsAny<int>(), It.IsAny<CancellationToken>())).ReturnsAsync([]);
        using var sweeper = Sweeper(orphans.Object, audio.Object);
        await sweeper.StartAsync(default);
        await clock.AdvanceToNextAsync(TimeSpan.FromSeconds(10));
        await Eventually.HoldsAsync(() => Volatile.Read(ref tries) == 2, "it tried again");
        await sweeper.StopAsync(default);
    }

    private OrphanSweeper Sweeper(IOrphanedAudioRepository orphans, IAudioStore audio) => new(new Scopes(orphans), audio, clock, NullLogger<OrphanSweeper>.Instance);
}
