using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Finding items, tagging them, writing what one hears and being scored, over HTTP.</summary>
public sealed class PracticeTests
{
    private DictationServer server = null!;

    [SetUp]
    public void StartServer() => server = new DictationServer();

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task Items_AreFoundByEveryFilter()
    {
        await AddAsync("Pöytä on katettu.", 2, "koti", "ruoka");
        await AddAsync("Alennus on 50 %.", 3, "kauppa");
        await AddAsync("Tuoli ja pöytä.", 4, "koti");
        await AddAsync("Kissa nukkuu.", 5);
        Assert.Multiple(async () =>
        {
            Assert.That(await FindAsync(""), Is.EqualTo((string[])["Kissa nukkuu.", "Tuoli ja pöytä.", "Alennus on 50 %.", "Pöytä on katettu."]));
            Assert.That(await FindAsync("?q=P%C3%96YT%C3%84"), Is.EqualTo((string[])["Tuoli ja pöytä.", "Pöytä on katettu."]));
            Assert.That(await FindAsync("?q=%25"), Is.EqualTo((string[])["Alennus on 50 %."]));
            Assert.That(await FindAsync("?q=_"), Is.Empty);
            Assert.That(await FindAsync("?tag=KOTI"), Has.Count.EqualTo(2));
            Assert.That(await FindAsync("?tag=koti&tag=ruoka"), Is.EqualTo((string[])["Pöytä on katettu."]));
            Assert.That(await FindAsync("?difficulty=3..4&sort=difficulty.asc"), Is.EqualTo((string[])["Alennus on 50 %.", "Tuoli ja pöytä."]));
            Assert.That(await FindAsync("?difficulty=5"), Is.EqualTo((string[])["Kissa nukkuu."]));
            Assert.That(await FindAsync("?sort=difficulty.desc&per_page=1"), Is.EqualTo((string[])["Kissa nukkuu."]));
            Assert.That(await FindAsync("?sort=created_at.asc&per_page=1&page=4"), Is.EqualTo((string[])["Kissa nukkuu."]));
            Assert.That(await FindAsync("?locale=FI"), Has.Count.EqualTo(4));
            Assert.That(await FindAsync("?locale=sv"), Is.Empty);
            Assert.That(await FindAsync("?practiced=true"), Is.Empty);
            Assert.That(await FindAsync("?practiced=false&tag=kauppa"), Has.Count.EqualTo(1));
            Assert.That(await FindAsync("?page=9"), Is.Empty);
        });

        var page = await server.GetAsync("/api/v1/items?per_page=3");
        Assert.That((page.Number("total"), page.Number("page"), page.Number("per_page"), page.Number("total_pages")), Is.EqualTo((4, 1, 3, 2)));
    }

    [Test]
    public async Task Items_PagedByTheirLinksWhileOthersAreAdded_AreEachSeenOnce()
    {
        for (var i = 0; i < 7; i++)
        {
            await AddAsync($"Lause {i}.", 1, "a b&c");
        }

        var seen = new List<string>();
        var next = "/api/v1/items?per_page=2&tag=A%20B%26C";
        while (next is not null)
        {
            using var response = await server.Http.GetAsync(next);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.That(page.Number("total"), Is.EqualTo(7));
            seen.AddRange(page.List("items").Select(i => i.Text("text")));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
            await AddAsync($"Uusi {seen.Count}.", 1, "a b&c");
        }

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, 7).Reverse().Select(i => $"Lause {i}.")));
    }

    [Test]
    public async Task Item_IsRetaggedAndRated()
    {
        var id = (await AddAsync("Lause.", 1, "a")).Number("id");
        var retagged = await server.SendAsync(HttpMethod.Patch, $"/api/v1/items/{id}/tags", JsonNode.Parse("""{"tags": ["b", "B", "c"]}"""), 200);
        var rated = await server.SendAsync(HttpMethod.Patch, $"/api/v1/items/{id}/difficulty", JsonNode.Parse("""{"difficulty": 5}"""), 200);
        Assert.Multiple(() =>
        {
            Assert.That(retagged["previous_tags"]!.ToJsonString(), Is.EqualTo("""["a"]"""));
            Assert.That(retagged["current_tags"]!.ToJsonString(), Is.EqualTo("""["b","c"]"""));
            Assert.That((retagged.Number("item_id"), retagged.Text("operation"), retagged.Text("message")), Is.EqualTo((id, "replace", "The item has 2 tags now.")));
            Assert.That((rated.Number("previous_difficulty"), rated.Number("current_difficulty")), Is.EqualTo((1, 5)));
        });
        var item = await server.GetAsync($"/api/v1/items/{id}");
        Assert.That((item.Number("difficulty"), item["tags"]!.ToJsonString()), Is.EqualTo((5, """["b","c"]""")));
        Assert.That(item.Time("updated_at"), Is.EqualTo(rated.Time("updated_at")));
    }

    [Test]
    public async Task PresetTags_AreUniqueInAnyCase()
    {
        var added = await server.SendAsync(HttpMethod.Post, "/api/v1/tags", JsonNode.Parse("""{"name": " Äiti "}"""), 201);
        await server.SendAsync(HttpMethod.Post, "/api/v1/tags", JsonNode.Parse("""{"name": "apu"}"""), 201);
        Assert.That(added.Text("name"), Is.EqualTo("Äiti"));
        Assert.That((await server.SendAsync(HttpMethod.Post, "/api/v1/tags", JsonNode.Parse("""{"name": "ÄITI"}"""), 409)).Text("code"), Is.EqualTo("tag_exists"));
        var page = await server.GetAsync("/api/v1/tags");
        Assert.That((page.List("tags").Select(t => t.Text("name")), page.Number("total")), Is.EqualTo(((string[])["apu", "Äiti"], 2L)));
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tags/{added.Number("id")}", null, 204);
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tags/{added.Number("id")}", null, 404);
        await server.SendAsync(HttpMethod.Post, "/api/v1/tags", JsonNode.Parse("""{"name": "äiti"}"""), 201);
    }

    [Test]
    public async Task Attempt_ByEitherRoute_IsScoredAndStored()
    {
        var id = (await AddAsync("Tuuli käy pöydällä.", 1)).Number("id");
        var nested = await server.SendAsync(
            HttpMethod.Post,
            $"/api/v1/items/{id}/attempts",
            JsonNode.Parse("""{"transcription": "tuli käy pöydällä", "user_id": "aino", "audio_url": "https://example.org/a.wav", "replays": 2, "duration_ms": 90000}"""),
            201);
        var flat = await server.SendAsync(HttpMethod.Post, "/api/v1/attempts", new JsonObject { ["item_id"] = id, ["text"] = "Tuuli käy pöydällä.", ["user_id"] = "aino", ["profile"] = "strict" }, 201);
        Assert.Multiple(async () =>
        {
            Assert.That((nested.Number("score"), nested.Number("percentage")), Is.EqualTo((67, 67)));
            Assert.That(nested["wer"]!.GetValue<double>(), Is.EqualTo(1 / 3.0).Within(1e-12));
            Assert.That((nested.Number("words_ref"), nested.Number("words_correct")), Is.EqualTo((3, 2)));
            Assert.That(nested["counts"]!.ToJsonString(), Is.EqualTo("""{"hits":2,"substitutions":1,"deletions":0,"insertions":0}"""));
            Assert.That(nested.Text("feedback"), Is.EqualTo("2 of 3 words. 'Tuuli' has a long u."));
            Assert.That(nested["missed_words"]!.ToJsonString(), Is.EqualTo("""["tuuli"]"""));
            var first = nested.List("alignment").First();
            Assert.That((first.Text("op"), first.Text("kind"), first.Text("ref"), first.Text("hyp")), Is.EqualTo(("substitute", "length", "Tuuli", "tuli")));
            Assert.That((first["ref_span"]!.ToJsonString(), first["hyp_span"]!.ToJsonString()), Is.EqualTo(("""{"start":0,"end":5}""", """{"start":0,"end":4}""")));
            Assert.That(first.List("chars").Count(c => c.Text("op") == "delete"), Is.EqualTo(1));
            Assert.That((nested.Text("transcription"), nested.Text("text"), nested.Text("profile"), nested.Text("audio_url")), Is.EqualTo(("tuli käy pöydällä", "tuli käy pöydällä", "standard", "https://example.org/a.wav")));
            Assert.That((nested["best_score_before"], nested["is_personal_best"]!.GetValue<bool>()), Is.EqualTo(((JsonNode?)null, true)));
            Assert.That((flat.Number("score"), flat.Number("best_score_before"), flat["is_personal_best"]!.GetValue<bool>(), flat.Text("profile")), Is.EqualTo((100, 67, true, "strict")));
            Assert.That((await server.GetAsync($"/api/v1/attempts/{nested.Number("id")}")).ToJsonString(), Is.EqualTo(nested.ToJsonString()));
            var item = await server.GetAsync($"/api/v1/items/{id}");
            Assert.That((item.Number("attempt_count"), item.Number("best_score"), item["practiced"]!.GetValue<bool>()), Is.EqualTo((2, 100, true)));
        });
    }

    [Test]
    public async Task Attempt_ThatIsEmpty_IsStoredAndScored()
    {
        var id = (await AddAsync("Tuuli käy.", 1)).Number("id");
        var attempt = await server.SendAsync(HttpMethod.Post, $"/api/v1/items/{id}/attempts", JsonNode.Parse("""{"transcription": ""}"""), 201);
        Assert.That((attempt.Number("score"), attempt["wer"]!.GetValue<double>(), attempt["counts"]!.Number("deletions")), Is.EqualTo((0, 1.0, 2)));
        Assert.That(attempt.Text("feedback"), Is.Not.Empty);
        Assert.That((await server.GetAsync($"/api/v1/items/{id}/attempts")).Number("total"), Is.EqualTo(1));
    }

    [Test]
    public async Task Attempts_AreListedByLearnerAndItemNewestFirst()
    {
        long[] items = [(await AddAsync("Yksi.", 1)).Number("id"), (await AddAsync("Kaksi.", 1)).Number("id")];
        foreach (var (i, learner) in ((int, string?)[])[(0, "a"), (0, "b"), (1, "a"), (0, "a"), (0, null)])
        {
            await server.SendAsync(HttpMethod.Post, $"/api/v1/items/{items[i]}/attempts", new JsonObject { ["transcription"] = "yksi", ["user_id"] = learner }, 201);
        }

        Assert.Multiple(async () =>
        {
            Assert.That(await LearnersAsync("/api/v1/attempts"), Is.EqualTo((string?[])[null, "a", "a", "b", "a"]));
            Assert.That(await LearnersAsync($"/api/v1/items/{items[0]}/attempts"), Is.EqualTo((string?[])[null, "a", "b", "a"]));
            Assert.That(await LearnersAsync($"/api/v1/attempts?item_id={items[0]}&user_id=a"), Is.EqualTo((string?[])["a", "a"]));
            Assert.That(await LearnersAsync($"/api/v1/items/{items[1]}/attempts?user_id=b"), Is.Empty);
            Assert.That(await LearnersAsync("/api/v1/attempts?per_page=2&page=3"), Is.EqualTo((string?[])["a"]));
            Assert.That(await LearnersAsync("/api/v1/attempts?since=2000-01-01T00:00:00%2B02:00"), Has.Count.EqualTo(5));
            Assert.That(await LearnersAsync("/api/v1/attempts?until=2000-01-01"), Is.Empty);
        });
    }

    [Test]
    public async Task Attempts_PagedByTheirLinksWhileOthersAreAdded_AreEachSeenOnce()
    {
        var id = (await AddAsync("Yksi.", 1)).Number("id");
        var written = new List<long>();
        for (var i = 0; i < 7; i++)
        {
            written.Add(await WriteAsync());
        }

        var seen = new List<long>();
        var next = $"/api/v1/attempts?per_page=2&item_id={id}";
        while (next is not null)
        {
            using var response = await server.Http.GetAsync(next);
            var page = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            seen.AddRange(page.List("attempts").Select(a => a.Number("id")));
            next = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
            await WriteAsync();
        }

        Assert.That(seen, Is.EqualTo(written.AsEnumerable().Reverse()));

        async Task<long> WriteAsync() =>
            (await server.SendAsync(HttpMethod.Post, "/api/v1/attempts", new JsonObject { ["item_id"] = id, ["transcription"] = "yksi" }, 201)).Number("id");
    }

    [Test]
    public async Task PersonalBests_OfManyAttemptsAtOnce_AreAsIfOneAfterTheOther()
    {
        var id = (await AddAsync("Yksi kaksi kolme neljä.", 1)).Number("id");
        string[] words = ["Yksi", "kaksi", "kolme", "neljä."];
        var attempts = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => server.SendAsync(
            HttpMethod.Post, "/api/v1/attempts", new JsonObject { ["item_id"] = id, ["transcription"] = string.Join(' ', words.Take(i % 5)), ["user_id"] = $"u{i % 3}" }, 201)));
        foreach (var learner in attempts.GroupBy(a => a.Text("user_id")))
        {
            long? best = null;
            foreach (var attempt in learner.OrderBy(a => a.Number("id")))
            {
                Assert.That(attempt["best_score_before"]?.GetValue<long>(), Is.EqualTo(best));
                Assert.That(attempt["is_personal_best"]!.GetValue<bool>(), Is.EqualTo(best is null || attempt.Number("score") > best));
                best = Math.Max(best ?? 0, attempt.Number("score"));
            }
        }

        Assert.That((await server.GetAsync($"/api/v1/items/{id}")).Number("attempt_count"), Is.EqualTo(60));
    }

    private Task<JsonNode> AddAsync(string text, int difficulty, params string[] tags) => server.SendAsync(
        HttpMethod.Post, "/api/v1/items", new JsonObject { ["locale"] = "fi", ["text"] = text, ["difficulty"] = difficulty, ["tags"] = new JsonArray([.. tags.Select(t => JsonValue.Create(t))]) }, 201);

    private async Task<IReadOnlyList<string>> FindAsync(string query) => [.. (await server.GetAsync($"/api/v1/items{query}")).List("items").Select(i => i.Text("text"))];

    private async Task<IReadOnlyList<string?>> LearnersAsync(string path) => [.. (await server.GetAsync(path)).List("attempts").Select(a => a["user_id"]?.GetValue<string>())];
}
