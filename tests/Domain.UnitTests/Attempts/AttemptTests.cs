using System.Globalization;
using Dictation.Domain.Attempts;

namespace Dictation.Domain.UnitTests.Attempts;

public sealed class AttemptTests
{
    [TestCase("1970-01-01T00:00:00Z", 0)]
    [TestCase("1970-01-01T00:14:59.9999999Z", 0)]
    [TestCase("1970-01-01T00:15:00Z", 1)]
    [TestCase("1969-12-31T23:59:59.9999999Z", -1)]
    [TestCase("2026-11-23T21:59:59.9999999Z", 1_994_967)]
    [TestCase("2026-11-23T22:00:00Z", 1_994_968)]
    [TestCase("2026-11-23T22:00:00.0000001Z", 1_994_968)]
    public void QuarterOf_AMoment_IsTheOneItLiesIn_ToTheTick(string moment, int quarter) =>
        Assert.That(Attempt.QuarterOf(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).UtcDateTime), Is.EqualTo(quarter));

    [Test]
    public void StartOf_AQuarter_IsItsFirstMoment([Values(-2, 0, 1_994_967, 1_994_968)] int quarter)
    {
        var start = Attempt.StartOf(quarter);
        Assert.That((Attempt.QuarterOf(start), Attempt.QuarterOf(start.AddTicks(-1))), Is.EqualTo((quarter, quarter - 1)));
    }
}
