using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The ports that list, count and clean up tasks.</summary>
[TestFixtureSource(typeof(TtsTaskPersistenceTestBase), nameof(TtsTaskPersistenceTestBase.Providers))]
public sealed class TtsTaskQueriesTests(DatabaseProvider provider) : TtsTaskPersistenceTestBase(provider)
{
    [Test]
    public async Task List_PagedWhileTasksAreAdded_ShowsEachTaskThatWasThereOnce()
    {
        await AddAsync([.. Enumerable.Range(0, 50).Select(i => Task(i))]);
        var seen = new List<string>();
        string? cursor = null;
        for (var next = 50; ; next++)
        {
            var page = await database.CallAsync(r => r.ListAsync(null, cursor, 7, default));
            if (page.Count == 0)
            {
                break;
            }

            seen.AddRange(page.Select(t => t.ConversionId));
            cursor = seen[^1];
            await AddAsync(Task(next));
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 50).Reverse().Select(Id)));
    }

    [Test]
    public async Task ListAndCount_OfAStatus_HoldThatStatusAlone()
    {
        await AddAsync(Task(1), Task(2));
        await DoneAsync(3);
        await FailedAsync(4, Start);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await database.CallAsync(r => r.ListAsync(TtsTaskStatus.Queued, null, 10, default))).Select(t => t.ConversionId), Is.EqualTo((string[])[Id(2), Id(1)]));
            Assert.That((await database.CallAsync(r => r.ListAsync(TtsTaskStatus.Queued, Id(2), 10, default))).Select(t => t.ConversionId), Is.EqualTo((string[])[Id(1)]));
            Assert.That(await database.CallAsync(r => r.CountAsync(TtsTaskStatus.Done, default)), Is.EqualTo(1));
            Assert.That(await database.CallAsync(r => r.CountAsync(TtsTaskStatus.Processing, default)), Is.Zero);
            Assert.That(await CountAsync(), Is.EqualTo(4));
        });
    }

    [Test]
    public async Task QueuePositions_OneByOne_EqualThoseOfTheWholeQueue()
    {
        var random = Seed.Random(1);
        await AddAsync([.. Enumerable.Range(0, 40).Select(i => Task(i, at: Start.AddSeconds(random.Next(5))))]);
        await ClaimAsync(7, Start.AddMinutes(1));
        await DoneAsync(99, Start.AddHours(-1));

        var all = await database.CallAsync(r => r.QueuePositionsAsync(default));
        Assert.That(all.Values, Is.EquivalentTo(Enumerable.Range(1, 40)));
        foreach (var (id, position) in all)
        {
            var task = (await FindAsync(id))!;
            Assert.That(await database.CallAsync(r => r.QueuePositionAsync(task, default)), Is.EqualTo(position), id);
            Assert.That(task.ClaimId is not null, Is.EqualTo(position <= 7), "claimed tasks are ahead");
        }
    }

    [Test]
    public async Task Statistics_OfGeneratedRows_EqualANaiveRecomputation()
    {
        var random = Seed.Random(2);
        var tasks = new List<TtsTask>();
        for (var i = 0; i < 120; i++)
        {
            // Rates keep the content keys apart while texts repeat.
            var task = TtsTask.Submit(Id(i), new SpeechContent($"Teksti {random.Next(60)}", "fi", "v", "h", 0.5 + (i / 100.0)), null, Start);
            var claim = Guid.NewGuid();
            switch (random.Next(5))
            {
                case 0:
                    task.Claim(claim, Start, Terms);
                    task.Fail(claim, "no", Start);
                    break;
                case 1:
                    task.Claim(claim, Start, Terms);
                    task.Start(claim, Start);
                    break;
                case 2 or 3:
                    task.Claim(claim, Start, Terms);
                    task.Complete(claim, Spoken with { Duration = random.NextDouble(), SynthesisSeconds = random.NextDouble() }, Start);
                    task.Finish(claim, new StoredAudio(task.AudioKey, random.Next(100_000), new string('f', 64)));
                    break;
            }

            tasks.Add(task);
        }

        await AddAsync([.. tasks]);
        var statistics = await database.CallAsync(r => r.GetStatisticsAsync(5, default));
        var done = tasks.Where(t => t.Status == TtsTaskStatus.Done).ToList();
        var repeated = tasks.GroupBy(t => t.TextHash).Where(g => g.Count() > 1).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(statistics.TotalTasks, Is.EqualTo(tasks.Count));
            Assert.That(statistics.StatusCounts, Is.EquivalentTo(Enum.GetValues<TtsTaskStatus>().Select(s => KeyValuePair.Create(s, tasks.Count(t => t.Status == s)))));
            Assert.That(statistics.AverageFileSize, Is.EqualTo(done.Average(t => t.FileSize)).Within(1e-6));
            Assert.That(statistics.AverageDuration, Is.EqualTo(done.Average(t => t.Duration)).Within(1e-9));
            Assert.That(statistics.AverageSynthesisSeconds, Is.EqualTo(done.Average(t => t.SynthesisSeconds)).Within(1e-9));
            Assert.That(statistics.DuplicateTexts, Is.EqualTo(repeated.Count));
            Assert.That(
                statistics.DuplicateDetails.Select(d => (d.TextHash, d.Count, d.Text)), Is.EqualTo(repeated.Take(5).Select(g => (g.Key, g.Count(), g.First().Text))));
        });
    }

    [Test]
    public async Task Statistics_OfNothing_HoldZerosAndNoAverages()
    {
        var statistics = await database.CallAsync(r => r.GetStatisticsAsync(5, default));
        Assert.Multiple(() =>
        {
            Assert.That((statistics.TotalTasks, statistics.DuplicateTexts), Is.EqualTo((0, 0)));
            Assert.That(statistics.StatusCounts, Has.Count.EqualTo(5).And.All.Property("Value").EqualTo(0));
            Assert.That((statistics.AverageFileSize, statistics.AverageDuration, statistics.AverageSynthesisSeconds), Is.EqualTo(((double?)null, (double?)null, (double?)null)));
        });
    }

    [Test]
    public async Task DeleteFailed_InBatches_RemovesTheOldestAndNothingElse()
    {
        for (var i = 0; i < 5; i++)
        {
            await FailedAsync(i, Start.AddDays(i));
        }

        await DoneAsync(10, Start.AddDays(-10));
        var before = Start.AddDays(3);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await database.CallAsync(r => r.CountFailedAsync(before, default)), Is.EqualTo(3));
            Assert.That((await database.CallAsync(r => r.DeleteFailedAsync(before, 2, Start, default))).Count, Is.EqualTo(2));
            Assert.That(await FindAsync(Id(2)), Is.Not.Null, "the oldest go first");
            Assert.That((await database.CallAsync(r => r.DeleteFailedAsync(before, 2, Start, default))).Count, Is.EqualTo(1));
            Assert.That((await database.CallAsync(r => r.DeleteFailedAsync(before, 2, Start, default))).Count, Is.Zero);
            Assert.That((await database.CallAsync(r => r.ListAsync(null, null, 10, default))).Select(t => t.ConversionId), Is.EqualTo((string[])[Id(10), Id(4), Id(3)]));
        });
    }

    [Test]
    public async Task FindUnowned_ReturnsTheIdsWithoutARow()
    {
        await AddAsync(Task(1), Task(2));
        var missing = await database.CallAsync(r => r.FindUnownedAsync([Id(1), Id(2), Id(3), "../../etc/passwd"], default));
        Assert.That(missing, Is.EquivalentTo((string[])[Id(3), "../../etc/passwd"]));
    }
}
