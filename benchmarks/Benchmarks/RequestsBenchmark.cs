using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dictation.Shared;

namespace Dictation.Benchmarks;

/// <summary>Requests a second of the hot requests, against bare endpoints that do one indexed read or one insert with hand-written ADO.NET.</summary>
internal static class RequestsBenchmark
{
    private const int Connections = 64, WarmUpRounds = 16, Rounds = 9, Reads = 15_000, Submits = 1_000, Stored = 2_000, Spoken = 50;

    public static async Task<Report> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await Server.StartServiceAsync(directory.Path, new() { ["Queue__Capacity"] = "1000000" });
        await using var bare = await Server.StartBareAsync(directory.Path, [Path.Combine(directory.Path, "bare.db")]);
        var stored = Sentences.Finnish(Stored, seed: 11);
        Console.WriteLine($"Speaking {Stored} texts…");
        var ours = await StoreAsync(service, stored);
        var theirs = await StoreAsync(bare, stored);
        foreach (var id in ours)
        {
            await EndedAsync(service, id);
        }

        using var toService = new LoadClient(service.Http.BaseAddress!, Connections);
        using var toBare = new LoadClient(bare.Http.BaseAddress!, Connections);
        List<IReadOnlyList<string>> rows = [];

        Console.WriteLine("Reading…");
        rows.Add(await CompareAsync(
            service, "status of a done task", Reads, 0.6,
            () => toService.RunAsync([.. Enumerable.Range(0, Reads).Select(i => LoadClient.Get($"/api/v1/tts/{ours[i * 7 % Stored]}"))], 200),
            () => toBare.RunAsync([.. Enumerable.Range(0, Reads).Select(i => LoadClient.Get($"/api/v1/tts/{theirs[i * 7 % Stored]}"))], 200)));
        byte[][] repeats = [.. Enumerable.Range(0, Reads).Select(i => Submit(stored[i * 7 % Stored]))];
        rows.Add(await CompareAsync(service, "submission of a known text", Reads, 0.6, () => toService.RunAsync(repeats, 201), () => toBare.RunAsync(repeats, 201)));

        // Long texts keep the engine busy while both are measured, so that it neither ends up with nothing to do nor writes in between.
        Console.WriteLine("Writing…");
        for (var i = 0; i < Spoken; i++)
        {
            await StoreAsync(service, [string.Join(' ', Sentences.Finnish(130, seed: 1000 + i))]);
        }

        var (mine, its) = (0, 0);
        rows.Add(await CompareAsync(
            service, "submission of a new text", Submits, 0.5,
            () => toService.RunAsync([.. Enumerable.Range(0, Submits).Select(_ => Submit($"Uusi teksti numero {mine++}."))], 201),
            () => toBare.RunAsync([.. Enumerable.Range(0, Submits).Select(_ => Submit($"Uusi teksti numero {its++}."))], 201)));
        return new Report(
            "Requests",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- requests`: requests per second over {Connections} connections (medians of {Rounds} interleaved rounds; the client shares the machine). The bare server is Kestrel with a hand-written handler that does one indexed read, or one insert, in a SQLite file with the same settings: no validation, limits, metrics, error shape. New texts are submitted while the engine speaks long ones, beside both.",
            ["Request", "Service", "Bare", "Ratio", "Target", "kB allocated a request", "collections a 1,000 requests"],
            rows);
    }

    private static byte[] Submit(string text) => LoadClient.Post("/api/v1/tts/convert", JsonSerializer.Serialize(new { text }));

    private static async Task<IReadOnlyList<string>> CompareAsync(Server server, string name, int requests, double target, Func<Task<double>> service, Func<Task<double>> bare)
    {
        List<(double Service, double Bare)> rates = [];
        var before = (Bytes: 0.0, Collections: 0.0);
        for (var round = -WarmUpRounds; round < Rounds; round++)
        {
            if (round == 0)
            {
                before = await MemoryAsync(server);
            }

            // Each goes first every second round: what the one leaves behind meets the other alike.
            var first = round % 2 == 0 ? await service() : 0;
            var second = await bare();
            var rate = (first > 0 ? first : await service(), second);
            if (round >= 0)
            {
                rates.Add(rate);
            }
        }

        var (ours, theirs) = (Timing.Median(rates.ConvertAll(r => r.Service)), Timing.Median(rates.ConvertAll(r => r.Bare)));
        var after = await MemoryAsync(server);
        Console.WriteLine($"{name}: {ours:0} against {theirs:0}");
        return [name, ours.ToString("0", CultureInfo.InvariantCulture), theirs.ToString("0", CultureInfo.InvariantCulture), Timing.Median(rates.ConvertAll(r => r.Service / r.Bare)).ToString("0.00", CultureInfo.InvariantCulture), target.ToString(CultureInfo.InvariantCulture),
            ((after.Bytes - before.Bytes) / Rounds / requests / 1000).ToString("0.0", CultureInfo.InvariantCulture), ((after.Collections - before.Collections) / Rounds / requests * 1000).ToString("0.00", CultureInfo.InvariantCulture)];
    }

    /// <summary>What the service has allocated, and how often its garbage collector ran, since it started.</summary>
    private static async Task<(double Bytes, double Collections)> MemoryAsync(Server server)
    {
        var lines = (await server.Http.GetStringAsync("/metrics")).Split('\n');
        return (Sum("dotnet_gc_heap_total_allocated"), Sum("dotnet_gc_collections"));

        double Sum(string metric) => lines.Where(l => l.StartsWith(metric, StringComparison.Ordinal)).Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    private static async Task<string[]> StoreAsync(Server server, string[] texts)
    {
        var ids = new string[texts.Length];
        await Parallel.ForAsync(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, cancellationToken) =>
        {
            using var response = await server.Http.PostAsJsonAsync("/api/v1/tts/convert", new { text = texts[i] }, cancellationToken);
            var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            ids[i] = (answer.TryGetProperty("conversion_id", out var id) ? id : answer.GetProperty("ConversionId")).GetString()!;
        });
        return ids;
    }

    private static async Task EndedAsync(Server server, string id)
    {
        while ((await server.Http.GetFromJsonAsync<JsonElement>($"/api/v1/tts/{id}?wait=30")).GetProperty("status").GetString() != "done")
        {
            // It waited half a minute already.
        }
    }
}
