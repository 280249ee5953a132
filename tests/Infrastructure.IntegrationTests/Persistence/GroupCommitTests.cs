using Dictation.Infrastructure.Persistence;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

public sealed class GroupCommitTests
{
    private readonly List<IReadOnlyList<int>> written = [];

    [SetUp]
    public void Forget() => written.Clear();

    [Test]
    public async Task Caller_Alone_IsWrittenAtOnce() => Assert.That(await new GroupCommit<int, string>(10).RunAsync(1, WriteAsync), Is.EqualTo("1"));

    [Test]
    public async Task Callers_WhoWait_AreWrittenTogether_AndEachGetsItsOwnResult()
    {
        var writes = new GroupCommit<int, string>(10);
        var release = new TaskCompletionSource();
        var first = writes.RunAsync(0, async take =>
        {
            var taken = take();
            await release.Task;
            return await WriteAsync(() => taken);
        });
        var others = Enumerable.Range(1, 25).Select(i => writes.RunAsync(i, WriteAsync)).ToList();
        Assert.That(others.Select(o => o.IsCompleted), Has.None.True);
        release.SetResult();
        Assert.That(await first, Is.EqualTo("0"));
        Assert.That(await Task.WhenAll(others), Is.EqualTo(Enumerable.Range(1, 25).Select(i => $"{i}")));
        Assert.That(written.Select(w => w.Count), Is.EqualTo((int[])[1, 10, 10, 5]));
    }

    [Test]
    public async Task Caller_WhoComesWhileTheLeaderWaitsForItsTurn_JoinsTheGroup()
    {
        var writes = new GroupCommit<int, string>(10);
        var turn = new TaskCompletionSource();
        var first = writes.RunAsync(1, async take =>
        {
            await turn.Task;
            return await WriteAsync(take);
        });
        var second = writes.RunAsync(2, WriteAsync);
        turn.SetResult();
        Assert.That((await first, await second, written.Count), Is.EqualTo(("1", "2", 1)));
    }

    [Test]
    public async Task Failure_OfAGroup_ReachesAllItsCallers_AndNobodyElse()
    {
        var writes = new GroupCommit<int, string>(2);
        var release = new TaskCompletionSource();
        var failing = writes.RunAsync(1, async take =>
        {
            await release.Task;
            throw new IOException($"{take().Count} were not written");
        });
        var along = writes.RunAsync(2, WriteAsync);
        var later = writes.RunAsync(3, WriteAsync);
        release.SetResult();
        Assert.That(Assert.CatchAsync<IOException>(() => failing)!.Message, Is.EqualTo("2 were not written"));
        Assert.That(Assert.CatchAsync<IOException>(() => along)!.Message, Is.EqualTo("2 were not written"));
        Assert.That(await later, Is.EqualTo("3"));
    }

    [Test]
    public async Task Leader_WhoCannotBegin_FailsAlone()
    {
        var writes = new GroupCommit<int, string>(10);
        var release = new TaskCompletionSource();
        var failing = writes.RunAsync(1, async _ =>
        {
            await release.Task;
            throw new TimeoutException();
        });
        var later = writes.RunAsync(2, WriteAsync);
        release.SetResult();
        Assert.CatchAsync<TimeoutException>(() => failing);
        Assert.That(await later, Is.EqualTo("2"));
    }

    private Task<IReadOnlyList<string>> WriteAsync(Func<IReadOnlyList<int>> take)
    {
        var taken = take();
        written.Add(taken);
        return Task.FromResult<IReadOnlyList<string>>([.. taken.Select(t => $"{t}")]);
    }
}
