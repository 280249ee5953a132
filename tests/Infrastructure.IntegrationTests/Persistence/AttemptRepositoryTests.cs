using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Attempts on a real SQLite file, and on SQL Server too where one is named.</summary>
[TestFixtureSource(typeof(TtsTaskPersistenceTestBase), nameof(TtsTaskPersistenceTestBase.Providers))]
public sealed class AttemptRepositoryTests(DatabaseProvider provider)
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string?[] Learners = ["aino", "Aino", null];

    private TestDatabase database = null!;
    private long item;

    [SetUp]
    public async Task CreateDatabase()
    {
        database = await TestDatabase.CreateAsync(provider);
        item = await AddItemAsync(1);
    }

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [Test]
    public async Task Find_AnAddedAttempt_ReturnsEveryFieldAsItWas()
    {
        var score = AttemptScorer.Score("Tuuli käy pöydällä 🌙.", "tuli kay  poydalla", "fi", ScoringProfile.Strict);
        var added = Attempt.Create(item, "tuli kay  poydalla", score, ScoringProfile.Strict, "aino", "/a.wav", 3, 4500);
        await AddAsync(added, Start.AddTicks(1234567));
        var found = (await database.CallAsync<IAttemptRepository, Attempt?>(r => r.FindAsync(added.Id, default)))!;
        Assert.Multiple(() =>
        {
            foreach (var property in typeof(Attempt).GetProperties().Where(p => p.Name != nameof(Attempt.Alignment)))
            {
                Assert.That(property.GetValue(found), Is.EqualTo(property.GetValue(added)), property.Name);
            }

            Assert.That(System.Text.Json.JsonSerializer.Serialize(found.Alignment), Is.EqualTo(System.Text.Json.JsonSerializer.Serialize(added.Alignment)));
            Assert.That(found.Alignment, Is.Not.Empty);
            Assert.That(found.CreatedAt.Kind, Is.EqualTo(DateTimeKind.Utc));
        });
    }

    [Test]
    public async Task Add_ToAnItemThatDoesNotExist_StoresNothing()
    {
        Assert.That(await AddAsync(Of(999, null, 50), Start), Is.False);
        await using var db = database.Open();
        Assert.That((await db.Attempts.CountAsync(), await db.PracticeTotals15Min.CountAsync()), Is.EqualTo((0, 0)));
    }

    /// <summary>However many learners write at once, each attempt knows exactly those stored before it.</summary>
    [Test]
    public async Task Add_FromManyAtOnce_GivesEachItsPlaceAfterThoseBefore()
    {
        var other = await AddItemAsync(2);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async hand =>
        {
            var random = Seed.Random(hand);
            for (var i = 0; i < 20; i++)
            {
                await AddAsync(Of(random.Next(2) == 0 ? item : other, Learners[random.Next(3)], random.Next(101)), Start.AddMinutes(random.Next(-60, 60)));
            }
        }));

        await using var db = database.Open();
        var stored = await db.Attempts.OrderBy(a => a.Id).ToListAsync();
        Assert.That(stored, Has.Count.EqualTo(160));
        for (var i = 0; i < stored.Count; i++)
        {
            var attempt = stored[i];
            var earlier = stored.Take(i).Where(a => a.ItemId == attempt.ItemId).ToList();
            var best = earlier.Where(a => a.UserId == attempt.UserId).Max(a => (int?)a.Score);
            Assert.Multiple(() =>
            {
                Assert.That(attempt.BestScoreBefore, Is.EqualTo(best));
                Assert.That(attempt.IsPersonalBest, Is.EqualTo(best is null || attempt.Score > best));
                Assert.That(attempt.PreviousAt, Is.EqualTo(earlier.LastOrDefault()?.CreatedAt));
                Assert.That(attempt.CreatedAt, Is.GreaterThanOrEqualTo(attempt.PreviousAt ?? DateTime.MinValue));
            });
        }

        foreach (var practised in await db.Items.ToListAsync())
        {
            var mine = stored.Where(a => a.ItemId == practised.Id).ToList();
            Assert.That(
                (practised.Practiced, practised.AttemptCount, practised.BestScore, practised.FirstPracticedAt, practised.LastPracticedAt),
                Is.EqualTo((true, mine.Count, (int?)mine.Max(a => a.Score), (DateTime?)mine.Min(a => a.CreatedAt), (DateTime?)mine.Max(a => a.CreatedAt))));
        }

        await AssertQuartersAsync();
    }

    [Test]
    public async Task DeletedItem_TakesItsAttemptsOutOfTheSums()
    {
        var other = await AddItemAsync(2);
        var random = Seed.Random(1);
        for (var i = 0; i < 60; i++)
        {
            await AddAsync(Of(i % 2 == 0 ? item : other, null, random.Next(101), i % 3 == 0 ? null : random.Next(10_000)), Start.AddMinutes(7 * i));
        }

        // One quarter is the deleted item's alone.
        await AddAsync(Of(item, null, 5), Start.AddDays(1));
        Assert.That(await database.CallAsync<IItemRepository, IReadOnlyList<string>?>(r => r.DeleteAsync(item, Start, default)), Is.EqualTo((string[])[$"{1:x32}"]));
        await AssertQuartersAsync();
        await using var db = database.Open();
        Assert.That(await db.Attempts.Select(a => a.ItemId).Distinct().ToListAsync(), Is.EqualTo((long[])[other]));
    }

    [Test]
    public async Task List_ForAnyFilter_IsNewestFirstAndAgreesWithANaiveOne()
    {
        var random = Seed.Random();
        long[] items = [item, await AddItemAsync(2)];
        for (var i = 0; i < 80; i++)
        {
            await AddAsync(Of(items[random.Next(2)], Learners[random.Next(3)], random.Next(101)), Start.AddMinutes(i / 2));
        }

        await using var db = database.Open();
        var all = await db.Attempts.ToListAsync();
        for (var i = 0; i < 100; i++)
        {
            var since = Start.AddMinutes(random.Next(40));
            var filter = new AttemptFilter(
                random.Next(2) == 0 ? items[random.Next(2)] : null,
                random.Next(2) == 0 ? Learners[random.Next(2)] : null,
                random.Next(2) == 0 ? since : null,
                random.Next(2) == 0 ? since.AddMinutes(random.Next(20)) : null);
            var (skip, take) = (random.Next(10), random.Next(1, 20));
            var page = await database.CallAsync<IAttemptRepository, Page<Attempt>>(r => r.ListAsync(filter, skip, take, default));
            var expected = all.Where(a =>
                    (filter.ItemId is null || a.ItemId == filter.ItemId)
                    && (filter.UserId is null || a.UserId == filter.UserId)
                    && (filter.Since is null || a.CreatedAt >= filter.Since)
                    && (filter.Until is null || a.CreatedAt < filter.Until))
                .OrderByDescending(a => (a.CreatedAt, a.Id)).ToList();
            Assert.That(page.Entries.Select(a => a.Id), Is.EqualTo(expected.Skip(skip).Take(take).Select(a => a.Id)), $"{filter}");
            Assert.That(page.Total, Is.EqualTo(expected.Count), $"{filter}");
        }
    }

    private static Attempt Of(long itemId, string? userId, int score, long? durationMs = null) => Attempt.Create(
        itemId, "a", new AttemptScore(score, (100 - score) / 70.0, 0.5, 2, 1, new WordCounts(1, 1, 0, 0), "Palaute.", [], ["sana"]), ScoringProfile.Standard, userId, durationMs: durationMs);

    private Task<bool> AddAsync(Attempt attempt, DateTime now) => database.CallAsync<IAttemptRepository, bool>(r => r.AddAsync(attempt, now, default));

    private async Task<long> AddItemAsync(int number)
    {
        var task = TtsTask.Submit($"{number:x32}", new SpeechContent($"Teksti {number}", "fi", "v", "h", 1), customFilename: null, Start, heldByClient: false);
        var added = Item.Create("fi", task.Text, null, [], Start);
        await database.CallAsync<IItemRepository, AddedItems>(r => r.AddAsync([added], SpeechPlans.From([task]), default));
        return added.Id;
    }

    private async Task AssertQuartersAsync()
    {
        await using var db = database.Open();
        var attempts = await db.Attempts.ToListAsync();
        var expected = attempts.GroupBy(a => Attempt.QuarterOf(a.CreatedAt)).OrderBy(g => g.Key).Select(g => (
            g.Key, g.Count(), g.Sum(a => (long)a.Score), g.Max(a => a.Score), g.Min(a => a.Score), Math.Round(g.Sum(a => a.Wer), 9), g.Count(a => a.DurationMs is not null), g.Sum(a => a.DurationMs ?? 0)));
        var stored = (await db.PracticeTotals15Min.OrderBy(q => q.Quarter).ToListAsync()).Select(q => (
            q.Quarter, q.Attempts, q.ScoreSum, q.BestScore, q.WorstScore, Math.Round(q.WerSum, 9), q.Timed, q.DurationSum));
        Assert.That(stored, Is.EqualTo(expected));
    }
}
