using Microsoft.Data.Sqlite;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Looks behind the service at what it keeps: rows and files, and whether they fit each other.</summary>
internal static class Storekeeper
{
    /// <summary>
    /// Once nothing is under way: every file belongs to a task or an item, everything that is done has its file, no item waits, no task is
    /// kept that nobody uses, and every item says what its task says.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string dataDirectory)
    {
        var faults = new List<string>();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "dictation.db")};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        faults.AddRange(await RowsAsync("SELECT 'unfinished task ' || ConversionId FROM TtsTasks WHERE Status NOT IN ('Done', 'Failed')"));
        faults.AddRange(await RowsAsync("SELECT 'waiting item ' || Id FROM Items WHERE TtsStatus = 'Pending'"));
        faults.AddRange(await RowsAsync("SELECT 'task nobody uses ' || ConversionId FROM TtsTasks WHERE NOT HeldByClient AND ItemId IS NULL"));
        faults.AddRange(await RowsAsync("SELECT 'task of an item that is gone ' || ConversionId FROM TtsTasks WHERE ItemId IS NOT NULL AND ItemId NOT IN (SELECT Id FROM Items)"));
        faults.AddRange(await RowsAsync("""
            SELECT 'item ' || i.Id || ' is ' || i.TtsStatus || ' and its task ' || t.Status FROM Items i JOIN TtsTasks t USING (ConversionId)
            WHERE i.TtsStatus <> CASE t.Status WHEN 'Done' THEN 'Ready' ELSE t.Status END OR i.AudioHash IS NOT t.AudioHash OR i.TtsError IS NOT t.ErrorMessage
            """));
        faults.AddRange(await RowsAsync("SELECT 'failed item without a reason ' || Id FROM Items WHERE TtsStatus = 'Failed' AND TtsError IS NULL"));

        var directory = Path.Combine(dataDirectory, "audio");
        var files = Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).ToList() : [];
        var owners = await RowsAsync("SELECT ConversionId FROM TtsTasks WHERE Status = 'Done' UNION SELECT ConversionId FROM Items WHERE TtsStatus = 'Ready'");
        faults.AddRange(files.Select(f => Path.GetFileNameWithoutExtension(f)!).Except(owners).Select(f => $"file of nobody {f}"));
        faults.AddRange(owners.Except(files.Select(f => Path.GetFileNameWithoutExtension(f)!)).Select(f => $"missing file {f}"));
        return faults;

        async Task<List<string>> RowsAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetString(0));
            }

            return rows;
        }
    }

    /// <summary>Waits until the faults of what is under way are gone; those that stay are faults indeed.</summary>
    public static Task InOrderAsync(string dataDirectory) => Eventually.HoldsAsync(
        async () => await FaultsAsync(dataDirectory) is [],
        async () => $"rows and files fit; there is {string.Join(", ", await FaultsAsync(dataDirectory))}");
}
