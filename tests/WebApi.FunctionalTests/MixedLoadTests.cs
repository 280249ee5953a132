using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>
/// 200 clients who do everything at once, on the real process, while its engine has work all the time. <c>DICTATION_LOAD_SECONDS</c> says
/// how long (docs/reliability.md has the figures of a long run), and <c>DICTATION_SEED</c> what they do.
/// </summary>
[Platform("Linux", Reason = "Memory, threads and descriptors of the process are read from /proc.")]
[Category("Stress")]
public sealed class MixedLoadTests
{
    private const int Clients = 200;
    private const int Backlog = 200;

    /// <summary>From here on a run is long enough for strict figures.</summary>
    private const int Long = 60;

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly int Seconds = Settings.Number("DICTATION_LOAD_SECONDS", 6);

    private readonly ConcurrentDictionary<string, ConcurrentBag<double>> times = new();
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly ConcurrentQueue<string> tasks = new();
    private readonly ConcurrentQueue<long> items = new();
    private readonly ConcurrentQueue<string> spokenTasks = new();
    private readonly ConcurrentQueue<long> spokenItems = new();
    private int texts;
    private int deleted;
    private volatile bool measuring;

    [Test]
    public async Task MixedTraffic_From200Clients_IsAnswered_AndNothingGrowsOrStarves()
    {
        var seed = Seed.Start;
        using var directory = new TemporaryDirectory();
        await using var server = await ServerProcess.StartAsync(directory.Path);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients + 1 }) { BaseAddress = server.Http.BaseAddress, Timeout = TimeSpan.FromMinutes(1) };

        // The engine alone, with more to do than it can.
        using var ending = new CancellationTokenSource();
        var keeping = KeepQueueAsync(http, ending.Token);
        await Eventually.HoldsAsync(async () => await SpokenAsync(http) > 0, "the first text is spoken");
        var alone = await SpokenPerSecondAsync(http, Math.Clamp(Seconds / 4.0, 1.5, 20), () => { });

        var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(() => BeClientAsync(http, new Random(seed + i), ending.Token))).ToList();
        await SpokenPerSecondAsync(http, Math.Max(1.5, Seconds / 6.0), () => { });
        var figures = new List<ProcessFigures>();
        measuring = true;
        var loaded = await SpokenPerSecondAsync(http, Seconds, () => figures.Add(ProcessFigures.Read(server.Id)));
        measuring = false;
        await ending.CancelAsync();
        await Task.WhenAll([keeping, .. clients]);

        var third = figures.Count / 3;
        var (first, last) = (ProcessFigures.Average(figures.Take(third)), ProcessFigures.Average(figures.TakeLast(third)));
        await TestContext.Progress.WriteLineAsync(Report(seed, alone, loaded, first, last));
        var strict = Seconds >= Long;
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(times.Keys, Is.SupersetOf(Kinds.Select(k => k.Name)), "every kind of request was made");
            Assert.That(last.Resident, Is.LessThan((first.Resident * (strict ? 1.1 : 1.5)) + 30e6), "memory is flat");
            Assert.That(last.Threads, Is.LessThan(first.Threads + (strict ? 10 : 30)), "threads are flat");
            Assert.That(last.Descriptors, Is.LessThan(first.Descriptors + (strict ? 20 : 60)), "descriptors are flat");
            Assert.That(Percentile("status", 0.99), Is.LessThan(strict ? 1000 : 5000), "the engine does not starve the API");
            Assert.That(loaded / alone, Is.GreaterThan(strict ? 0.1 : 0.02), "the API does not starve the engine");
        });
        Assert.That(server.Output, Does.Not.Contain("fail:").And.Not.Contain("crit:"));
        var health = await server.GetAsync("/health");
        Assert.That(health.Text("status"), Is.EqualTo("healthy"), health.ToJsonString());
    }

    private (string Name, int Weight, Func<HttpClient, Random, CancellationToken, Task<HttpResponseMessage>> Ask)[] Kinds =>
    [
        ("submit new", 6, (http, _, cancel) => http.PostAsJsonAsync("/api/v1/tts/convert", new { text = NewText() }, cancel)),
        ("submit repeated", 8, (http, random, cancel) => http.PostAsJsonAsync("/api/v1/tts/convert", new { text = $"Toisto {random.Next(20)}." }, cancel)),
        ("status", 25, (http, random, cancel) => http.GetAsync($"/api/v1/tts/{Some(tasks, random)}", cancel)),
        ("long poll", 5, (http, random, cancel) => http.GetAsync($"/api/v1/tts/{Some(tasks, random)}?wait=1", cancel)),
        ("events", 4, (http, random, cancel) => http.GetAsync($"/api/v1/tts/{Some(tasks, random)}/events", HttpCompletionOption.ResponseHeadersRead, cancel)),
        ("list tasks", 5, (http, random, cancel) => http.GetAsync($"/api/v1/tts?limit={random.Next(1, 50)}", cancel)),
        ("download", 10, (http, random, cancel) => http.GetAsync($"/api/v1/tts/{Some(tasks, random)}/download", cancel)),
        ("add item", 4, (http, _, cancel) => http.PostAsJsonAsync("/api/v1/items", new { locale = "fi", text = NewText(), tags = (string[])["kuorma"] }, cancel)),
        ("list items", 8, (http, random, cancel) => http.GetAsync($"/api/v1/items?tag=kuorma&per_page={random.Next(1, 30)}", cancel)),
        ("item", 5, (http, random, cancel) => http.GetAsync($"/api/v1/items/{Some(items, random)}", cancel)),
        ("attempt", 10, (http, random, cancel) => http.PostAsJsonAsync($"/api/v1/items/{Some(items, random)}/attempts", new { transcription = $"Teksti numero {random.Next(100)}.", user_id = $"u{random.Next(50)}" }, cancel)),
        ("statistics", 4, (http, random, cancel) => http.GetAsync(random.Next(2) == 0 ? "/api/v1/stats/summary" : "/api/v1/stats/progress?days=7", cancel)),
        ("delete task", 3, (http, _, cancel) => http.DeleteAsync($"/api/v1/tts/{Oldest(spokenTasks)}", cancel)),
        ("delete item", 2, (http, _, cancel) => http.DeleteAsync($"/api/v1/items/{Oldest(spokenItems)}", cancel)),
    ];

    private string NewText() => $"Teksti numero {Interlocked.Increment(ref texts)}.";

    private static string Some<T>(ConcurrentQueue<T> ids, Random random) => ids.ToArray() is { Length: > 0 } all ? $"{all[random.Next(all.Length)]}" : "0";

    private static string Oldest<T>(ConcurrentQueue<T> ids) => ids.TryDequeue(out var id) ? $"{id}" : "0";

    private async Task BeClientAsync(HttpClient http, Random random, CancellationToken cancellationToken)
    {
        var kinds = Kinds.SelectMany(k => Enumerable.Repeat(k, k.Weight)).ToArray();
        while (!cancellationToken.IsCancellationRequested)
        {
            var (name, _, ask) = kinds[random.Next(kinds.Length)];
            var clock = Stopwatch.StartNew();
            try
            {
                using var response = await ask(http, random, CancellationToken.None);
                if (name != "events")
                {
                    Judge(name, response, await response.Content.ReadAsStringAsync(CancellationToken.None));
                }
                else if (response.IsSuccessStatusCode)
                {
                    // The first of the stream, as of a page that is left.
                    await (await response.Content.ReadAsStreamAsync(CancellationToken.None)).ReadExactlyAsync(new byte[6], CancellationToken.None);
                }

                if (measuring)
                {
                    statuses.AddOrUpdate((int)response.StatusCode, 1, (_, n) => n + 1);
                    times.GetOrAdd(name, _ => []).Add(clock.Elapsed.TotalMilliseconds);
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
            {
                wrong.Enqueue($"{name}: {e.GetType().Name} {e.Message} after {clock.Elapsed.TotalSeconds:F1} s");
            }
        }
    }

    private void Judge(string name, HttpResponseMessage response, string body)
    {
        var expected = response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.NoContent => true,

            // Another client deleted it, or it is not spoken yet.
            HttpStatusCode.NotFound => name is not ("list tasks" or "list items" or "statistics" or "submit new" or "submit repeated" or "add item"),
            HttpStatusCode.Conflict => name == "download",
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => response.Headers.RetryAfter is not null,
            _ => false,
        };
        if (!expected)
        {
            wrong.Enqueue($"{name}: {(int)response.StatusCode} {body}");
        }
        else if (response.StatusCode == HttpStatusCode.NoContent)
        {
            Interlocked.Increment(ref deleted);
        }
        else if (response.StatusCode != HttpStatusCode.OK && response.StatusCode != HttpStatusCode.Created)
        {
            // An error that was to be expected, with nothing to remember.
        }
        else if (name == "status" && JsonNode.Parse(body)!["status"]?.GetValue<string>() == "done" && !JsonNode.Parse(body)!.Text("text").StartsWith("Toisto", StringComparison.Ordinal))
        {
            Remember(spokenTasks, JsonNode.Parse(body)!.Text("conversion_id"));
        }
        else if (name == "item" && JsonNode.Parse(body)!["tts_status"]?.GetValue<string>() == "ready")
        {
            Remember(spokenItems, JsonNode.Parse(body)!.Number("id"));
        }
        else if (response.StatusCode == HttpStatusCode.Created && name.StartsWith("submit", StringComparison.Ordinal))
        {
            Remember(tasks, JsonNode.Parse(body)!.Text("conversion_id"));
        }
        else if (response.StatusCode == HttpStatusCode.Created && name == "add item")
        {
            Remember(items, JsonNode.Parse(body)!.Number("id"));
        }
    }

    private static void Remember<T>(ConcurrentQueue<T> ids, T id)
    {
        ids.Enqueue(id);
        if (ids.Count > 500)
        {
            ids.TryDequeue(out _);
        }
    }

    /// <summary>Sees to it that the engine always has work.</summary>
    private async Task KeepQueueAsync(HttpClient http, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await CountAsync(http, "queued") < Backlog)
            {
                using var answer = await http.PostAsJsonAsync("/api/v1/tts/convert-multiple", new { texts = Enumerable.Range(0, 100).Select(_ => NewText()) }, CancellationToken.None);
                Assert.That(answer.IsSuccessStatusCode, Is.True, $"{answer.StatusCode}");
            }

            await Task.WhenAny(Task.Delay(Often, cancellationToken));
        }
    }

    /// <param name="often">Done some times per second.</param>
    /// <returns>What the engine speaks in a second, over a while.</returns>
    private async Task<double> SpokenPerSecondAsync(HttpClient http, double seconds, Action often)
    {
        var (before, clock) = (await SpokenAsync(http), Stopwatch.StartNew());
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            often();
            await Task.Delay(Often);
        }

        return (await SpokenAsync(http) - before) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>So far, also what was deleted since; only what is spoken is.</summary>
    private async Task<int> SpokenAsync(HttpClient http) => await CountAsync(http, "done") + deleted;

    private static async Task<int> CountAsync(HttpClient http, string status)
    {
        using var answer = await http.GetAsync($"/api/v1/tts?status={status}&limit=1");
        return int.Parse(answer.Headers.GetValues("X-Total-Count").Single(), CultureInfo.InvariantCulture);
    }

    private double Percentile(string kind, double share) => times[kind].Order().ToList() is var all ? all[(int)((all.Count - 1) * share)] : 0;

    private string Report(int seed, double alone, double loaded, ProcessFigures first, ProcessFigures last)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"{Seconds} s from seed {seed}: {statuses.Values.Sum() / Seconds} requests per second; answers: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} of {s.Key}"))}");
        report.AppendLine(CultureInfo.InvariantCulture, $"texts per second: {alone:F1} alone, {loaded:F1} under load");
        report.AppendLine(CultureInfo.InvariantCulture, $"first third: {first}; last third: {last}");
        report.AppendLine("| Request | Count | p50, ms | p99, ms |").AppendLine("| --- | ---: | ---: | ---: |");
        foreach (var (name, _, _) in Kinds.Where(k => times.ContainsKey(k.Name)))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {times[name].Count} | {Percentile(name, 0.5):F0} | {Percentile(name, 0.99):F0} |");
        }

        return report.ToString();
    }

    /// <param name="Resident">Bytes of memory.</param>
    private sealed record ProcessFigures(double Resident, double Threads, double Descriptors)
    {
        public static ProcessFigures Read(int process)
        {
            var status = File.ReadLines($"/proc/{process}/status").Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[1].Trim());
            return new(
                1024 * double.Parse(status["VmRSS"].Split(' ')[0], CultureInfo.InvariantCulture),
                double.Parse(status["Threads"], CultureInfo.InvariantCulture),
                Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count());
        }

        public static ProcessFigures Average(IEnumerable<ProcessFigures> figures) =>
            figures.ToList() is var all ? new(all.Average(f => f.Resident), all.Average(f => f.Threads), all.Average(f => f.Descriptors)) : null!;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resident / 1e6:F0} MB, {Threads:F0} threads, {Descriptors:F0} descriptors");
    }
}
