using Microsoft.Data.Sqlite;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Reads the database of a service that runs, or has run.</summary>
internal static class Database
{
    public static async Task<List<T>> RowsAsync<T>(string dataDirectory, string sql, Func<SqliteDataReader, T> read)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "dictation.db")};Mode=ReadOnly;Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
