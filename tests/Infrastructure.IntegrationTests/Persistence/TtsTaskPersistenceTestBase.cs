using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>A database with stored tasks: a real SQLite file, and SQL Server when one is named.</summary>
public abstract class TtsTaskPersistenceTestBase(DatabaseProvider provider)
{
    private protected const int MaxTries = 3;
    private protected static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private protected static readonly ClaimTerms Terms = new(Lease, MaxTries, TimeSpan.FromMinutes(1));
    private protected static readonly SpokenAudio Spoken = new(16000, 1.5, 1, "cpu", 0.1);

    private protected TestDatabase database = null!;

    public static IEnumerable<TestFixtureData> Providers()
    {
        yield return new TestFixtureData(DatabaseProviders.Sqlite);
        var server = new TestFixtureData(DatabaseProviders.SqlServer);
        yield return TestDatabase.ServerConnectionString is null
            ? server.Ignore("There is no SQL Server here: set DICTATION_TEST_SQLSERVER to a connection string whose login may create databases.")
            : server;
    }

    [SetUp]
    public async Task CreateDatabase() => database = await TestDatabase.CreateAsync(provider);

    [TearDown]
    public async Task DropDatabase() => await database.DisposeAsync();

    private protected static string Id(int number) => $"{number:x32}";

    private protected static TtsTask Task(int number, string? text = null, DateTime? at = null) =>
        TtsTask.Submit(Id(number), new SpeechContent(text ?? $"Teksti {number}", "fi", "v", "h", 1), customFilename: null, at ?? Start);

    private protected static IEnumerable<(string Name, object? Value)> Fields(TtsTask task) => typeof(TtsTask).GetProperties().Select(p => (p.Name, p.GetValue(task)));

    private protected async Task<TtsTask> AddAsync(params TtsTask[] tasks)
    {
        Assert.That(await database.CallAsync(r => r.AddAsync(tasks, int.MaxValue, default)), Is.EqualTo(AddOutcome.Added));
        return (await FindAsync(tasks[0].ConversionId))!;
    }

    private protected Task<TtsTask> DoneAsync(int number, DateTime? at = null)
    {
        var (task, claim) = (Task(number, at: at), Guid.NewGuid());
        task.Claim(claim, at ?? Start, Terms);
        task.Complete(claim, Spoken, at ?? Start);
        task.Finish(claim, new StoredAudio(task.AudioKey, 1000, new string('f', 64)));
        return AddAsync(task);
    }

    private protected Task<TtsTask> FailedAsync(int number, DateTime at)
    {
        var (task, claim) = (Task(number, at: at), Guid.NewGuid());
        task.Claim(claim, at, Terms);
        task.Fail(claim, "no", at);
        return AddAsync(task);
    }

    private protected Task<TtsTask?> FindAsync(string id) => database.CallAsync(r => r.FindAsync(id, default));

    private protected Task<int> CountAsync() => database.CallAsync(r => r.CountAsync(null, default));

    private protected Task<ChangeOutcome> ChangeAsync(int number, Func<TtsTask, bool> change) => database.CallAsync(r => r.ChangeAsync(Id(number), change, default));

    private protected Task<IReadOnlyList<TtsTask>> ClaimAsync(int max, DateTime? now = null) =>
        database.CallAsync(r => r.ClaimDueAsync(max, now ?? Start, Terms, [], default));
}
