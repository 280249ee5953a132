using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Many clients at once: one task and one synthesis a content, each step once, and a queue that says when it is full.</summary>
[Category("Stress")]
public sealed class LoadTests
{
    [Test]
    public async Task Submissions_From32ClientsAThirdOfThemRepeats_AllEndDoneOnceEach()
    {
        const int Clients = 32;
        const int Texts = 500;
        var counting = new CountingSynthesizer();
        await using var server = new DictationServer(services: s => counting.Decorate(s));

        // Every third text repeats an earlier one.
        var texts = Enumerable.Range(0, Texts).Select(i => $"Luku {(i % 3 == 2 ? i - 2 : i)}.").ToList();
        var ids = new string[Texts];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Texts;)
            {
                ids[i] = (await server.SubmitAsync(texts[i])).Text("conversion_id");
            }
        }));

        var idOfText = ids.Zip(texts).GroupBy(p => p.Second).ToDictionary(g => g.Key, g => g.Select(p => p.First).Distinct().ToList());
        Assert.That(idOfText.Values, Has.All.Count.EqualTo(1), "every repeat returns the first one's id");
        Assert.That(ids.Distinct().Count(), Is.EqualTo(idOfText.Count), "different texts have different ids");

        var done = new ConcurrentBag<JsonNode>();
        await Parallel.ForEachAsync(ids.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (id, _) => done.Add(await server.EndedAsync(id)));
        Assert.Multiple(() =>
        {
            Assert.That(done.Select(t => t.Text("status")), Has.All.EqualTo("done"));
            Assert.That(done.Where(t => t.Time("submitted_at") > t.Time("started_at") || t.Time("started_at") > t.Time("completed_at")), Is.Empty, "times are in order");
            Assert.That(counting.Calls.Values, Has.All.EqualTo(1), "one synthesis a key");
            Assert.That(counting.Calls, Has.Count.EqualTo(idOfText.Count));
            Assert.That(server.AudioFiles(temporary: false), Has.Count.EqualTo(idOfText.Count));
            Assert.That(server.AudioFiles(temporary: true), Is.Empty);
        });
        await AssertPagesShowAllAsync(server, idOfText.Count);
    }

    [Test]
    public async Task Submissions_FiftyAtOnceOfOneNewText_MakeOneTask()
    {
        var counting = new CountingSynthesizer();
        await using var server = new DictationServer(services: s => counting.Decorate(s));
        for (var round = 0; round < 5; round++)
        {
            var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var posts = Enumerable.Range(0, 50).Select(async _ =>
            {
                await together.Task;
                return await server.SubmitAsync($"Yhtä aikaa {round}.");
            }).ToList();
            together.SetResult();
            var answers = await Task.WhenAll(posts);
            Assert.That(answers.Select(a => a.Text("conversion_id")).Distinct().Count(), Is.EqualTo(1));
            Assert.That(answers.Count(a => !a["deduplicated"]!.GetValue<bool>()), Is.EqualTo(1));
            await server.EndedAsync(answers[0].Text("conversion_id"));
        }

        Assert.That(counting.Calls.Values, Is.EqualTo((int[])[1, 1, 1, 1, 1]));
    }

    [Test]
    public async Task Submission_ToAFullQueue_Answers503AndStoresNothing_AndIsAcceptedWhenThereIsRoom()
    {
        using var blocking = new BlockingSynthesizer();
        await using var server = new DictationServer(new() { ["Queue:Capacity"] = "5" }, s => blocking.Decorate(s));
        var accepted = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            accepted.Add((await server.SubmitAsync($"Jonossa {i}.")).Text("conversion_id"));
        }

        using var refused = await server.Http.PostAsync("/api/v1/tts/convert", new StringContent("""{"text":"Ei mahdu."}""", null, "application/json"));
        Assert.That((int)refused.StatusCode, Is.EqualTo(503));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(JsonNode.Parse(await refused.Content.ReadAsStringAsync())!.Text("code"), Is.EqualTo("queue_full"));

        // All or none: four would fit no more than one does.
        await server.SendAsync(HttpMethod.Post, "/api/v1/tts/convert-multiple", JsonNode.Parse("""{"texts":["Uusi.","Jonossa 1."]}"""), 503);
        Assert.That((await server.GetAsync("/api/v1/tts/statistics"))["total_tasks"]!.GetValue<int>(), Is.EqualTo(5));

        // A repeat needs no room.
        Assert.That((await server.SubmitAsync("Jonossa 2.")).Text("conversion_id"), Is.EqualTo(accepted[2]));

        var positions = (await server.GetAsync("/api/v1/tts?status=queued")).AsArray().Select(t => t!["queue_position"]!.GetValue<int>()).ToList();
        Assert.That(positions, Is.Ordered.Descending.And.Unique, "the newest is the last to be spoken");

        blocking.Release();
        foreach (var id in accepted)
        {
            Assert.That((await server.EndedAsync(id)).Text("status"), Is.EqualTo("done"));
        }

        await server.SubmitAsync("Ei mahdu.");
    }

    [Test]
    public async Task Submission_WhileAnotherOfItsPositionsIsAsked_TellsThePlaceInTheQueue()
    {
        using var blocking = new BlockingSynthesizer();
        await using var server = new DictationServer(services: s => blocking.Decorate(s));
        var ids = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add((await server.SubmitAsync($"Paikka {i}.")).Text("conversion_id"));
        }

        await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/tts/{ids[0]}")).Text("status") == "processing", "the first is being spoken");
        var listed = (await server.GetAsync("/api/v1/tts?limit=100")).AsArray().ToDictionary(t => t!.Text("conversion_id"), t => t!["queue_position"]?.GetValue<int>());
        Assert.Multiple(async () =>
        {
            Assert.That(listed[ids[0]], Is.Null);
            for (var i = 1; i < ids.Count; i++)
            {
                Assert.That(listed[ids[i]], Is.EqualTo(i), $"listed place of {i}");
                Assert.That((await server.GetAsync($"/api/v1/tts/{ids[i]}"))["queue_position"]!.GetValue<int>(), Is.EqualTo(i), $"place of {i}");
            }
        });
        blocking.Release();
    }

    private static async Task AssertPagesShowAllAsync(DictationServer server, int expected)
    {
        var seen = new List<string>();
        var url = "/api/v1/tts?limit=300&status=done";
        while (url is not null)
        {
            using var response = await server.Http.GetAsync(url);
            Assert.That(response.Headers.GetValues("X-Total-Count").Single(), Is.EqualTo($"{expected}"));
            seen.AddRange(JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray().Select(t => t!.Text("conversion_id")));
            url = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        Assert.That(seen, Has.Count.EqualTo(expected).And.Ordered.Descending.And.Unique);
    }
}
