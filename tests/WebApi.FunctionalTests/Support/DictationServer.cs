using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>The whole service in this process, on a real Kestrel with a free port and a data directory of its own; the built-in voice speaks.</summary>
public sealed class DictationServer : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> settings = new()
    {
        ["PORT"] = "0",
        ["Queue:PollSeconds"] = "0.1",
        ["Queue:RetryDelaySeconds"] = "0.05",

        // No test waits for a lease of this process to run out, and a busy machine must not make one run out.
        ["Queue:LeaseSeconds"] = "120",
    };

    private readonly Action<IServiceCollection> services;
    private readonly IMeterFactory meters;

    public DictationServer(Dictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        foreach (var (name, value) in settings ?? [])
        {
            this.settings[name] = value;
        }

        this.settings["DATA_DIR"] = Data.Path;
        this.services = services ?? (_ => { });
        UseKestrel();
        StartServer();
        meters = Services.GetRequiredService<IMeterFactory>();
        Http = CreateClient();
        Http.Timeout = TimeSpan.FromMinutes(2);
    }

    internal TemporaryDirectory Data { get; } = new();

    public HttpClient Http { get; }

    public LogCollector Log { get; } = new();

    public string AudioDirectory => System.IO.Path.Combine(Data.Path, "audio");

    /// <summary>Every file under the audio directory, whole or temporary.</summary>
    public IReadOnlyList<string> AudioFiles(bool temporary) => Directory.Exists(AudioDirectory)
        ? [.. Directory.EnumerateFiles(AudioDirectory, "*", SearchOption.AllDirectories).Where(f => f.Contains(".tmp", StringComparison.Ordinal) == temporary)]
        : [];

    public async Task<JsonNode> SubmitAsync(string text, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["text"] = text;
        return await SendAsync(HttpMethod.Post, "/api/v1/tts/convert", body, 201);
    }

    public Task<JsonNode> GetAsync(string path, int status = 200) => SendAsync(HttpMethod.Get, path, null, status);

    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, int status)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status), text);
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    /// <summary>Creates an item with a Finnish text.</summary>
    public async Task<JsonNode> AddItemAsync(string text, params string[] tags) =>
        await SendAsync(HttpMethod.Post, "/api/v1/items", new JsonObject { ["locale"] = "fi", ["text"] = text, ["tags"] = JsonSerializer.SerializeToNode(tags) }, 201);

    /// <summary>Waits until the item is no longer pending.</summary>
    public async Task<JsonNode> SpokenItemAsync(JsonNode item)
    {
        var path = $"/api/v1/items/{item.Number("id")}";
        await Eventually.HoldsAsync(async () => (await GetAsync(path)).Text("tts_status") != "pending", $"{path} is spoken");
        return await GetAsync(path);
    }

    /// <summary>Waits, by long poll, until the task has ended.</summary>
    public async Task<JsonNode> EndedAsync(string conversionId)
    {
        for (var i = 0; i < 6; i++)
        {
            var task = await GetAsync($"/api/v1/tts/{conversionId}?wait=30");
            if (task.Text("status") is "done" or "failed")
            {
                return task;
            }
        }

        throw new TimeoutException($"{conversionId} did not end in three minutes.");
    }

    public async Task<byte[]> GetBytesAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>The server-sent events of a task, to the end of the stream.</summary>
    public async IAsyncEnumerable<(string Name, JsonNode Data)> EventsAsync(string conversionId)
    {
        using var response = await Http.GetAsync($"/api/v1/tts/{conversionId}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            yield return (item.EventType, JsonNode.Parse(item.Data)!);
        }
    }

    /// <summary>Sets a task's status behind the service's back, for states that do not last.</summary>
    public async Task SetStatusAsync(string conversionId, string status)
    {
        await using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(Data.Path, "dictation.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE TtsTasks SET Status = $status WHERE ConversionId = $id";
        command.Parameters.AddWithValue("$status", status);
        command.Parameters.AddWithValue("$id", conversionId);
        await command.ExecuteNonQueryAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(l => l.ClearProviders().AddProvider(Log));
        builder.ConfigureServices(services);
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            Data.Dispose();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();

        // The program disposes of its host as well and may be at it still. OpenTelemetry takes a meter of the next server for one of the same name that
        // is there yet, and would let go of both with it.
        await Eventually.HoldsAsync(() => !HasInstruments(), "the meters of a server that was stopped are gone");
        Data.Dispose();
    }

    private bool HasInstruments()
    {
        var any = false;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) => any |= instrument.Meter.Scope == meters;
        listener.Start();
        return any;
    }
}
