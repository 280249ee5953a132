using System.Collections.Concurrent;
using System.Globalization;
using Dictation.Application.Tts;

namespace Dictation.Application.UnitTests.Tts;

public sealed class ConversionIdsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Next_IsAVersion7UuidOfTheTime()
    {
        var id = new ConversionIds(new Clock(() => Start)).Next();
        Assert.Multiple(() =>
        {
            Assert.That(id, Does.Match("^[0-9a-f]{32}$").And.Length.EqualTo(ConversionIds.Length));
            Assert.That(id[12], Is.EqualTo('7'));
            Assert.That(id[16], Is.AnyOf('8', '9', 'a', 'b'));
            Assert.That(long.Parse(id[..12], NumberStyles.HexNumber, null), Is.EqualTo(Start.ToUnixTimeMilliseconds()));
        });
    }

    [Test]
    public void Next_FromFourThreads_AscendsStrictlyInEach()
    {
        const int Each = 25_000;
        var ids = new ConversionIds(TimeProvider.System);
        var all = new ConcurrentBag<string[]>();
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() => all.Add([.. Enumerable.Range(0, Each).Select(_ => ids.Next())]))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Assert.Multiple(() =>
        {
            Assert.That(all.Select(IsStrictlyAscending), Is.EqualTo((bool[])[true, true, true, true]));
            Assert.That(all.SelectMany(i => i).ToHashSet(StringComparer.Ordinal), Has.Count.EqualTo(4 * Each));
        });
    }

    [Test]
    public void Next_WithinOneMillisecond_AscendsPastTheCounter()
    {
        var ids = new ConversionIds(new Clock(() => Start));
        Assert.That(IsStrictlyAscending(Enumerable.Range(0, 10_000).Select(_ => ids.Next())), Is.True);
    }

    [Test]
    public void Next_WhenTheClockStepsBack_StillAscends()
    {
        var now = Start;
        var ids = new ConversionIds(new Clock(() => now));
        var made = new List<string>();
        for (var i = 0; i < 1000; i++)
        {
            now = i % 3 == 0 ? now.AddMinutes(-5) : now.AddMilliseconds(1);
            made.Add(ids.Next());
        }

        Assert.That(IsStrictlyAscending(made), Is.True);
    }

    private static bool IsStrictlyAscending(IEnumerable<string> ids)
    {
        var last = "";
        foreach (var id in ids)
        {
            if (string.CompareOrdinal(id, last) <= 0)
            {
                return false;
            }

            last = id;
        }

        return true;
    }

    private sealed class Clock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
