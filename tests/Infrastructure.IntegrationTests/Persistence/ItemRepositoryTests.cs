using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Lists of items on a real SQLite file, and on SQL Server too where one is named. What becomes of their speech is tested over HTTP.</summary>
[TestFixtureSource(typeof(TtsTaskPersistenceTestBase), nameof(TtsTaskPersistenceTestBase.Providers))]
public sealed class ItemRepositoryTests(DatabaseProvider provider)
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Words = ["pöytä", "PÖYTÄ", "po\u0308yta\u0308", "100%", "50_50", "a[b]c", "it's", "back\\slash", "poyta", "Straße", "ΣΊΣΥΦΟΣ", "猫"];
    private static readonly string[] TagNames = ["ruoka", "Ruoka", "koti", "ÄITI", "äiti", "a%"];

    private TestDatabase database = null!;
    private int made;

    [SetUp]
    public async Task CreateDatabase() => database = await TestDatabase.CreateAsync(provider);

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    [TestCase("PÖYTÄ", "pöytä", "PÖYTÄ", "po\u0308yta\u0308")]
    [TestCase("po\u0308yt", "pöytä", "PÖYTÄ", "po\u0308yta\u0308")]
    [TestCase("öytä", "pöytä", "PÖYTÄ", "po\u0308yta\u0308")]
    [TestCase("poyta", "poyta")]
    [TestCase("%", "100%")]
    [TestCase("_", "50_50")]
    [TestCase("[b]", "a[b]c")]
    [TestCase("'", "it's")]
    [TestCase("\\", "back\\slash")]
    [TestCase("straße", "Straße")]
    [TestCase("σίσυφοσ", "ΣΊΣΥΦΟΣ")]
    [TestCase("猫", "猫")]
    [TestCase("hiiri")]
    public async Task List_ByText_FindsItInAnyCaseAndTakesEveryCharacterAsItself(string text, params string[] found)
    {
        await AddAsync(Words.Select(w => New(w)));
        var page = await ListAsync(new ItemFilter(Text: Item.Fold(text)), ItemSort.CreatedAscending);
        Assert.That(page.Entries.Select(i => i.Text), Is.EqualTo(found));
        Assert.That(page.Total, Is.EqualTo(found.Length));
    }

    [Test]
    public async Task List_ForAnyFilter_AgreesWithANaiveOne()
    {
        var random = Seed.Random();
        var items = await AddAsync(Enumerable.Range(0, 60).Select(_ => New(
            $"{Pick(Words)} {Pick(Words)}", Pick(["fi", "fi-FI", "sv"]), random.Next(1, 6), Enumerable.Range(0, random.Next(4)).Select(_ => Pick(TagNames)))));
        await using (var db = database.Open())
        {
            foreach (var item in items)
            {
                var (practiced, status) = (random.Next(2) == 0, Pick(Enum.GetValues<ItemSpeechStatus>()));
                await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(s => s.SetProperty(i => i.Practiced, practiced).SetProperty(i => i.TtsStatus, status));
            }
        }

        var all = await database.CallAsync<IItemRepository, IReadOnlyList<Item>>(r => r.FindManyAsync(items.Select(i => i.Id).ToList(), default));
        var matched = 0;
        for (var i = 0; i < 120; i++)
        {
            var low = random.Next(1, 6);
            var filter = new ItemFilter(
                Maybe(() => Pick(["fi", "fi-FI", "sv"])),
                Enumerable.Range(0, random.Next(3)).Select(_ => Item.Fold(Pick(TagNames))).Distinct().ToList(),
                random.Next(3) == 0 ? new DifficultyRange(low, random.Next(low, 6)) : null,
                Maybe(() => Item.Fold(Pick(Words))),
                random.Next(3) == 0 ? random.Next(2) == 0 : null,
                random.Next(3) == 0 ? Pick(Enum.GetValues<ItemSpeechStatus>()) : null,
                random.Next(3) == 0 ? Pick([.. all]).Id : null);
            var sort = Pick(Enum.GetValues<ItemSort>());
            var (skip, take) = (random.Next(10), random.Next(1, 20));
            var page = await ListAsync(filter, sort, skip, take);
            var expected = Naive(all, filter, sort);
            matched += expected.Count;
            Assert.That(page.Entries.Select(e => e.Id), Is.EqualTo(expected.Skip(skip).Take(take).Select(e => e.Id)), $"{filter} {sort} {skip} {take}");
            Assert.That(page.Total, Is.EqualTo(expected.Count), $"{filter}");
        }

        Assert.That(matched, Is.GreaterThan(100), "the filters find something");

        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
        string? Maybe(Func<string> value) => random.Next(3) == 0 ? value() : null;
    }

    [Test]
    public async Task List_PagedWhileItemsAreAdded_ShowsEachOfBeforeOnce([Values] ItemSort sort)
    {
        var before = (await AddAsync(Enumerable.Range(0, 47).Select(i => New($"Teksti {i}", difficulty: i % 5 + 1)))).Select(i => i.Id).ToList();
        var newest = await database.CallAsync<IItemRepository, long>(r => r.NewestIdAsync(default));
        var seen = new List<long>();
        for (var skip = 0; skip < 50; skip += 10)
        {
            var page = await ListAsync(new ItemFilter(MaxId: newest), sort, skip, 10);
            seen.AddRange(page.Entries.Select(i => i.Id));
            Assert.That(page.Total, Is.EqualTo(47));
            await AddAsync(Enumerable.Range(1, 5).Select(d => New($"Uusi {skip}", difficulty: d)));
        }

        Assert.That(seen, Is.EquivalentTo(before));
    }

    [Test]
    public async Task List_OfAnySize_TakesTheSameCommands()
    {
        await AddAsync(Enumerable.Range(0, 100).Select(i => New($"Teksti {i}", tags: TagNames)));
        var one = await CommandsAsync(1);
        var hundred = await CommandsAsync(100);
        Assert.That((one, hundred), Is.EqualTo((4, 4)));

        async Task<int> CommandsAsync(int take) => (await database.CountAsync(async (db, writer) =>
        {
            var page = await new ItemRepository(db, writer, TestDatabase.Aggregates).ListAsync(new ItemFilter(MaxId: 100), ItemSort.CreatedDescending, 0, take, default);
            Assert.That(page.Entries, Has.Count.EqualTo(take));
            Assert.That(page.Entries, Has.All.Matches<Item>(i => i.Tags.Count == 4));
        })).Commands;
    }

    [Test]
    public async Task Add_AHundredItems_IsOneTransaction()
    {
        var items = Enumerable.Range(0, 100).Select(i => New($"Teksti {i}")).ToList();
        var (_, transactions) = await database.CountAsync(async (db, writer) =>
            Assert.That((await new ItemRepository(db, writer, TestDatabase.Aggregates).AddAsync(items, Plan(items), default)).Outcome, Is.EqualTo(AddOutcome.Added)));
        Assert.That(transactions, Is.EqualTo(1));
        Assert.That((await ListAsync(new ItemFilter(), ItemSort.CreatedAscending, 0, 100)).Entries.Select(i => i.Text), Is.EqualTo(items.Select(i => i.Text)));
    }

    [Test]
    public async Task Add_WithATaskThatHasGone_StoresNothing()
    {
        var item = New("Teksti");
        var (outcome, ids) = await database.CallAsync<IItemRepository, AddedItems>(
            r => r.AddAsync([item], SpeechPlans.Reusing(Task(1, "Teksti")), default));
        Assert.That((outcome, ids.Count), Is.EqualTo((AddOutcome.Overtaken, 0)));
        Assert.That((await ListAsync(new ItemFilter(), ItemSort.CreatedAscending)).Total, Is.Zero);
    }

    [Test]
    public async Task Speak_WhenTheItemIsNoLongerWhatItWas_ChangesNothingAndSupersedesNothing()
    {
        var item = (await AddAsync([New("Teksti")]))[0];
        var task = (await database.CallAsync(r => r.FindAsync(item.ConversionId!, default)))!;
        var again = Task(77, "Teksti");
        var plan = new SpeechPlan([new Submission(again, Deduplicated: false)], [again], [], [task.ConversionId], int.MaxValue);
        var (outcome, orphaned) = await database.CallAsync<IItemRepository, SpokenItem>(r => r.SpeakAsync(item.Id, _ => false, plan, Start, default));
        Assert.That((outcome, orphaned.Count), Is.EqualTo((AddOutcome.Withdrawn, 0)));
        Assert.That((await database.CallAsync(r => r.FindLiveByKeysAsync([task.ContentKey], default))).Single().ConversionId, Is.EqualTo(task.ConversionId));
    }

    [Test]
    public async Task Change_OfTagsAndDifficulty_IsStoredAsGiven()
    {
        var item = (await AddAsync([New("Teksti", tags: ["a", "b", "c"])]))[0];
        await database.CallAsync<IItemRepository, bool>(r => r.ChangeAsync(item.Id, i => i.Tag(["C", " d ", "a"], Start), default));
        var changed = await FindAsync(item.Id);
        Assert.That(changed.Tags.OrderBy(t => t.Position).Select(t => t.Name), Is.EqualTo((string[])["C", "d", "a"]));
    }

    private static List<Item> Naive(IEnumerable<Item> all, ItemFilter filter, ItemSort sort)
    {
        var found = all.Where(i =>
            (filter.Locale is null || i.Locale == filter.Locale)
            && filter.Tags!.All(k => i.Tags.Any(t => Item.Fold(t.Name) == k))
            && (filter.Difficulty is not var (min, max) || (i.Difficulty >= min && i.Difficulty <= max))
            && (filter.Text is null || Item.Fold(i.Text).Contains(filter.Text, StringComparison.Ordinal))
            && (filter.Practiced is null || i.Practiced == filter.Practiced)
            && (filter.TtsStatus is null || i.TtsStatus == filter.TtsStatus)
            && (filter.MaxId is null || i.Id <= filter.MaxId));
        return sort switch
        {
            ItemSort.CreatedAscending => [.. found.OrderBy(i => i.Id)],
            ItemSort.CreatedDescending => [.. found.OrderByDescending(i => i.Id)],
            ItemSort.DifficultyAscending => [.. found.OrderBy(i => (i.Difficulty, i.Id))],
            _ => [.. found.OrderByDescending(i => (i.Difficulty, i.Id))],
        };
    }

    private static Item New(string text, string locale = "fi", int? difficulty = null, IEnumerable<string>? tags = null) =>
        Item.Create(locale, text, difficulty, tags ?? [], Start);

    private static TtsTask Task(int number, string text) =>
        TtsTask.Submit($"{number:x32}", new SpeechContent(text, "fi", "v", "h", 1), customFilename: null, Start, heldByClient: false);

    private SpeechPlan Plan(IReadOnlyCollection<Item> items) => SpeechPlans.From([.. items.Select(i => Task(++made, $"{i.Text} {made}"))]);

    private async Task<IReadOnlyList<Item>> AddAsync(IEnumerable<Item> some)
    {
        var items = some.ToList();
        var (outcome, _) = await database.CallAsync<IItemRepository, AddedItems>(r => r.AddAsync(items, Plan(items), default));
        Assert.That(outcome, Is.EqualTo(AddOutcome.Added));
        return items;
    }

    private async Task<Item> FindAsync(long id) => (await database.CallAsync<IItemRepository, Item?>(r => r.FindAsync(id, default)))!;

    private Task<Page<Item>> ListAsync(ItemFilter filter, ItemSort sort, int skip = 0, int take = 100) =>
        database.CallAsync<IItemRepository, Page<Item>>(r => r.ListAsync(filter, sort, skip, take, default));
}
