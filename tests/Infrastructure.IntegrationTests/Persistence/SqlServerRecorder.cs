using System.Data;
using System.Text.RegularExpressions;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>Runs a repository against a SQL Server that is nowhere, and keeps what it sends.</summary>
internal static partial class SqlServerRecorder
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Claim = new("00000000-0000-0000-0000-000000000001");

    public static async Task<RecordingConnection> RecordAsync(Func<DictationDbContext, DatabaseWriter, Task> call)
    {
        await using var db = DatabaseProviders.SqlServer.CreateContext("Server=never-opened");
        await using var connection = new RecordingConnection(sql => Answer(db, sql));
        db.Database.SetDbConnection(connection);
        await call(db, new DatabaseWriter(DatabaseProviders.SqlServer, new NoWriteQueue()));
        return connection;
    }

    /// <summary>A claimed task or an item for a query of whole rows, ids and affected rows for writes, 0 for a count or sum, one quarter, nothing for the rest.</summary>
    private static DataTableReader Answer(DictationDbContext db, string sql)
    {
        if (Written().Matches(sql) is { Count: > 0 } writes)
        {
            return new DataTableReader([.. writes.Select(w => w.Value switch
            {
                "OUTPUT 1" => Table([("", typeof(int), 1)]),
                "OUTPUT INSERTED.[Id]" => Table([("Id", typeof(long), 1L)]),
                _ => Table([.. Enumerable.Range(0, Position().Count(sql)).Select(i => ((string, Type, object?)[])[("Id", typeof(long), i + 1L), ("_Position", typeof(int), i)])]),
            })]);
        }

        if (sql.Contains("WHEN EXISTS", StringComparison.Ordinal))
        {
            return Table([("", typeof(bool), false)]).CreateDataReader();
        }

        var columns = Columns(sql.Split("\nFROM")[0]);
        if (columns is [""] && Aggregate().Match(sql) is { Success: true } aggregate)
        {
            return Table([("", typeof(int), aggregate.Value == "SELECT MAX" ? null : 0)]).CreateDataReader();
        }

        if (columns is ["Quarter"])
        {
            return Table([("", typeof(int), 5)]).CreateDataReader();
        }

        var entity = ((object[])[Claimed(), Spoken()]).FirstOrDefault(e => db.Model.FindEntityType(e.GetType())!.GetProperties().Select(p => p.Name).ToHashSet().SetEquals(columns));
        if (entity is null)
        {
            var none = new DataTable();
            none.Columns.AddRange([.. columns.Select(_ => new DataColumn())]);
            return none.CreateDataReader();
        }

        var type = db.Model.FindEntityType(entity.GetType())!;
        return Table([.. columns.Select(column =>
        {
            var property = type.FindProperty(column)!;
            var converter = property.FindTypeMapping()!.Converter;
            var value = property.PropertyInfo!.GetValue(entity);
            var stored = Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType) ?? converter?.ProviderClrType ?? property.ClrType;
            return (column, stored, value is null || converter is null ? value : converter.ConvertToProvider(value));
        })]).CreateDataReader();
    }

    /// <summary>The names of what is selected; empty for what has none.</summary>
    private static List<string> Columns(string select)
    {
        var names = new List<string>();
        var depth = 0;
        var start = 0;
        for (var i = 0; i <= select.Length; i++)
        {
            if (i == select.Length || (select[i] == ',' && depth == 0))
            {
                names.Add(Column().Match(select[start..i]).Groups[1].Value);
                start = i + 1;
            }
            else
            {
                depth += select[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }

        return names;
    }

    private static DataTable Table(params (string Name, Type Type, object? Value)[][] rows)
    {
        var table = new DataTable();
        foreach (var (name, type, _) in rows[0])
        {
            table.Columns.Add(name, type);
        }

        foreach (var row in rows)
        {
            table.Rows.Add([.. row.Select(c => c.Value ?? DBNull.Value)]);
        }

        return table;
    }

    private static TtsTask Claimed()
    {
        var task = TtsTask.Submit(new string('a', 32), new SpeechContent("Teksti a", "fi", "v", "h", 1), customFilename: null, Now);
        task.Claim(Claim, Now, new ClaimTerms(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMinutes(1)));
        return task;
    }

    private static Item Spoken()
    {
        var item = Item.Create("fi", "Teksti a", null, [], Now);
        item.SpeakAs(new string('a', 32), Now);
        return item;
    }

    [GeneratedRegex(@"\bOUTPUT 1\b|\bOUTPUT INSERTED\.\[Id\](, i\._Position)?")]
    private static partial Regex Written();

    [GeneratedRegex(@"^SELECT (COUNT|MAX|COALESCE\(SUM)")]
    private static partial Regex Aggregate();

    /// <summary>The end of a row of a MERGE.</summary>
    [GeneratedRegex(@", \d+\)[,)]")]
    private static partial Regex Position();

    [GeneratedRegex(@"\[(\w+)\]\s*$")]
    private static partial Regex Column();
}
