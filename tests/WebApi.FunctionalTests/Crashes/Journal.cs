using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Crashes;

/// <summary>What several clients were told, held against what the server says and keeps after it was killed.</summary>
internal sealed class Journal(IReadOnlyList<JournalingClient> clients, string dataDirectory)
{
    private readonly HashSet<string> heard = [];

    public string Data => dataDirectory;

    public IReadOnlyList<JournalingClient> Clients => clients;

    /// <summary>The server is back: finds out about what was not answered, and checks at once what must be true before anything is spoken.</summary>
    public async Task ReturnAsync(ServerProcess server)
    {
        foreach (var client in clients)
        {
            client.Server = server;
            client.Data = dataDirectory;
            await client.SettleAsync();
        }

        Assert.That(await Database.RowsAsync(dataDirectory, "PRAGMA integrity_check", r => r.GetString(0)), Is.EqualTo((string[])["ok"]));
        Assert.That(await Database.RowsAsync(dataDirectory, "PRAGMA foreign_key_check", r => r.GetString(0)), Is.Empty);
        Assert.That(
            await Database.RowsAsync(
                dataDirectory,
                """
                SELECT 'no timings ' || ConversionId FROM TtsTasks WHERE Status = 'Done' AND ConversionId NOT IN (SELECT ConversionId FROM Timings)
                UNION ALL
                SELECT 'nobody''s timings ' || ConversionId FROM Timings
                WHERE ConversionId NOT IN (SELECT ConversionId FROM TtsTasks) AND ConversionId NOT IN (SELECT ConversionId FROM Items WHERE ConversionId IS NOT NULL)
                """,
                r => r.GetString(0)),
            Is.Empty,
            "timings are there as long as their audio");
        await TasksAsync(server);
        await ItemsAsync(server);
        await AttemptsAsync(server);
    }

    /// <summary>Waits until everything that was accepted has ended, and checks all of it.</summary>
    /// <param name="thoroughly">Whether everything is downloaded, or only what was not before.</param>
    public async Task AllIsWellAsync(ServerProcess server, bool thoroughly)
    {
        await Storekeeper.InOrderAsync(dataDirectory);
        var retries = clients.SelectMany(c => c.Retries).ToDictionary();
        Assert.That(await TaskAudit.FaultsAsync(dataDirectory, retries), Is.Empty);

        var done = await Database.RowsAsync(
            dataDirectory,
            "SELECT ConversionId, OutputFilePath, FileSize, AudioHash FROM TtsTasks WHERE Status = 'Done'",
            r => (Id: r.GetString(0), Key: r.GetString(1), Size: r.GetInt64(2), Hash: r.GetString(3)));
        foreach (var (id, key, size, hash) in done)
        {
            var file = await File.ReadAllBytesAsync(Path.Combine(dataDirectory, "audio", key));
            Assert.That((HashOf(file), file.LongLength), Is.EqualTo((hash, size)), $"the file of {id} is the one that was spoken");
        }

        var hashes = done.ToDictionary(t => t.Id, t => t.Hash);
        foreach (var (id, text) in clients.SelectMany(c => c.Tasks))
        {
            Assert.That(hashes.ContainsKey(id), Is.EqualTo(JournalingClient.IsSpeakable(text)), $"{id} '{text}' ended as it should");
        }

        foreach (var item in await ListItemsAsync(server))
        {
            var mayFail = clients.Select(c => c.Items.GetValueOrDefault(item.Number("id"))).Single(f => f is not null)!.MayFail;
            Assert.That(item.Text("tts_status"), Is.EqualTo("ready").Or.EqualTo(mayFail ? "failed" : "ready"), item.ToJsonString());
        }

        foreach (var (id, hash) in hashes.Where(h => thoroughly || heard.Add(h.Key)))
        {
            await DownloadAsync(server, id, hash);
        }

        foreach (var client in clients)
        {
            await client.RepeatAsync(thoroughly ? int.MaxValue : 2);
        }
    }

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task DownloadAsync(ServerProcess server, string id, string hash)
    {
        using var response = await server.Http.GetAsync($"/api/v1/tts/{id}/download");
        Assert.That((int)response.StatusCode, Is.EqualTo(200), id);
        var wav = await response.Content.ReadAsByteArrayAsync();
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo($"\"{hash}\""));
        Assert.That(HashOf(wav), Is.EqualTo(hash), id);
        Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)), Is.EqualTo(wav.Length - 8), id);
    }

    private static async Task<List<JsonNode>> ListItemsAsync(ServerProcess server)
    {
        var items = new List<JsonNode>();
        JsonNode page;
        do
        {
            page = await server.GetAsync($"/api/v1/items?per_page=100&page={(items.Count / 100) + 1}");
            items.AddRange(page.List("items"));
        }
        while (page.List("items").Count() == 100);
        return items;
    }

    private static async Task IsGoneAsync(ServerProcess server, string path)
    {
        using var response = await server.Http.GetAsync(path);
        Assert.That((int)response.StatusCode, Is.EqualTo(404), path);
    }

    private async Task TasksAsync(ServerProcess server)
    {
        var told = clients.SelectMany(c => c.Tasks).ToDictionary();
        var listed = new Dictionary<string, string>();
        JsonArray page;
        do
        {
            page = (await server.GetAsync($"/api/v1/tts?limit=1000{(listed.Count == 0 ? "" : $"&cursor={listed.Keys.Min(StringComparer.Ordinal)}")}")).AsArray();
            foreach (var task in page)
            {
                listed[task!.Text("conversion_id")] = task!.Text("text");
            }
        }
        while (page.Count == 1000);
        Assert.That(told.Where(t => listed.GetValueOrDefault(t.Key) != t.Value), Is.Empty, "accepted tasks that are lost");

        var held = await Database.RowsAsync(dataDirectory, "SELECT ConversionId FROM TtsTasks WHERE HeldByClient", r => r.GetString(0));
        Assert.That(held.Except(told.Keys), Is.Empty, "tasks that nobody asked for");
        foreach (var id in clients.SelectMany(c => c.DeletedTasks))
        {
            await IsGoneAsync(server, $"/api/v1/tts/{id}");
        }
    }

    private async Task ItemsAsync(ServerProcess server)
    {
        var told = clients.SelectMany(c => c.Items).ToDictionary();
        var listed = (await ListItemsAsync(server)).ToDictionary(i => i.Number("id"));
        Assert.That(listed.Keys, Is.EquivalentTo(told.Keys), "the items that were told");
        foreach (var (id, fact) in told)
        {
            var item = listed[id];
            var tags = string.Join(',', item.List("tags").Select(t => t.GetValue<string>()));
            Assert.That((item.Text("text"), tags, item.Number("difficulty")), Is.EqualTo((fact.Text, fact.Tags, fact.Difficulty)), $"item {id}");
            Assert.That(item.Number("attempt_count"), Is.EqualTo(clients.Sum(c => c.Attempts.Values.Count(a => a.ItemId == id))), $"the attempts on item {id}");
        }

        foreach (var id in clients.SelectMany(c => c.DeletedItems))
        {
            await IsGoneAsync(server, $"/api/v1/items/{id}");
        }
    }

    private async Task AttemptsAsync(ServerProcess server)
    {
        foreach (var (id, fact) in clients.SelectMany(c => c.Attempts))
        {
            var attempt = await server.GetAsync($"/api/v1/attempts/{id}");
            Assert.That(new AttemptFact(attempt.Number("item_id"), attempt.Text("transcription"), attempt.Number("score")), Is.EqualTo(fact));
        }

        foreach (var id in clients.SelectMany(c => c.DeletedAttempts))
        {
            await IsGoneAsync(server, $"/api/v1/attempts/{id}");
        }

        // What counts the attempts says the same as the attempts.
        var counts = await Database.RowsAsync(
            dataDirectory,
            "SELECT (SELECT COUNT(*) FROM Attempts), (SELECT COALESCE(SUM(Attempts), 0) FROM PracticeTotals15Min)",
            r => (r.GetInt32(0), r.GetInt32(1)));
        var all = clients.Sum(c => c.Attempts.Count);
        Assert.That(counts.Single(), Is.EqualTo((all, all)));
    }
}
