using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Data.Sqlite;

namespace Dictation.WebApi.FunctionalTests.Crashes;

/// <summary>The server went away before it answered.</summary>
internal sealed class ConnectionLostException(Exception inner) : Exception("The server went away.", inner);

/// <summary>What a client was told of an item.</summary>
/// <param name="MayFail">Whether there was reason for it not to be spoken: it has no words, or its task was deleted before its time.</param>
internal sealed record ItemFact(string Text, string Tags, long Difficulty, bool MayFail);

/// <summary>What a client was told of an attempt.</summary>
internal sealed record AttemptFact(long ItemId, string Transcription, long Score);

/// <summary>
/// A client that keeps a journal of what it was told. It sends one request at a time, with texts that no other client has, so that it knows at
/// any moment what must be true; only of the one request that was not answered it does not know whether it was carried out, and finds out
/// when the server is back.
/// </summary>
internal sealed class JournalingClient(int number, int seed)
{
    private static readonly string[] Words = ["talo", "kissa", "järvi", "aamu", "kahvi", "metsä", "lumi", "sauna"];

    private readonly Random random = new(seed);
    private readonly HashSet<string> texts = [];
    private readonly Dictionary<string, string> live = [];
    private Func<Task>? unanswered;
    private int next;

    public ServerProcess Server { get; set; } = null!;

    public string Data { get; set; } = null!;

    /// <summary>The texts of the tasks that were accepted from this client, by conversion id.</summary>
    public Dictionary<string, string> Tasks { get; } = [];

    public HashSet<string> DeletedTasks { get; } = [];

    public Dictionary<long, ItemFact> Items { get; } = [];

    public HashSet<long> DeletedItems { get; } = [];

    public Dictionary<long, AttemptFact> Attempts { get; } = [];

    public HashSet<long> DeletedAttempts { get; } = [];

    /// <summary>How often each task was asked for again.</summary>
    public Dictionary<string, int> Retries { get; } = [];

    public int Answers { get; private set; }

    /// <summary>Requests whose answer was never seen.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Whether the voice can say anything of a text that this client made.</summary>
    public static bool IsSpeakable(string text) => text.Any(char.IsAsciiLetter);

    public string NewText(int sentences = 1) =>
        string.Join(' ', Enumerable.Range(0, sentences).Select(_ => $"{Words[random.Next(Words.Length)]} {Words[random.Next(Words.Length)]} {number} {next++}."));

    public string NewUnspeakableText() => new string('日', number + 1) + new string('本', ++next);

    /// <summary>Anything, as chance will have it.</summary>
    public Task ActAsync() => random.Next(20) switch
    {
        < 4 => SubmitAsync(SomeText()),
        4 => SubmitAsync([.. Enumerable.Range(0, random.Next(2, 7)).Select(_ => NewText(random.Next(1, 4))), .. texts.Where(IsSpeakable).Take(random.Next(3))]),
        5 => RetryAsync(Any(Tasks.Keys.Where(id => !IsSpeakable(Tasks[id]))) ?? Any(Tasks.Keys)),
        6 or 7 => DeleteTaskAsync(Any(Tasks.Keys)),
        8 or 9 => CreateItemAsync(SomeText()),
        10 or 11 => EditItemAsync(AnyItem(), text: SomeText()),
        12 => EditItemAsync(AnyItem(), tags: SomeTags(), difficulty: random.Next(1, 6)),
        13 or 14 => RefreshItemAsync(AnyItem()),
        15 => DeleteItemAsync(AnyItem()),
        16 => ReadAsync(Any(Tasks.Keys)),
        _ => AttemptAsync(AnyItem()),
    };

    public async Task<IReadOnlyList<string>> SubmitAsync(params string[] submitted)
    {
        var unseen = submitted.Where(t => !texts.Contains(t)).Distinct().ToList();
        texts.UnionWith(submitted);
        var answer = await SendAsync(
            HttpMethod.Post,
            submitted.Length == 1 ? "/api/v1/tts/convert" : "/api/v1/tts/convert-multiple",
            submitted.Length == 1 ? new JsonObject { ["text"] = submitted[0] } : new JsonObject { ["texts"] = JsonSerializer.SerializeToNode(submitted) },
            SettleAsync,
            201);
        var ids = submitted.Length == 1 ? [answer.Text("conversion_id")] : answer["conversion_ids"]!.AsArray().Select(id => id!.GetValue<string>()).ToList();
        foreach (var (text, id) in submitted.Zip(ids))
        {
            Assert.That(DeletedTasks, Does.Not.Contain(id), $"'{text}' was given a conversion that had been deleted");
            if (live.TryGetValue(text, out var known))
            {
                Assert.That(id, Is.EqualTo(known), $"'{text}' was accepted as another conversion before");
            }

            Hold(id, text);
        }

        return ids;

        async Task SettleAsync()
        {
            var found = (await RowsAsync("SELECT ConversionId, Text FROM TtsTasks WHERE HeldByClient", r => (Id: r.GetString(0), Text: r.GetString(1))))
                .Where(t => submitted.Contains(t.Text) && !Tasks.ContainsKey(t.Id)).ToList();
            Assert.That(found.Count(t => unseen.Contains(t.Text)), Is.Zero.Or.EqualTo(unseen.Count), "all of a request are accepted or none");
            found.ForEach(t => Hold(t.Id, t.Text));
        }
    }

    public Task DeleteTaskAsync(string? id) => id is null ? Task.CompletedTask : DeleteKnownTaskAsync(id);

    public async Task RetryAsync(string? id)
    {
        if (id is not null)
        {
            Retries[id] = Retries.GetValueOrDefault(id) + 1;
            await SendAsync(HttpMethod.Post, $"/api/v1/tts/{id}/retry", null, () => Task.CompletedTask, 202, 409);
        }
    }

    /// <summary>Waits until the task has ended.</summary>
    public async Task FollowAsync(string id)
    {
        JsonNode task;
        do
        {
            task = await SendAsync(HttpMethod.Get, $"/api/v1/tts/{id}?wait=30", null, () => Task.CompletedTask, 200);
        }
        while (task.Text("status") is not ("done" or "failed"));
    }

    /// <summary>Waits until the task is being spoken.</summary>
    public Task BeginsAsync(string id) => Eventually.HoldsAsync(
        async () => (await SendAsync(HttpMethod.Get, $"/api/v1/tts/{id}", null, () => Task.CompletedTask, 200)).Text("status") == "processing", "the task is being spoken");

    public async Task<long> CreateItemAsync(string text)
    {
        texts.Add(text);
        var (tags, difficulty) = (SomeTags(), random.Next(2) == 0 ? random.Next(1, 6) : (int?)null);
        var body = new JsonObject { ["locale"] = "fi", ["text"] = text, ["tags"] = JsonSerializer.SerializeToNode(tags), ["difficulty"] = difficulty };
        var item = await SendAsync(HttpMethod.Post, "/api/v1/items", body, SettleAsync, 201);
        var fact = FactOf(item, mayFail: !IsSpeakable(text));
        Assert.That((fact.Text, fact.Tags, fact.Difficulty), Is.EqualTo((text, string.Join(',', tags), difficulty ?? fact.Difficulty)));
        Items.Add(item.Number("id"), fact);
        return item.Number("id");

        async Task SettleAsync()
        {
            var ids = (await RowsAsync("SELECT Id, Text FROM Items", r => (Id: r.GetInt64(0), Text: r.GetString(1)))).Where(i => i.Text == text && !Items.ContainsKey(i.Id)).ToList();
            Assert.That(ids, Has.Count.LessThanOrEqualTo(1), "one request makes one item");
            foreach (var (id, _) in ids)
            {
                var stored = FactOf(await Server.GetAsync($"/api/v1/items/{id}"), mayFail: !IsSpeakable(text));
                Assert.That((stored.Tags, stored.Difficulty), Is.EqualTo((string.Join(',', tags), difficulty ?? stored.Difficulty)));
                Items.Add(id, stored);
            }
        }
    }

    /// <summary>Waits until the item is no longer pending.</summary>
    public Task SpokenAsync(long id) => Eventually.HoldsAsync(
        async () => (await SendAsync(HttpMethod.Get, $"/api/v1/items/{id}", null, () => Task.CompletedTask, 200)).Text("tts_status") != "pending", "the item is spoken");

    public async Task EditItemAsync(long? id, string? text = null, string[]? tags = null, int? difficulty = null)
    {
        if (id is not { } item)
        {
            return;
        }

        var before = Items[item];
        var body = new JsonObject();
        if (text is not null)
        {
            texts.Add(text);
            body["text"] = text;
        }

        if (tags is not null)
        {
            body["tags"] = JsonSerializer.SerializeToNode(tags);
        }

        if (difficulty is not null)
        {
            body["difficulty"] = difficulty;
        }

        var after = FactOf(await SendAsync(HttpMethod.Patch, $"/api/v1/items/{item}", body, SettleAsync, 200), MayFail(text ?? before.Text));
        Assert.That(IsEdited(after), Is.True, $"{after} is not what was asked for");
        Items[item] = after;

        bool MayFail(string stored) => stored == before.Text ? before.MayFail : !IsSpeakable(stored);

        // What a changed text makes of a difficulty that follows it is the service's own affair.
        bool IsEdited(ItemFact fact) =>
            fact.Text == (text ?? before.Text) && fact.Tags == (tags is null ? before.Tags : string.Join(',', tags))
            && fact.Difficulty == (difficulty ?? (text is null ? before.Difficulty : fact.Difficulty));

        async Task SettleAsync()
        {
            var node = await Server.GetAsync($"/api/v1/items/{item}");
            var stored = FactOf(node, MayFail(node.Text("text")));
            Assert.That(stored == before || IsEdited(stored), Is.True, $"{stored} is neither {before} nor what was asked for");
            Items[item] = stored;
        }
    }

    public async Task RefreshItemAsync(long? id)
    {
        if (id is { } item)
        {
            // The text's next conversion may be another.
            live.Remove(Items[item].Text);
            await SendAsync(HttpMethod.Post, $"/api/v1/items/{item}/audio/refresh", null, () => Task.CompletedTask, 202);
        }
    }

    public async Task DeleteItemAsync(long? id)
    {
        if (id is { } item)
        {
            await SendAsync(HttpMethod.Delete, $"/api/v1/items/{item}", null, SettleAsync, 204);
            Gone();

            async Task SettleAsync()
            {
                if (!(await RowsAsync("SELECT Id FROM Items", r => r.GetInt64(0))).Contains(item))
                {
                    Gone();
                }
            }

            void Gone()
            {
                Items.Remove(item);
                DeletedItems.Add(item);
                foreach (var attempt in Attempts.Where(a => a.Value.ItemId == item).Select(a => a.Key).ToList())
                {
                    Attempts.Remove(attempt);
                    DeletedAttempts.Add(attempt);
                }
            }
        }
    }

    public async Task AttemptAsync(long? id)
    {
        if (id is { } item)
        {
            var transcription = $"{Items[item].Text} {next++}";
            var attempt = await SendAsync(HttpMethod.Post, $"/api/v1/items/{item}/attempts", new JsonObject { ["transcription"] = transcription }, SettleAsync, 201);
            Assert.That(attempt.Text("transcription"), Is.EqualTo(transcription));
            Attempts.Add(attempt.Number("id"), new AttemptFact(item, transcription, attempt.Number("score")));

            async Task SettleAsync()
            {
                var found = (await RowsAsync("SELECT Id, ItemId, Transcription, Score FROM Attempts", r => (Id: r.GetInt64(0), Fact: new AttemptFact(r.GetInt64(1), r.GetString(2), r.GetInt64(3)))))
                    .Where(a => a.Fact.ItemId == item && !Attempts.ContainsKey(a.Id)).ToList();
                Assert.That(found, Has.Count.LessThanOrEqualTo(1), "one request makes one attempt");
                found.ForEach(a => Attempts.Add(a.Id, a.Fact));
                Assert.That(found.All(a => a.Fact.Transcription == transcription), Is.True);
            }
        }
    }

    /// <summary>Asks for what nobody else asks for: the sign to the crash points that the way to them begins.</summary>
    public Task SignalAsync() => SendAsync(HttpMethod.Get, "/api/v1/tags", null, () => Task.CompletedTask, 200);

    public Task AskForHealthAsync() => SendAsync(HttpMethod.Get, "/health/live", null, () => Task.CompletedTask, 200);

    /// <summary>The server is back: finds out what became of the request that was not answered.</summary>
    public async Task SettleAsync()
    {
        if (unanswered is { } settle)
        {
            await settle();
            unanswered = null;
            Unanswered++;
        }
    }

    /// <summary>A text that was accepted before is given the same conversion again.</summary>
    public async Task RepeatAsync(int most)
    {
        foreach (var text in live.Keys.OrderBy(_ => random.Next()).Take(most).ToList())
        {
            await SubmitAsync(text);
        }
    }

    private static ItemFact FactOf(JsonNode item, bool mayFail) =>
        new(item.Text("text"), string.Join(',', item.List("tags").Select(t => t.GetValue<string>())), item.Number("difficulty"), mayFail);

    private async Task DeleteKnownTaskAsync(string id)
    {
        // Items that still wait for this speech will not get it.
        foreach (var (item, fact) in Items.Where(i => i.Value.Text == Tasks[id]).ToList())
        {
            Items[item] = fact with { MayFail = true };
        }

        await SendAsync(HttpMethod.Delete, $"/api/v1/tts/{id}", null, SettleAsync, 204);
        Gone();

        async Task SettleAsync()
        {
            if ((await RowsAsync("SELECT ConversionId FROM TtsTasks", r => r.GetString(0))).Contains(id) is false)
            {
                Gone();
            }
        }

        void Gone()
        {
            if (live.GetValueOrDefault(Tasks[id]) == id)
            {
                live.Remove(Tasks[id]);
            }

            Tasks.Remove(id);
            DeletedTasks.Add(id);
        }
    }

    private async Task ReadAsync(string? id)
    {
        if (id is not null)
        {
            var task = await SendAsync(HttpMethod.Get, $"/api/v1/tts/{id}", null, () => Task.CompletedTask, 200);
            Assert.That(task.Text("text"), Is.EqualTo(Tasks[id]));
        }
    }

    private void Hold(string id, string text)
    {
        Tasks[id] = text;
        if (IsSpeakable(text))
        {
            live[text] = id;
        }
    }

    private string SomeText() => random.Next(10) switch
    {
        0 => NewUnspeakableText(),
        1 => NewText(12),
        < 5 => Any(texts) ?? NewText(),
        _ => NewText(),
    };

    private string[] SomeTags() => [.. Words.Where(_ => random.Next(4) == 0)];

    private T? Any<T>(IEnumerable<T> choice)
        where T : class
    {
        var all = choice.ToList();
        return all.Count == 0 ? null : all[random.Next(all.Count)];
    }

    private long? AnyItem() => Items.Count == 0 ? null : Items.Keys.ElementAt(random.Next(Items.Count));

    private Task<List<T>> RowsAsync<T>(string sql, Func<SqliteDataReader, T> read) => Database.RowsAsync(Data, sql, read);

    /// <param name="settle">Finds out, after a crash, whether the request was carried out.</param>
    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, Func<Task> settle, params int[] allowed)
    {
        unanswered = settle;
        string text;
        int status;
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await Server.Http.SendAsync(request);
            (text, status) = (await response.Content.ReadAsStringAsync(), (int)response.StatusCode);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new ConnectionLostException(exception);
        }

        unanswered = null;
        Answers++;
        Assert.That(allowed, Does.Contain(status), $"{method} {path}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}
