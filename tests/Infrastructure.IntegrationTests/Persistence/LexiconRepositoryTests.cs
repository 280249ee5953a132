using Dictation.Application.Abstractions;
using Dictation.Application.Lexicons;
using Dictation.Infrastructure.Persistence;
using Dictation.Speech.Lexicons;
using Dictation.Speech.Markup;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

[TestFixtureSource(typeof(TtsTaskPersistenceTestBase), nameof(TtsTaskPersistenceTestBase.Providers))]
public sealed class LexiconRepositoryTests(DatabaseProvider provider)
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private TestDatabase _database = null!;

    [SetUp]
    public async Task CreateDatabase() => _database = await TestDatabase.CreateAsync(provider);

    [TearDown]
    public async Task DropDatabase() => await _database.DisposeAsync();

    [Test]
    public async Task Lexicon_Stored_IsReadAgainAsItWas()
    {
        var stored = new StoredLexicon(
            "fi", Guid.NewGuid(), [new LexiconEntry("ÄÖ 👍", "ä ja ö"), new LexiconEntry("salsa", null, "ˈsɑlsɑ", PhonemeAlphabet.Ipa, CaseSensitive: true)], Now);
        Assert.That(await CallAsync(r => r.ReplaceAsync(stored, 5, default)), Is.True);

        var read = (await CallAsync(r => r.FindAsync("fi", default)))!;
        Assert.That((read.Language, read.Version, read.UpdatedAt), Is.EqualTo((stored.Language, stored.Version, stored.UpdatedAt)));
        Assert.That(read.Entries, Is.EqualTo(stored.Entries));
        Assert.That(await CallAsync(r => r.FindAsync("sv", default)), Is.Null);
    }

    [Test]
    public async Task Replace_BeyondTheMost_IsRefusedForNewLanguagesAlone()
    {
        Assert.That(await CallAsync(r => r.ReplaceAsync(Lexicon("fi", "a"), 1, default)), Is.True);
        Assert.That(await CallAsync(r => r.ReplaceAsync(Lexicon("sv", "a"), 1, default)), Is.False);
        Assert.That(await CallAsync(r => r.ReplaceAsync(Lexicon("fi", "b"), 1, default)), Is.True);
    }

    [Test]
    public async Task Replace_ByManyAtOnce_LeavesOneOfThem()
    {
        var lexicons = Enumerable.Range(0, 8).Select(i => Lexicon("fi", $"sana {i}")).ToList();
        await Task.WhenAll(lexicons.Select(l => CallAsync(r => r.ReplaceAsync(l, 5, default))));
        Assert.That(lexicons.Select(l => l.Version), Does.Contain((await CallAsync(r => r.FindVersionAsync("fi", default)))!.Value));
    }

    /// <summary>Two caches stand for two processes on one database.</summary>
    [Test]
    public async Task Cache_AfterAChangeByAnotherProcess_ReadsTheNewLexicon()
    {
        var (here, there) = (new LexiconCache(), new LexiconCache());
        Assert.That(await ReadAsync(here), Is.EqualTo("EU"));
        await CallAsync(r => r.ReplaceAsync(Lexicon("fi", "eeuu"), 5, default));
        Assert.That((await ReadAsync(here), await ReadAsync(there)), Is.EqualTo(("eeuu", "eeuu")));
        await CallAsync(r => r.ReplaceAsync(Lexicon("fi", "unioni"), 5, default));
        Assert.That((await ReadAsync(here), await ReadAsync(there)), Is.EqualTo(("unioni", "unioni")));
        Assert.That(await CallAsync(r => r.DeleteAsync("fi", default)), Is.True);
        Assert.That((await ReadAsync(here), await CallAsync(r => r.DeleteAsync("fi", default))), Is.EqualTo(("EU", false)));
    }

    private static StoredLexicon Lexicon(string language, string spoken) => new(language, Guid.NewGuid(), [new LexiconEntry("EU", spoken)], Now);

    private Task<T> CallAsync<T>(Func<ILexiconRepository, Task<T>> call) => _database.CallAsync(call);

    private async Task<string> ReadAsync(LexiconCache cache) =>
        (await CallAsync(r => cache.FindAsync(r, "fi", phonemes: true, default))).Apply(SpeechScript.Parse("EU").Parts[0]).Text;
}
