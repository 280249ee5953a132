using System.Globalization;
using Dictation.Application.Abstractions;
using Dictation.Application.Stats;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>
/// Every figure against one computed from the raw rows by other means, over attempts that lie on both sides of changes of the clock.
/// </summary>
[TestFixtureSource(typeof(TtsTaskPersistenceTestBase), nameof(TtsTaskPersistenceTestBase.Providers))]
public sealed class StatsRepositoryTests(DatabaseProvider provider)
{
    private const int Items = 40;
    private const int Attempts = 2500;
    private const double Relative = 1e-9;

    private static readonly string?[] Learners = ["aino", "Aino", "väinö", null];
    private static readonly string[] Zones = ["UTC", "Europe/Helsinki", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Kiritimati", "America/St_Johns"];
    private static readonly DateTime From = new(2025, 3, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime To = new(2025, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    private TestDatabase database = null!;
    private List<Attempt> raw = null!;
    private Random random = null!;

    [OneTimeSetUp]
    public async Task FillDatabase()
    {
        random = Seed.Random();
        database = await TestDatabase.CreateAsync(provider);
        var ids = new List<long>();
        for (var i = 1; i <= Items; i++)
        {
            var task = TtsTask.Submit($"{i:x32}", new SpeechContent($"Teksti {i}", "fi", "v", "h", 1), customFilename: null, From, heldByClient: false);
            var item = Item.Create("fi", task.Text, null, ["yksi", $"{i}"], From);
            await database.CallAsync<IItemRepository, AddedItems>(r => r.AddAsync([item], SpeechPlans.From([task]), default));
            ids.Add(item.Id);
        }

        // Some items are practised early only and some late only; a fifth of the attempts crowd around changes of the clock.
        DateTime[] changes = [new(2025, 3, 9, 7, 0, 0), new(2025, 3, 30, 1, 0, 0), new(2025, 10, 26, 1, 0, 0), new(2025, 10, 4, 15, 30, 0), new(2025, 4, 5, 15, 0, 0)];
        var times = Enumerable.Range(0, Attempts).Select(i => i % 5 == 0
            ? DateTime.SpecifyKind(changes[random.Next(changes.Length)].AddMinutes(random.Next(-1500, 1500)), DateTimeKind.Utc)
            : From.AddSeconds(random.Next((int)(To - From).TotalSeconds))).Order().ToList();
        await database.CallAsync<IAttemptRepository, bool>(async r =>
        {
            foreach (var (i, at) in times.Index())
            {
                var item = ids[random.Next(4) == 0 ? random.Next(Items) : (int)((long)i * Items / Attempts)];
                await r.AddAsync(Of(item), i % 50 == 0 && i > 0 ? times[i - 1] : at, default);
            }

            return true;
        });

        // One item goes, with its attempts.
        await database.CallAsync<IItemRepository, IReadOnlyList<string>?>(r => r.DeleteAsync(ids[7], To, default));
        await using var db = database.Open();
        raw = await db.Attempts.AsNoTracking().ToListAsync();
        Assert.That(raw, Has.Count.InRange(Attempts / 2, Attempts - 1));
    }

    [OneTimeTearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [Test]
    public async Task Sum_ForAnyFilter_AgreesWithTheRawRows()
    {
        foreach (var filter in Filters())
        {
            var sums = await CallAsync(r => r.SumAsync(filter, default));
            AssertSums(sums, Naive(filter), $"{filter}");
        }
    }

    [Test]
    public async Task CountItems_ForAnyFilter_AgreesWithTheRawRows()
    {
        foreach (var filter in Filters().Where(f => f.ItemId is null))
        {
            var count = await CallAsync(r => r.CountItemsAsync(filter, default));
            Assert.That(count, Is.EqualTo(Naive(filter).Select(a => a.ItemId).Distinct().Count()), $"{filter}");
        }
    }

    [Test]
    public async Task ListItems_ForAnyFilterAndPage_AgreesWithTheRawRows()
    {
        foreach (var filter in Filters().Where(f => f.ItemId is null))
        {
            var (skip, take) = (random.Next(6), random.Next(1, 12));
            var found = await CallAsync(r => r.ListItemsAsync(filter, skip, take, default));
            var expected = Naive(filter).GroupBy(a => a.ItemId).OrderByDescending(g => g.Max(a => (a.CreatedAt, a.Id))).Skip(skip).Take(take).ToList();
            Assert.That(found.Select(p => p.Item.Id), Is.EqualTo(expected.Select(g => g.Key)), $"{filter}");
            foreach (var (entry, rows) in found.Zip(expected))
            {
                AssertSums(entry.Sums, [.. rows], $"{filter} item {rows.Key}");
                Assert.That((entry.Sums.FirstAt, entry.Sums.LastAt), Is.EqualTo(((DateTime?)rows.Min(a => a.CreatedAt), (DateTime?)rows.Max(a => a.CreatedAt))));
                Assert.That(entry.Item.Tags.OrderBy(t => t.Position).First().Name, Is.EqualTo("yksi"));
            }
        }
    }

    [Test]
    public async Task ListDays_InAnyZone_AgreesWithTheRawRows()
    {
        var changed = 0;
        foreach (var filter in Filters())
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]);
            var (from, to) = (filter.Since ?? From.AddDays(-3), filter.Until ?? To.AddDays(3));
            var stretches = new LocalDays(zone).Stretches(from, to);
            changed += stretches.Count - 1;
            var days = await CallAsync(r => r.ListDaysAsync(filter, stretches, default));
            var expected = Naive(filter with { Since = from, Until = to })
                .GroupBy(a => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(a.CreatedAt, zone))).OrderBy(g => g.Key).ToList();
            Assert.That(days.Select(d => d.Date), Is.EqualTo(expected.Select(g => g.Key)), $"{filter} {zone.Id}");
            foreach (var (day, rows) in days.Zip(expected))
            {
                AssertSums(day.Sums, [.. rows], $"{filter} {zone.Id} {day.Date}");
            }
        }

        Assert.That(changed, Is.GreaterThan(50), "changes of the clock lie in the spans");
    }

    [Test]
    public async Task ListScoresAndMissedWords_OfAnItem_AgreeWithTheRawRows()
    {
        foreach (var filter in Filters().Where(f => f.ItemId is not null))
        {
            var rows = Naive(filter).OrderBy(a => (a.CreatedAt, a.Id)).ToList();
            Assert.That(await CallAsync(r => r.ListScoresAsync(filter, 30, default)), Is.EqualTo(rows.TakeLast(30).Select(a => a.Score)), $"{filter}");
            var words = await CallAsync(r => r.ListMissedWordsAsync(filter.ItemId!.Value, filter, 5, default));
            var expected = rows.SelectMany(a => a.MissedWords).CountBy(w => w).OrderByDescending(w => w.Value).ThenBy(w => w.Key, StringComparer.Ordinal).Take(5);
            Assert.That(words.Select(w => (w.Word, w.Count)), Is.EqualTo(expected.Select(w => (w.Key, w.Value))), $"{filter}");
        }
    }

    /// <summary>The clock goes from +2 to +3 in spring, so that day has 23 hours, and back in autumn: 25.</summary>
    [TestCase("Europe/Helsinki", "2025-03-30", "2025-03-29T22:00:00", 23)]
    [TestCase("Europe/Helsinki", "2025-10-26", "2025-10-25T21:00:00", 25)]
    [TestCase("Australia/Lord_Howe", "2025-10-05", "2025-10-04T13:30:00", 23.5)]
    [TestCase("Africa/Cairo", "2025-04-25", "2025-04-24T22:00:00", 23, Description = "the clock leaps over midnight")]
    [TestCase("UTC", "2025-03-30", "2025-03-30T00:00:00", 24)]
    public void LocalDays_WhereTheClockChanges_BeginWhenTheDateDoes(string zone, string date, string start, double hours)
    {
        var days = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var day = DateOnly.Parse(date, CultureInfo.InvariantCulture);
        Assert.That(days.StartOf(day), Is.EqualTo(DateTime.Parse(start, CultureInfo.InvariantCulture)));
        Assert.That((days.StartOf(day.AddDays(1)) - days.StartOf(day)).TotalHours, Is.EqualTo(hours));
    }

    [Test]
    public async Task ListItems_OfAnySize_TakesTheSameCommands()
    {
        var one = await CommandsAsync(1);
        Assert.That((one, await CommandsAsync(30)), Is.EqualTo((4, 4)));

        async Task<int> CommandsAsync(int take) => (await database.CountAsync(async (db, _) =>
            Assert.That(await new StatsRepository(db, TestDatabase.Aggregates).ListItemsAsync(new AttemptFilter(), 0, take, default), Has.Count.EqualTo(take)))).Commands;
    }

    private static void AssertSums(PracticeSums sums, List<Attempt> rows, string what)
    {
        var told = rows.Where(a => a.DurationMs is not null).ToList();
        Assert.That(
            (sums.Attempts, sums.BestScore, sums.WorstScore, sums.Timed, sums.DurationSum),
            Is.EqualTo((rows.Count, rows.Max(a => (int?)a.Score), rows.Min(a => (int?)a.Score), told.Count, told.Sum(a => a.DurationMs!.Value))),
            what);
        Assert.That(sums.AverageScore, rows.Count == 0 ? Is.Null : Is.EqualTo(rows.Average(a => a.Score)).Within(Relative * 100), what);
        Assert.That(sums.AverageWer, rows.Count == 0 ? Is.Null : Is.EqualTo(rows.Average(a => a.Wer)).Within(Relative), what);
        Assert.That(sums.Minutes, told.Count == 0 ? Is.Null : Is.EqualTo(told.Sum(a => a.DurationMs!.Value) / 60_000.0).Within(Relative * 1e4), what);
    }

    private Attempt Of(long item) => Attempt.Create(
        item,
        "a",
        new AttemptScore(
            random.Next(101), random.Next(30) / 7.0, 0.5, 2, 1, new WordCounts(1, 1, 0, 0), "Palaute.", [], [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"sana{random.Next(12)}").Distinct()]),
        ScoringProfile.Standard,
        Learners[random.Next(Learners.Length)],
        durationMs: random.Next(3) == 0 ? null : random.Next(60_000));

    private List<Attempt> Naive(AttemptFilter filter) => raw.FindAll(a =>
        (filter.ItemId is null || a.ItemId == filter.ItemId)
        && (filter.UserId is null || a.UserId == filter.UserId)
        && (filter.Since is null || a.CreatedAt >= filter.Since)
        && (filter.Until is null || a.CreatedAt < filter.Until));

    /// <summary>Every combination of what is given and what is not, several times, with spans that begin and end on quarters, between them, within one, on an attempt, and beyond all.</summary>
    private IEnumerable<AttemptFilter> Filters()
    {
        for (var i = 0; i < 128; i++)
        {
            var (since, until) = (Moment(), Moment());
            if (since > until)
            {
                (since, until) = (until, since);
            }

            if (i >= 96)
            {
                until = since.AddMinutes(random.Next(1, 40));
            }

            yield return new AttemptFilter(
                (i & 1) == 0 ? null : raw[random.Next(raw.Count)].ItemId,
                (i & 2) == 0 ? null : Learners[random.Next(3)],
                (i & 4) == 0 ? null : since,
                (i & 8) == 0 ? null : until);
        }

        DateTime Moment() => random.Next(4) switch
        {
            0 => Attempt.StartOf(Attempt.QuarterOf(raw[random.Next(raw.Count)].CreatedAt)),
            1 => raw[random.Next(raw.Count)].CreatedAt,
            2 => From.AddDays(random.Next(-5, 300)),
            _ => From.AddTicks(random.NextInt64((To - From).Ticks)),
        };
    }

    private Task<T> CallAsync<T>(Func<IStatsRepository, Task<T>> call) => database.CallAsync(call);
}
