using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.OpenApi;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Abuse;

/// <summary>
/// Requests by chance. <c>DICTATION_HOSTILE_REQUESTS</c> says how many (docs/reliability.md has the figures of a long run), and
/// <c>DICTATION_SEED</c> with which they begin.
/// </summary>
[Category("Stress")]
public sealed class HostileRequestTests
{
    private const int Clients = 4;

    private static int Requests => Settings.Number("DICTATION_HOSTILE_REQUESTS", 2500);

    [Test]
    public async Task AnyRequest_IsAnsweredAsDocumented_AndDoesNoHarm()
    {
        var first = Seed.Start;
        await using var server = new DictationServer();

        // What is measured is the service's memory: of its log only that is kept which should not be there.
        server.Log.Keep(HostileRequest.IsHarm);
        var before = FilesBeside(server);
        var ids = new List<string>();
        var wrong = new List<string>();
        await SendAllAsync(Enumerable.Range(first, Requests));

        // The same requests again need no query that EF Core has not compiled yet and kept. What grows now is a leak.
        var again = Enumerable.Range(first, Requests / 5).ToList();
        await SendAllAsync(again);
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        await SendAllAsync(again);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        await TestContext.Progress.WriteLineAsync($"{Requests} requests from seed {first}; {again.Count} of them once more: memory {memory / 1e6:F1} MB before and {after / 1e6:F1} MB after");
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(FilesBeside(server), Is.EqualTo(before), "nothing is written outside the data directory");
            Assert.That(server.Log.Lines, Is.Empty, "no error is logged, no line of the log is forged");
            Assert.That(after, Is.LessThan(memory + 2e6), "memory is flat");
        });

        async Task SendAllAsync(IEnumerable<int> seeds)
        {
            foreach (var some in seeds.Chunk(300).TakeWhile(_ => wrong.Count < 10))
            {
                await Parallel.ForEachAsync(some, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (seed, _) =>
                {
                    var (failure, id) = await SendAsync(server, seed, Snapshot());
                    lock (ids)
                    {
                        wrong.AddRange(failure is null ? [] : [failure]);
                        ids.AddRange(id is null ? [] : [id]);
                        ids.RemoveRange(0, Math.Max(0, ids.Count - 50));
                    }
                });

                // At rest: what waits to be spoken, longer on a busy machine, is work and no leak.
                await Eventually.HoldsAsync(async () => await UnfinishedAsync(server) == 0, "every text is spoken");
            }
        }

        IReadOnlyList<string> Snapshot()
        {
            lock (ids)
            {
                return [.. ids];
            }
        }
    }

    /// <summary>What was once answered 500.</summary>
    [TestCase("/api/v1/tags", """{"name":"\uFFFE\uFFFF"}""", 201)]
    [TestCase("/api/v1/items", """{"locale":"fi","text":"Hei \uFFFE\uFFFF.","tags":["\uFFFE"]}""", 201)]
    [TestCase("/api/v1/items/bulk", """{"items":[{"locale":"fi","text":"\uFFFE hei"}]}""", 201)]
    [TestCase("/api/v1/tts/%09%0D%0A/retry", "", 404)]
    public async Task WhatOnceFailed_IsAnswered(string path, string body, int status)
    {
        await using var server = new DictationServer();
        await server.SendAsync(HttpMethod.Post, path, body.Length == 0 ? null : JsonNode.Parse(body), status);
        var spoken = await server.EndedAsync((await server.SubmitAsync("Hei \uFFFE\uFFFF kaikki.")).Text("conversion_id"));
        Assert.That(spoken.Text("status"), Is.EqualTo("done"));
        Assert.That((await server.GetAsync("/api/v1/items?q=%EF%BF%BE")).Number("total"), Is.LessThanOrEqualTo(1));
    }

    private static async Task<long> UnfinishedAsync(DictationServer server)
    {
        var counts = (await server.GetAsync("/api/v1/tts/statistics"))["status_counts"]!;
        return new[] { "queued", "processing", "completed" }.Sum(s => counts[s]?.GetValue<long>() ?? 0);
    }

    private static async Task<(string? Failure, string? Id)> SendAsync(DictationServer server, int seed, IReadOnlyList<string> ids)
    {
        var request = HostileRequest.Make(seed, ids);
        using var message = request.Message;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            using var response = await server.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            var (status, media) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);

            // The events of a task that waits long are not waited for.
            var body = media == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync(patience.Token);
            var path = message.RequestUri!.AbsolutePath;
            var operation = ApiDocument.Golden.Find(message.Method.Method, Uri.UnescapeDataString(path).TrimEnd('/')) ?? request.Operation;

            // What the server itself refuses before it knows the operation.
            var routing = status is 404 or 405 or 414 or 400 && body.Length > 0 && JsonNode.Parse(body)!["code"]!.GetValue<string>() is "route_not_found" or "method_not_allowed" or "malformed_request" or "error";
            var misfits = routing || status == 414 || (status == 400 && body.Length == 0)
                ? []
                : operation.Misfits(status, media, response.Headers.Concat(response.Content.Headers).Select(h => h.Key), media?.EndsWith("json", StringComparison.Ordinal) == true && body.Length > 0 ? body : null).ToList();
            var harmful = response.Headers.Contains("X-Injected") || status is 500 or > 503;
            return (
                misfits.Count > 0 || harmful ? $"seed {seed}: {request.Description}\n  -> {status} {string.Join("; ", misfits)} {(body.Length < 500 ? body : "")}" : null,
                request.Operation.Id == "ConvertText" && status == 201 ? JsonNode.Parse(body)!.Text("conversion_id") : null);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException or NullReferenceException)
        {
            return ($"seed {seed}: {request.Description}\n  -> {e.GetType().Name} {e.Message}", null);
        }
    }

    private static List<string> FilesBeside(DictationServer server) =>
        [.. Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(server.Data.Path)!).Concat(Directory.EnumerateFileSystemEntries("/tmp")).Where(f => f.Contains(HostileRequest.Mark, StringComparison.Ordinal)).Order()];
}
