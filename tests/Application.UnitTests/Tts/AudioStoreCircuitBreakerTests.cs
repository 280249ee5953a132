using Dictation.Application.Tts;
using Microsoft.Extensions.Options;

namespace Dictation.Application.UnitTests.Tts;

public sealed class AudioStoreCircuitBreakerTests
{
    private TestClock clock = null!;
    private AudioStoreCircuitBreaker breaker = null!;

    [SetUp]
    public void MakeOutage()
    {
        clock = new TestClock();
        breaker = new AudioStoreCircuitBreaker(clock, Options.Create(new QueueOptions { RetryDelaySeconds = 2 }));
    }

    [Test]
    public void Failures_SpaceTheAttemptsFurtherAndFurther_UntilOneSucceeds()
    {
        Assert.That((breaker.IsOpen, breaker.AllowsAttempt()), Is.EqualTo((false, true)));
        foreach (var seconds in (int[])[2, 4, 8, 16, 30, 30])
        {
            breaker.RecordFailure();
            Assert.That((breaker.IsOpen, breaker.AllowsAttempt()), Is.EqualTo((true, false)));
            clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            breaker.RecordFailure();
            Assert.That(breaker.AllowsAttempt(), Is.False, "failures of what was under way already are the same failure");
            clock.Advance(TimeSpan.FromSeconds(1));
            Assert.That(breaker.AllowsAttempt(), Is.True, $"after {seconds} seconds");
        }

        breaker.Close();
        Assert.That((breaker.IsOpen, breaker.AllowsAttempt()), Is.EqualTo((false, true)));
        breaker.RecordFailure();
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(breaker.AllowsAttempt(), Is.True, "the next outage starts with the first delay");
    }

    [TestCase(0, 2)]
    [TestCase(10, 5)]
    [TestCase(1000, 30)]
    [TestCase(-3600, 2)]
    public void Delay_OfATask_GrowsWithTheTimeItHasTried(int tried, int delay) =>
        Assert.That(breaker.DelayOf(TimeSpan.FromSeconds(tried)), Is.EqualTo(TimeSpan.FromSeconds(delay)));
}
