using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

// What the benchmarks hold the service against: an empty ASP.NET Core application, and, given a database file, bare endpoints with hand-written
// ADO.NET: one indexed read by id, one by the hash of the text, one insert. No validation, no mediator, no mapper, no limits, no error shape.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
var app = builder.Build();
using var store = args is [var file, ..] ? new Store(file) : null;
if (store is not null)
{
    app.MapGet("/api/v1/tts/{id}", async context => await Store.AnswerAsync(context, store.Find("ConversionId", (string)context.GetRouteValue("id")!), StatusCodes.Status200OK));
    app.MapPost("/api/v1/tts/convert", async context =>
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var text = body.RootElement.GetProperty("text").GetString()!;
        var key = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        await Store.AnswerAsync(context, store.Find("ContentKey", key) ?? await store.AddAsync(key, text), StatusCodes.Status201Created);
    });
}

app.MapGet("/health/ready", () => "ready");
app.Run();

internal sealed class Store : IDisposable
{
    private const string Columns = "ConversionId, ContentKey, Text, Status, Language, Voice, SpeakingRate, SubmittedAt, StartedAt, CompletedAt, FileSize, SamplingRate, Duration, Device";

    // SQLite has one writer at a time; a writer that does not queue sleeps and tries again.
    private readonly SemaphoreSlim writers = new(1);
    private readonly string connectionString;
    private readonly SqliteConnection writing;
    private readonly SqliteCommand insert;

    public Store(string file)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true }.ToString();
        writing = new SqliteConnection(connectionString);
        writing.Open();
        using var create = writing.CreateCommand();
        create.CommandText = """
            PRAGMA journal_mode = WAL;
            CREATE TABLE Tasks (ConversionId TEXT PRIMARY KEY, ContentKey TEXT NOT NULL, Text TEXT NOT NULL, Status TEXT NOT NULL, Language TEXT NOT NULL, Voice TEXT NOT NULL, SpeakingRate REAL NOT NULL,
                SubmittedAt TEXT NOT NULL, StartedAt TEXT, CompletedAt TEXT, FileSize INTEGER, SamplingRate INTEGER, Duration REAL, Device TEXT, DueAt TEXT);
            CREATE UNIQUE INDEX Keys ON Tasks (ContentKey);
            CREATE INDEX Due ON Tasks (DueAt, ConversionId) WHERE DueAt IS NOT NULL;
            """;
        create.ExecuteNonQuery();
        insert = writing.CreateCommand();
        insert.CommandText = "INSERT INTO Tasks (ConversionId, ContentKey, Text, Status, Language, Voice, SpeakingRate, SubmittedAt, DueAt) VALUES ($id, $key, $text, 'Queued', 'fi', 'fi_FI-aino-tiny', 1, $at, $at)";
        foreach (var name in new[] { "$id", "$key", "$text", "$at" })
        {
            insert.Parameters.Add(name, SqliteType.Text);
        }

        insert.Prepare();
    }

    public Dictionary<string, object?>? Find(string column, string value)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM Tasks WHERE {column} = $value";
        command.Parameters.AddWithValue("$value", value);
        using var reader = command.ExecuteReader();
        if (!reader.Read())
        {
            return null;
        }

        var row = new Dictionary<string, object?>(reader.FieldCount, StringComparer.Ordinal);
        for (var i = 0; i < reader.FieldCount; i++)
        {
            row[reader.GetName(i)] = reader.IsDBNull(i) ? null : reader.GetValue(i);
        }

        return row;
    }

    public async Task<Dictionary<string, object?>> AddAsync(string key, string text)
    {
        var row = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["ConversionId"] = Guid.CreateVersion7().ToString("N"),
            ["ContentKey"] = key,
            ["Text"] = text,
            ["Status"] = "Queued",
            ["SubmittedAt"] = DateTime.UtcNow.ToString("O", CultureInfo.InvariantCulture),
        };
        await writers.WaitAsync();
        try
        {
            insert.Parameters["$id"].Value = row["ConversionId"];
            insert.Parameters["$key"].Value = key;
            insert.Parameters["$text"].Value = text;
            insert.Parameters["$at"].Value = row["SubmittedAt"];
            insert.ExecuteNonQuery();
        }
        finally
        {
            writers.Release();
        }

        return row;
    }

    public void Dispose()
    {
        insert.Dispose();
        writing.Dispose();
        writers.Dispose();
    }

    public static async Task AnswerAsync(HttpContext context, Dictionary<string, object?>? row, int status)
    {
        if (row is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        foreach (var (name, value) in row)
        {
            switch (value)
            {
                case null:
                    json.WriteNull(name);
                    break;
                case string text:
                    json.WriteString(name, text);
                    break;
                case long number:
                    json.WriteNumber(name, number);
                    break;
                case double number:
                    json.WriteNumber(name, number);
                    break;
            }
        }

        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
