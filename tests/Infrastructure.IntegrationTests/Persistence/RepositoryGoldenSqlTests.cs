using System.Data;
using System.Text;
using System.Text.RegularExpressions;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.IntegrationTests.Support;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The SQL that each repository method sends to SQL Server, kept for review: no server is at hand to try it on.</summary>
public sealed partial class RepositoryGoldenSqlTests
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Claim = new("00000000-0000-0000-0000-000000000001");

    // Keyed by method; a method whose SQL depends on what it is asked is called once for each way.
    private static readonly (string Method, string? Way, Func<ITtsTaskRepository, Task> Call)[] Calls =
    [
        (nameof(ITtsTaskRepository.FindAsync), null, r => r.FindAsync("a", default)),
        (nameof(ITtsTaskRepository.FindLiveByKeysAsync), "two keys", r => r.FindLiveByKeysAsync(["a", "b"], default)),
        (nameof(ITtsTaskRepository.AddAsync), "two tasks", r => r.AddAsync([Queued('a'), Queued('b')], 10, default)),
        (nameof(ITtsTaskRepository.ChangeAsync), null, r => r.ChangeAsync("a", t => t.Start(Claim, Now), default)),
        (nameof(ITtsTaskRepository.ChangeManyAsync), "two ids", r => r.ChangeManyAsync(["a", "b"], t => t.Start(Claim, Now), default)),
        (nameof(ITtsTaskRepository.ClaimDueAsync), null, r => r.ClaimDueAsync(8, Now.AddMinutes(1), TimeSpan.FromSeconds(15), 3, default)),
        (nameof(ITtsTaskRepository.ExtendLeasesAsync), "two claims", r => r.ExtendLeasesAsync([new("a", Claim), new("b", Claim)], Now, default)),
        (nameof(ITtsTaskRepository.DeleteAsync), null, r => r.DeleteAsync("a", default)),
        (nameof(ITtsTaskRepository.ListAsync), "first page", r => r.ListAsync(null, null, 10, default)),
        (nameof(ITtsTaskRepository.ListAsync), "of a status, next page", r => r.ListAsync(TtsTaskStatus.Done, "a", 10, default)),
        (nameof(ITtsTaskRepository.CountAsync), "all", r => r.CountAsync(null, default)),
        (nameof(ITtsTaskRepository.CountAsync), "of a status", r => r.CountAsync(TtsTaskStatus.Done, default)),
        (nameof(ITtsTaskRepository.QueuePositionsAsync), null, r => r.QueuePositionsAsync(default)),
        (nameof(ITtsTaskRepository.QueuePositionAsync), null, r => r.QueuePositionAsync(Queued('a'), default)),
        (nameof(ITtsTaskRepository.GetStatisticsAsync), null, r => r.GetStatisticsAsync(10, default)),
        (nameof(ITtsTaskRepository.DeleteFailedAsync), null, r => r.DeleteFailedAsync(Now, 10, default)),
        (nameof(ITtsTaskRepository.CountFailedAsync), null, r => r.CountFailedAsync(Now, default)),
        (nameof(ITtsTaskRepository.FindUnownedAsync), "two ids", r => r.FindUnownedAsync(["a", "b"], default)),
    ];

    [Test]
    public async Task EveryMethod_OnSqlServer_SendsTheSqlOfTheGoldenFile()
    {
        var text = new StringBuilder();
        foreach (var (method, way, call) in Calls)
        {
            text.Append("-- ").Append(method).Append(way is null ? "" : $": {way}").Append("\n\n");
            text.AppendJoin("\n\n", (await RecordAsync(call)).Statements.Select(s => s.Trim())).Append("\n\n\n");
        }

        GoldenFile.AssertEqual("tests/Infrastructure.IntegrationTests/Persistence/Golden/TtsTaskRepository.sqlserver.sql", text.ToString());
    }

    [Test]
    public void EveryMethod_OfThePort_IsCovered() =>
        Assert.That(Calls.Select(c => c.Method).Distinct(), Is.EquivalentTo(typeof(ITtsTaskRepository).GetMethods().Select(m => m.Name)));

    [Test]
    public async Task TransitionsAndClaims_OnSqlServer_AreGuardedByTheClaimThatWasRead([Values("ChangeAsync", "ChangeManyAsync", "ClaimDueAsync")] string method)
    {
        var sql = await RecordAsync(Calls.Single(c => c.Method == method).Call);
        var updates = sql.Statements.Where(s => s.Contains("UPDATE [TtsTasks]", StringComparison.Ordinal)).ToList();
        Assert.That(updates, Has.Count.EqualTo(1).And.All.Match(@"WHERE \[ConversionId\] = @p\d+ AND \[ClaimId\] = @p\d+"));
    }

    [TestCase(500)]
    [TestCase(1024)]
    [TestCase(1050)]
    public async Task ManyIds_OnSqlServer_StayBelowItsLimitOfParameters(int count)
    {
        var ids = Enumerable.Range(0, count).Select(i => $"{i:x32}").ToList();
        var leases = await RecordAsync(r => r.ExtendLeasesAsync(ids.ConvertAll(i => KeyValuePair.Create(i, Guid.NewGuid())), Now, default));
        var missing = await RecordAsync(r => r.FindUnownedAsync(ids, default));
        Assert.That((leases.MostParameters, missing.MostParameters), Is.LessThanOrEqualTo((2100, 2100)));
    }

    private static async Task<RecordingConnection> RecordAsync(Func<ITtsTaskRepository, Task> call)
    {
        var builder = new DbContextOptionsBuilder<SqlServerDictationDbContext>();
        builder.UseDatabase(DatabaseProvider.SqlServer, "Server=never-opened");
        await using var db = new SqlServerDictationDbContext(builder.Options);
        await using var connection = new RecordingConnection(sql => Answer(db, sql));
        db.Database.SetDbConnection(connection);
        using var gate = new WriteGate(oneAtATime: false);
        await call(new TtsTaskRepository(db, gate));
        return connection;
    }

    private static TtsTask Queued(char id) =>
        TtsTask.Submit(new string(id, 32), new SpeechContent($"Teksti {id}", "fi", "v", "h", 1), customFilename: null, Now);

    private static TtsTask Claimed()
    {
        var task = Queued('a');
        task.Claim(Claim, Now, TimeSpan.FromSeconds(15), 3);
        return task;
    }

    /// <summary>One claimed task for a query of whole rows, one affected row an update, 0 for a count, nothing for the rest.</summary>
    private static DataTableReader Answer(DictationDbContext db, string sql)
    {
        if (AffectedRow().Count(sql) is > 0 and var updates)
        {
            return new DataTableReader([.. Enumerable.Range(0, updates).Select(_ => Table([("", typeof(int), 1)]))]);
        }

        if (sql.StartsWith("SELECT COUNT", StringComparison.Ordinal))
        {
            return Table([("", typeof(int), 0)]).CreateDataReader();
        }

        if (sql.Contains("WHEN EXISTS", StringComparison.Ordinal))
        {
            return Table([("", typeof(bool), false)]).CreateDataReader();
        }

        var type = db.Model.FindEntityType(typeof(TtsTask))!;
        var columns = Column().Matches(sql.Split("\nFROM")[0]).Select(m => m.Groups[1].Value).ToList();
        if (columns.Count != type.GetProperties().Count())
        {
            var none = new DataTable();
            none.Columns.AddRange([.. columns.DefaultIfEmpty("").Select(c => new DataColumn(c))]);
            return none.CreateDataReader();
        }

        var task = Claimed();
        return Table([.. columns.Select(column =>
        {
            var property = type.FindProperty(column)!;
            var converter = property.FindTypeMapping()!.Converter;
            var value = property.PropertyInfo!.GetValue(task);
            var stored = Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType) ?? converter?.ProviderClrType ?? property.ClrType;
            return (column, stored, value is null || converter is null ? value : converter.ConvertToProvider(value));
        })]).CreateDataReader();
    }

    private static DataTable Table((string Name, Type Type, object? Value)[] row)
    {
        var table = new DataTable();
        foreach (var (name, type, _) in row)
        {
            table.Columns.Add(name, type);
        }

        table.Rows.Add([.. row.Select(c => c.Value ?? DBNull.Value)]);
        return table;
    }

    [GeneratedRegex(@"\bOUTPUT 1\b")]
    private static partial Regex AffectedRow();

    [GeneratedRegex(@"\[(\w+)\](?=,|\s*$)")]
    private static partial Regex Column();
}
