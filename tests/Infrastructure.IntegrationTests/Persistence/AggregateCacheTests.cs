using Dictation.Infrastructure.Persistence;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

public sealed class AggregateCacheTests
{
    private readonly TestClock clock = new();
    private AggregateCache aggregates = null!;
    private int computed;

    [SetUp]
    public void MakeCache() => (aggregates, computed) = (new AggregateCache(clock), 0);

    [Test]
    public async Task Aggregate_OverFewRows_IsComputedEachTime()
    {
        for (var i = 1; i <= 3; i++)
        {
            Assert.That(await CountAsync("items", AggregateCache.MinRows - 1), Is.EqualTo(AggregateCache.MinRows - 1));
            Assert.That(computed, Is.EqualTo(i));
        }
    }

    [Test]
    public async Task Aggregate_OverManyRows_IsKeptForItsTime_AndThenComputedAgain()
    {
        await CountAsync("items", AggregateCache.MinRows);
        clock.Advance(AggregateCache.Time - TimeSpan.FromMilliseconds(1));
        Assert.That((await CountAsync("items", 20_000), computed), Is.EqualTo((AggregateCache.MinRows, 1)));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((await CountAsync("items", 20_000), computed), Is.EqualTo((20_000, 2)));
        Assert.That((await CountAsync("tasks", 30_000), computed), Is.EqualTo((30_000, 3)));
    }

    [Test]
    public async Task Aggregate_ThatShrank_IsNotKept()
    {
        await CountAsync("items", AggregateCache.MinRows);
        clock.Advance(AggregateCache.Time);
        Assert.That(await CountAsync("items", 5), Is.EqualTo(5));
        Assert.That(await CountAsync("items", 6), Is.EqualTo(6));
    }

    [Test]
    public async Task Aggregate_ThatIsComputedAgain_BlocksNobodyElse()
    {
        await CountAsync("items", AggregateCache.MinRows);
        clock.Advance(AggregateCache.Time);
        var slow = new TaskCompletionSource<int>();
        var renewing = aggregates.GetAsync("items", c => c, () => slow.Task);
        Assert.That(await CountAsync("items", 1), Is.EqualTo(AggregateCache.MinRows));
        slow.SetResult(20_000);
        Assert.That((await renewing, await CountAsync("items", 1)), Is.EqualTo((20_000, 20_000)));
    }

    [Test]
    public async Task Aggregate_ThatFailed_IsComputedAgain()
    {
        await CountAsync("items", AggregateCache.MinRows);
        clock.Advance(AggregateCache.Time);
        Assert.CatchAsync<IOException>(() => aggregates.GetAsync<int>("items", c => c, () => throw new IOException()));
        Assert.That(await CountAsync("items", 20_000), Is.EqualTo(20_000));
    }

    [Test]
    public async Task Aggregates_BeyondTheLimit_AreDropped()
    {
        for (var i = 0; i <= AggregateCache.MaxKept; i++)
        {
            await CountAsync(i, AggregateCache.MinRows);
        }

        await CountAsync(0, AggregateCache.MinRows);
        Assert.That(computed, Is.EqualTo(AggregateCache.MaxKept + 2), "the first went to make room");
    }

    private Task<int> CountAsync(object key, int rows) => aggregates.GetAsync(key, c => c, () =>
    {
        computed++;
        return Task.FromResult(rows);
    });
}
