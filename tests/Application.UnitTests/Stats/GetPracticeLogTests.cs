using Dictation.Application.Abstractions;
using Dictation.Application.Stats;
using Moq;

namespace Dictation.Application.UnitTests.Stats;

public sealed class GetPracticeLogTests
{
    [TestCase(4, true)]
    [TestCase(5, false)]
    [TestCase(1_000_000, false)]
    public async Task Handle_APage_IsOnlyLookedForWhereThereIsOne(int page, bool looked)
    {
        var stats = new Mock<IStatsRepository>();
        stats.Setup(s => s.CountItemsAsync(It.IsAny<AttemptFilter>(), It.IsAny<CancellationToken>())).ReturnsAsync(31);
        stats.Setup(s => s.ListItemsAsync(It.IsAny<AttemptFilter>(), It.IsAny<int>(), It.IsAny<int>(), It.IsAny<CancellationToken>())).ReturnsAsync([]);

        var found = await new GetPracticeLogHandler(stats.Object, Mock.Of<IAudioLinks>()).Handle(new GetPracticeLog(null, null, null, page, 10), default);

        stats.Verify(s => s.ListItemsAsync(It.IsAny<AttemptFilter>(), (page - 1) * 10, 10, It.IsAny<CancellationToken>()), Times.Exactly(looked ? 1 : 0));
        Assert.That((found.Total, found.TotalPages, found.PracticeLog.Count), Is.EqualTo((31, 4, 0)));
    }
}
