using Dictation.Application.Tts;
using Microsoft.Extensions.Options;

namespace Dictation.Application.UnitTests.Tts;

public sealed class StoreOutageTests
{
    private ManualClock clock = null!;
    private StoreOutage outage = null!;

    [SetUp]
    public void MakeOutage()
    {
        clock = new ManualClock();
        outage = new StoreOutage(clock, Options.Create(new QueueOptions { RetryDelaySeconds = 2 }));
    }

    [Test]
    public void Failures_SpaceTheAttemptsFurtherAndFurther_UntilOneSucceeds()
    {
        Assert.That((outage.IsOn, outage.MayTry()), Is.EqualTo((false, true)));
        foreach (var seconds in (int[])[2, 4, 8, 16, 30, 30])
        {
            outage.Failed();
            Assert.That((outage.IsOn, outage.MayTry()), Is.EqualTo((true, false)));
            clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            outage.Failed();
            Assert.That(outage.MayTry(), Is.False, "failures of what was under way already are the same failure");
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.That(outage.MayTry(), Is.True, $"after {seconds} seconds");
        }

        outage.Ended();
        Assert.That((outage.IsOn, outage.MayTry()), Is.EqualTo((false, true)));
        outage.Failed();
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(outage.MayTry(), Is.True, "the next outage begins anew");
    }

    [TestCase(0, 2)]
    [TestCase(10, 5)]
    [TestCase(1000, 30)]
    [TestCase(-3600, 2)]
    public void Delay_OfATask_GrowsWithTheTimeItHasTried(int tried, int delay) =>
        Assert.That(outage.DelayOf(TimeSpan.FromSeconds(tried)), Is.EqualTo(TimeSpan.FromSeconds(delay)));
}
