using System.Net;
using System.Text.Json.Nodes;
using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>An item and its speech, through everything that can happen to either. After each, rows and files fit.</summary>
public sealed class ItemLifecycleTests
{
    private static readonly Dictionary<string, string> ShortLease = new() { ["Queue__LeaseSeconds"] = "2", ["Queue__PollSeconds"] = "0.1" };
    private static readonly string[] ThreeTexts = ["Yksi talo.", "Kaksi taloa.", "Kolme taloa."];

    [Test]
    public async Task Item_ThatIsCreated_IsSpokenAndCanBeHeard()
    {
        await using var server = new DictationServer();
        var item = await server.AddItemAsync("Kissa istuu ikkunalla.", "eläimet", "Koti");
        Assert.Multiple(() =>
        {
            Assert.That(item.Text("locale"), Is.EqualTo("fi"));
            Assert.That(item.Number("difficulty"), Is.EqualTo(1));
            Assert.That(item.List("tags").Select(t => t.GetValue<string>()), Is.EqualTo((string[])["eläimet", "Koti"]));
            Assert.That(item["practiced"]!.GetValue<bool>(), Is.False);
            Assert.That(item.Number("attempt_count"), Is.Zero);
            Assert.That(item["best_score"], Is.Null);
            Assert.That(item.Time("created_at"), Is.EqualTo(item.Time("updated_at")));
        });

        var spoken = await server.SpokenItemAsync(item);
        Assert.That(spoken.Text("tts_status"), Is.EqualTo("ready"));
        Assert.That(spoken.Text("audio_url"), Is.EqualTo($"/api/v1/items/{item.Number("id")}/audio"));
        var wav = await server.GetBytesAsync(spoken.Text("audio_url"));
        using var transcriber = new SpeechTranscriber();

        // The recogniser learned the voice at a quicker pace; it may miss one letter of so few.
        Assert.That(transcriber.ErrorRate(["Kissa istuu ikkunalla."], [new WavFile(wav).Samples]), Is.LessThan(0.05));

        var task = await server.GetAsync($"/api/v1/tts/{spoken.Text("conversion_id")}");
        Assert.That(task.Number("item_id"), Is.EqualTo(item.Number("id")));
        var status = await server.GetAsync($"/api/v1/items/{item.Number("id")}/tts-status");
        Assert.That((status.Text("tts_status"), status["error_message"]), Is.EqualTo(("ready", (JsonNode?)null)));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task Item_WhoseTextWasSpokenBefore_IsReadyAtOnce()
    {
        await using var server = new DictationServer();
        var task = await server.EndedAsync((await server.SubmitAsync("Tuttu teksti.")).Text("conversion_id"));
        var item = await server.AddItemAsync("Tuttu teksti.");
        Assert.That((item.Text("tts_status"), item.Text("conversion_id")), Is.EqualTo(("ready", task.Text("conversion_id"))));
        Assert.That(await server.GetBytesAsync(item.Text("audio_url")), Is.EqualTo(await server.GetBytesAsync(task.Text("audio_url"))));
    }

    [Test]
    public async Task Items_ThatShareATextWhileItIsSpoken_AllBecomeReadyFromOneSynthesis()
    {
        var synthesizer = new CountingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var items = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => server.AddItemAsync("Yhteinen teksti on kaikilla.")));
        foreach (var item in items)
        {
            Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("ready"));
        }

        Assert.That(items.Select(i => i.Text("conversion_id")).Distinct().Count(), Is.EqualTo(1));
        Assert.That(synthesizer.Calls.Values, Is.EqualTo((int[])[1]));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task Item_AddedWhileATaskRuns_WaitsForItAndIsHeardWhenItEnds()
    {
        using var synthesizer = new BlockingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var id = (await server.SubmitAsync("Tätä puhutaan juuri.")).Text("conversion_id");
        await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/tts/{id}")).Text("status") == "processing", "the task runs");
        var item = await server.AddItemAsync("Tätä puhutaan juuri.");
        Assert.That((item.Text("tts_status"), item.Text("conversion_id"), item["audio_url"]), Is.EqualTo(("pending", id, (JsonNode?)null)));
        await server.GetAsync($"/api/v1/items/{item.Number("id")}/audio", 409);

        synthesizer.Release();
        Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("ready"));
    }

    [Test]
    public async Task Item_ThatCannotBeSpoken_FailsWithTheReasonAndIsMendedByItsText()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("日本!?"));
        var path = $"/api/v1/items/{item.Number("id")}";
        Assert.That(item.Text("tts_status"), Is.EqualTo("failed"));
        Assert.That((await server.GetAsync($"{path}/tts-status")).Text("error_message"), Does.Contain("no letters"));
        Assert.That((await server.GetAsync($"{path}/audio", 409)).Text("code"), Is.EqualTo("conversion_failed"));

        // Tried again it fails again, and is not left waiting.
        await server.SendAsync(HttpMethod.Post, $"{path}/audio/refresh", null, 202);
        Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("failed"));

        await server.SendAsync(HttpMethod.Patch, path, new JsonObject { ["text"] = "Nyt on sanoja." }, 200);
        Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("ready"));
        Assert.That((await server.GetAsync($"{path}/tts-status"))["error_message"], Is.Null);
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task FailedTask_ThatIsRetried_TakesItsItemsAlong()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("日本"));
        await server.SendAsync(HttpMethod.Post, $"/api/v1/tts/{item.Text("conversion_id")}/retry", null, 202);
        await server.EndedAsync(item.Text("conversion_id"));
        Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("failed"));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task Audio_AtAnotherPace_IsSpokenWhenItIsAskedForAndGoesWithTheItem()
    {
        var synthesizer = new CountingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Hitaasti hyvä tulee."));
        var own = await server.GetBytesAsync(item.Text("audio_url"));
        var slow = await server.GetBytesAsync($"{item.Text("audio_url")}?speaking_rate=0.5");
        Assert.That(slow.Length, Is.GreaterThan(own.Length * 3 / 2));
        Assert.That(await server.GetBytesAsync($"{item.Text("audio_url")}?speaking_rate=0.51"), Is.EqualTo(slow), "paces are rounded to steps");
        Assert.That(await server.GetBytesAsync($"{item.Text("audio_url")}?speaking_rate=1.01"), Is.EqualTo(own));
        Assert.That(synthesizer.Calls.Values, Is.EqualTo((int[])[2]), "each pace is spoken once");
        await server.GetAsync($"{item.Text("audio_url")}?speaking_rate=2.5", 422);
        await Storekeeper.InOrderAsync(server.Data.Path);

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{item.Number("id")}", null, 204);
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Is.Empty);
    }

    [Test]
    public async Task Audio_OfAnItem_IsServedAsADownload()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Osissa."));
        using var request = new HttpRequestMessage(HttpMethod.Get, item.Text("audio_url"));
        request.Headers.Range = new(0, 3);
        using var part = await server.Http.SendAsync(request);
        Assert.Multiple(async () =>
        {
            Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(await part.Content.ReadAsStringAsync(), Is.EqualTo("RIFF"));
            Assert.That(part.Content.Headers.ContentType!.MediaType, Is.EqualTo("audio/wav"));
            Assert.That(part.Content.Headers.ContentDisposition!.FileName, Is.EqualTo($"item_{item.Number("id")}.wav"));
        });
        using var again = new HttpRequestMessage(HttpMethod.Get, item.Text("audio_url"));
        again.Headers.IfNoneMatch.Add(part.Headers.ETag!);
        using var unchanged = await server.Http.SendAsync(again);
        Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
    }

    [Test]
    public async Task Bulk_WithGoodAndBad_KeepsTheGoodAndNamesTheBadByTheirPlace()
    {
        await using var server = new DictationServer();
        var body = JsonNode.Parse("""
            {"items": [
              {"locale": "fi", "text": "Hyvä."},
              {"locale": "fi", "text": " "},
              {"locale": "sv", "text": "Hej."},
              null,
              {"locale": "fi-FI", "text": "Toinen hyvä.", "difficulty": 4, "tags": ["a", "A", "b"]},
              {"locale": "fi", "text": "Väärä.", "difficulty": 9, "tags": [""]}
            ]}
            """)!;
        var answer = await server.SendAsync(HttpMethod.Post, "/api/v1/items/bulk", body, 201);
        Assert.Multiple(() =>
        {
            Assert.That((answer.Number("total_created"), answer.Number("total_failed")), Is.EqualTo((2, 4)));
            Assert.That(answer.List("created_items").Select(i => i.Text("text")), Is.EqualTo((string[])["Hyvä.", "Toinen hyvä."]));
            Assert.That(answer.List("failed_items").Select(f => f.Number("index")), Is.EqualTo((long[])[1, 2, 3, 5]));
            Assert.That(answer.List("failed_items").ElementAt(1).List("errors").Single().Text("code"), Is.EqualTo("locale_unsupported"));
            Assert.That(answer.List("failed_items").ElementAt(1).Text("error"), Does.Contain("languages are: fi"));
            Assert.That(answer.List("failed_items").Last().List("errors").Select(e => e.Text("field")), Is.EquivalentTo((string[])["difficulty", "tags"]));
            Assert.That(answer.List("created_items").Last().List("tags").Select(t => t.GetValue<string>()), Is.EqualTo((string[])["a", "b"]));
            Assert.That(answer.Time("submitted_at"), Is.GreaterThanOrEqualTo(answer.List("created_items").Last().Time("created_at")));
        });
        foreach (var item in answer.List("created_items"))
        {
            Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("ready"));
        }
    }

    [Test]
    public async Task Bulk_BeyondTheQueuesRoom_StoresNothing()
    {
        using var synthesizer = new BlockingSynthesizer();
        await using var server = new DictationServer(new() { ["Queue:Capacity"] = "2" }, synthesizer.Decorate);
        var items = new JsonArray([.. ThreeTexts.Select(t => new JsonObject { ["locale"] = "fi", ["text"] = t })]);
        await server.SendAsync(HttpMethod.Post, "/api/v1/items/bulk", new JsonObject { ["items"] = items }, 503);
        Assert.That((await server.GetAsync("/api/v1/items")).Number("total"), Is.Zero);
        synthesizer.Release();
    }

    [Test]
    public async Task Items_UnderManyHandsAtOnce_EndInOrder()
    {
        await using var server = new DictationServer();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(hand => WorkAsync(Seed.Random(hand))));
        await Eventually.HoldsAsync(
            async () => (await server.GetAsync("/api/v1/items?tts_status=pending")).Number("total") == 0, "every item has been spoken");
        await Storekeeper.InOrderAsync(server.Data.Path);
        foreach (var item in (await server.GetAsync("/api/v1/items?tts_status=ready&per_page=100")).List("items"))
        {
            await server.GetBytesAsync(item.Text("audio_url"));
        }

        async Task WorkAsync(Random random)
        {
            for (var i = 0; i < 40; i++)
            {
                // Few texts and few items, so that hands meet. What has gone meanwhile answers 404, what does not fit 409.
                var text = random.Next(8) == 0 ? "日本" : $"Sana {random.Next(4)}.";
                var known = (await server.GetAsync("/api/v1/items?per_page=6")).List("items").ToList();
                var item = known.Count == 0 ? null : known[random.Next(known.Count)];
                var id = item?.Number("id") ?? 0;
                var conversion = item?["conversion_id"]?.GetValue<string>() ?? "none";
                await (random.Next(10) switch
                {
                    < 3 => TryAsync(HttpMethod.Post, "/api/v1/items", new JsonObject { ["locale"] = "fi", ["text"] = text }),
                    3 => TryAsync(HttpMethod.Patch, $"/api/v1/items/{id}", new JsonObject { ["text"] = text }),
                    4 => TryAsync(HttpMethod.Post, $"/api/v1/items/{id}/audio/refresh"),
                    5 => TryAsync(HttpMethod.Delete, $"/api/v1/items/{id}"),
                    6 => TryAsync(HttpMethod.Delete, $"/api/v1/tts/{conversion}"),
                    7 => TryAsync(HttpMethod.Post, "/api/v1/tts/convert", new JsonObject { ["text"] = text }),
                    8 => TryAsync(HttpMethod.Get, $"/api/v1/items/{id}/audio?speaking_rate=1.5"),
                    _ => TryAsync(HttpMethod.Post, $"/api/v1/tts/{conversion}/retry"),
                });
            }
        }

        async Task TryAsync(HttpMethod method, string path, JsonNode? body = null)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
            using var response = await server.Http.SendAsync(request);
            Assert.That((int)response.StatusCode, Is.LessThan(300).Or.EqualTo(404).Or.EqualTo(409), $"{method} {path}: {await response.Content.ReadAsStringAsync()}");
        }
    }

    [Test]
    public async Task Items_WhoseServiceIsKilled_AreSpokenAfterTheRestart()
    {
        using var data = new TemporaryDirectory();
        List<long> ids;
        await using (var server = await ServerProcess.StartAsync(data.Path, ShortLease))
        {
            var long1 = string.Join(' ', Enumerable.Repeat("Tämä on pitkä lause, jota puhutaan kauan.", 60));
            var items = new JsonArray([.. Enumerable.Range(0, 20).Select(i => new JsonObject { ["locale"] = "fi", ["text"] = $"{(i == 0 ? long1 : "Lause")} {i / 2}." })]);
            var created = await server.PostAsync("/api/v1/items/bulk", new JsonObject { ["items"] = items });
            ids = created.List("created_items").Select(i => i.Number("id")).ToList();
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.StartAsync(data.Path, ShortLease))
        {
            foreach (var id in ids)
            {
                await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/items/{id}")).Text("tts_status") == "ready", $"item {id} is ready");
            }
        }

        Assert.That(ids, Has.Count.EqualTo(20));
        await Storekeeper.InOrderAsync(Path.Combine(data.Path, "data"));
    }

    private static Task<JsonNode> EditAsync(DictationServer server, JsonNode item, string text) =>
        server.SendAsync(HttpMethod.Patch, $"/api/v1/items/{item.Number("id")}", new JsonObject { ["text"] = text }, 200);

    private static async Task<string> ETagAsync(DictationServer server, string path)
    {
        using var response = await server.Http.GetAsync($"{path}/audio");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return response.Headers.ETag!.Tag;
    }
}
