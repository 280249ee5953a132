using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dictation.Shared;

namespace Dictation.Benchmarks;

/// <summary>How long until the service is there and until its first audio, and what it needs after many texts.</summary>
internal static class StartBenchmark
{
    private const int Rounds = 9, Few = 100, Many = 10_000, Batch = 100;

    public static async Task<Report> RunAsync()
    {
        using var used = new TemporaryDirectory();
        using var published = new TemporaryDirectory();
        Console.WriteLine("Publishing…");
        await Server.PublishAsync("src/WebApi", published.Path);
        await Server.PublishAsync("benchmarks/BareServer", published.Path);
        List<double> empty = [], service = [], fresh = [], built = [], firstAudio = [];
        for (var round = -1; round < Rounds; round++)
        {
            using var unused = new TemporaryDirectory();
            var times = (
                Empty: await ReadyAsync(() => Server.StartBareAsync(used.Path, [], published.Path)),
                Fresh: await ReadyAsync(() => Server.StartServiceAsync(unused.Path, published: published.Path)),
                Built: await ReadyAsync(() => Server.StartServiceAsync(used.Path)));
            var began = 0L;
            var ready = await ReadyAsync(() => Server.StartServiceAsync(used.Path, published: published.Path), async server =>
            {
                began = Stopwatch.GetTimestamp();
                await SpeakAsync(server, [$"Hyvää huomenta numero {round}."]);
                began = Stopwatch.GetTimestamp() - began;
            });
            if (round >= 0)
            {
                empty.Add(times.Empty);
                service.Add(ready);
                fresh.Add(times.Fresh);
                built.Add(times.Built);
                firstAudio.Add(TimeSpan.FromSeconds((double)began / Stopwatch.Frequency).TotalMilliseconds);
            }
        }

        Console.WriteLine($"Speaking {Many} texts…");
        using var directory = new TemporaryDirectory();
        await using var lasting = await Server.StartServiceAsync(directory.Path, published: published.Path);
        var texts = Sentences.Finnish(Many, seed: 5);
        await SpeakAsync(lasting, texts[..Few]);
        var few = lasting.Memory;
        foreach (var batch in texts[Few..].Chunk(Batch))
        {
            await SpeakAsync(lasting, batch);
        }

        var many = lasting.Memory;
        return new Report(
            "Start and memory",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- start`: both programs published as [Operations](operations.md#deploying) says; from the start of the process until `GET /health/ready` is answered with 200 (medians of {Rounds} interleaved rounds, each killed afterwards; time to first audio is from there to the last byte of a short text's WAV), and resident memory after {Few} and after {Many.ToString("N0", CultureInfo.InvariantCulture)} texts, each downloaded.",
            ["", "", "Ratio", "Target"],
            [
                ["an empty ASP.NET Core application is ready, ms", Timing.Milliseconds(Timing.Median(empty)), "1", ""],
                ["the service is ready, ms", Timing.Milliseconds(Timing.Median(service)), Ratio(Timing.Median(service), Timing.Median(empty)), "3"],
                ["the service is ready for the first time, with a new database, ms", Timing.Milliseconds(Timing.Median(fresh)), Ratio(Timing.Median(fresh), Timing.Median(empty)), ""],
                ["the service is ready when it was built and not published, ms", Timing.Milliseconds(Timing.Median(built)), Ratio(Timing.Median(built), Timing.Median(empty)), ""],
                ["first audio after the service is ready, ms", Timing.Milliseconds(Timing.Median(firstAudio)), "", ""],
                [$"memory after {Few} texts, MB", Megabytes(few), "1", ""],
                [$"memory after {Many.ToString("N0", CultureInfo.InvariantCulture)} texts, MB", Megabytes(many), Ratio(many, few), "1.1"],
            ]);
    }

    private static string Ratio(double value, double to) => (value / to).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0", CultureInfo.InvariantCulture);

    /// <returns>Milliseconds.</returns>
    private static async Task<double> ReadyAsync(Func<Task<Server>> start, Func<Server, Task>? then = null)
    {
        var began = Stopwatch.GetTimestamp();
        await using var server = await start();
        using var response = await server.Http.GetAsync("/health/ready");
        response.EnsureSuccessStatusCode();
        var time = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (then is not null)
        {
            await then(server);
        }

        return time;
    }

    private static async Task SpeakAsync(Server service, string[] texts)
    {
        using var response = await service.Http.PostAsJsonAsync("/api/v1/tts/convert-multiple", new { texts });
        foreach (var id in (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversion_ids").EnumerateArray())
        {
            while ((await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/tts/{id}?wait=30")).GetProperty("status").GetString() != "done")
            {
                // It waited half a minute already.
            }

            await service.Http.GetByteArrayAsync($"/api/v1/tts/{id}/download");
        }
    }
}
