using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>What an operator does to a server, done to the real process.</summary>
[Platform("Unix", Reason = "Signals are Unix's; on Windows the same code runs without them.")]
[Category("Stress")]
public sealed class CrashTests
{
    private static readonly Dictionary<string, string> ShortLease = new() { ["Queue__LeaseSeconds"] = "2", ["Queue__PollSeconds"] = "0.1" };

    [Test]
    public async Task Kill9_WhileTasksAreQueuedAndRunning_LosesNone()
    {
        const int Batch = 40;
        using var directory = new TemporaryDirectory();
        var ids = new List<string>();
        await using (var server = await ServerProcess.StartAsync(directory.Path, ShortLease))
        {
            // Long enough that few are done when the process dies, and that one is being spoken.
            for (var batch = 0; batch < 2; batch++)
            {
                var texts = new JsonArray([.. Enumerable.Range(0, Batch).Select(i => JsonValue.Create(Sentences(batch * Batch + i)))]);
                var answer = await server.PostAsync("/api/v1/tts/convert-multiple", new JsonObject { ["texts"] = texts });
                ids.AddRange(answer["conversion_ids"]!.AsArray().Select(id => id!.GetValue<string>()));
            }

            await Eventually.HoldsAsync(
                async () => (await CountsAsync(server)) is { Done: > 0, Processing: > 0 }, "some tasks are done and one is being spoken");
            await server.KillAsync();
        }

        Assert.That(ids.Distinct().Count(), Is.EqualTo(2 * Batch));
        await using var again = await ServerProcess.StartAsync(directory.Path, ShortLease);
        var before = await CountsAsync(again);
        Assert.That(before.Done, Is.LessThan(2 * Batch), "the kill came too late to prove anything");
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (id, cancellationToken) =>
        {
            JsonNode task;
            do
            {
                task = await again.GetAsync($"/api/v1/tts/{id}?wait=30");
            }
            while (task.Text("status") is not ("done" or "failed"));
            Assert.That(task.Text("status"), Is.EqualTo("done"), task.ToJsonString());

            // A whole file: its header tells as many bytes as there are.
            var wav = await again.Http.GetByteArrayAsync(task.Text("audio_url"), cancellationToken);
            Assert.That(BinaryPrimitives.ReadUInt32LittleEndian(wav.AsSpan(4)), Is.EqualTo(wav.Length - 8));
            Assert.That(wav, Has.Length.EqualTo(task["file_size"]!.GetValue<long>()));
        });

        var files = Directory.EnumerateFiles(Path.Combine(directory.Path, "data", "audio"), "*", SearchOption.AllDirectories).ToList();
        Assert.That(files.Where(f => f.Contains(".part", StringComparison.Ordinal)), Is.Empty, "no temporary file is left");
        Assert.That(files, Has.Count.EqualTo(2 * Batch));
    }

    [Test]
    public async Task CtrlC_WhileALongTextIsSpokenAndFollowed_EndsInSecondsAndLosesNothing()
    {
        using var directory = new TemporaryDirectory();
        string id;
        await using (var server = await ServerProcess.StartAsync(directory.Path, ShortLease))
        {
            id = (await server.PostAsync("/api/v1/tts/convert", new JsonObject { ["text"] = LongText() })).Text("conversion_id");
            using var events = await server.Http.GetAsync($"/api/v1/tts/{id}/events", HttpCompletionOption.ResponseHeadersRead);
            var poll = server.Http.GetAsync($"/api/v1/tts/{id}?wait=30");
            await Eventually.HoldsAsync(async () => (await CountsAsync(server)).Processing == 1, "the text is being spoken");

            var (time, exitCode) = await server.InterruptAsync();
            Assert.That(exitCode, Is.Zero, server.Output);
            Assert.That(time, Is.LessThan(TimeSpan.FromSeconds(5)), server.Output);
            Assert.That(server.Output, Does.Not.Contain("fail:").And.Not.Contain("crit:"));
            using var polled = await poll;
            Assert.That(polled.IsSuccessStatusCode, Is.True, "the long poll is answered with the task as it stands");
        }

        await using var again = await ServerProcess.StartAsync(directory.Path, ShortLease);
        JsonNode task;
        do
        {
            task = await again.GetAsync($"/api/v1/tts/{id}?wait=30");
        }
        while (task.Text("status") is not ("done" or "failed"));
        Assert.That(task.Text("status"), Is.EqualTo("done"), task.ToJsonString());
        Assert.That(Directory.EnumerateFiles(Path.Combine(directory.Path, "data", "audio", ".tmp")), Is.Empty);
    }

    [TestCase("PORT", "lots", "Server:Port")]
    [TestCase("TTS_DEVICE", "toaster", "TTS_DEVICE")]
    [TestCase("TTS_DEVICE", "cuda", "cpu")]
    [TestCase("DATABASE_URL", "postgres://x/y", "DATABASE_URL")]
    [TestCase("Database__Provider", "Oracle", "Database:Provider")]
    [TestCase("LOG_LEVEL", "LOUD", "LOG_LEVEL")]
    [TestCase("Queue__Capacity", "0", "Capacity")]
    [TestCase("Tts__DefaultVoice", "nobody", "nobody")]
    [TestCase("AUDIO_DIR", "/dev/null/audio", "AUDIO_DIR")]
    [TestCase("API_KEYS", "secret", "API_KEYS")]
    public async Task Start_WithAWrongSetting_EndsWithASentenceThatNamesIt(string name, string value, string named)
    {
        using var directory = new TemporaryDirectory();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(directory.Path, new() { [name] = value });
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("Dictation cannot start.").And.Contain(named).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Start_OnAPortInUse_EndsWithASentence()
    {
        using var directory = new TemporaryDirectory();
        await using var first = await ServerProcess.StartAsync(directory.Path);
        var (exitCode, output) = await ServerProcess.RunToEndAsync(directory.Path, new() { ["PORT"] = $"{first.Http.BaseAddress!.Port}" });
        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("Dictation cannot start.").And.Contain("set PORT").And.Not.Contain("   at "));
    }

    [Test]
    public async Task Start_WithDotEnv_ReadsItAndLetsTheEnvironmentWin()
    {
        using var directory = new TemporaryDirectory();
        await File.WriteAllTextAsync(Path.Combine(directory.Path, ".env"), "# local\nexport DATA_DIR='elsewhere'\nBASE_URL=\"https://speech.example.org/\"\nQueue__Capacity=7\nLOG_LEVEL=WARNING\n");
        await using var server = await ServerProcess.StartAsync(directory.Path, new() { ["LOG_LEVEL"] = "INFO" });
        Assert.That(File.Exists(Path.Combine(directory.Path, "elsewhere", "dictation.db")), Is.True);
        Assert.That((await server.GetAsync("/metadata"))["limits"]!["queue_capacity"]!.GetValue<int>(), Is.EqualTo(7));
        var id = (await server.PostAsync("/api/v1/tts/convert", new JsonObject { ["text"] = "Osoite." })).Text("conversion_id");
        Assert.That((await server.GetAsync($"/api/v1/tts/{id}?wait=30")).Text("audio_url"), Is.EqualTo($"https://speech.example.org/api/v1/tts/{id}/download"));
    }

    private static string Sentences(int number) => string.Join(' ', Enumerable.Range(0, 3).Select(i => $"Tämä on kolmen lauseen teksti, numero {number}, lause {i}."));

    private static string LongText() => string.Join(' ', Enumerable.Range(0, 120).Select(i => $"Pitkän tekstin lause kertoo, mitä tapahtuu {i}."));

    private static async Task<(int Done, int Processing)> CountsAsync(ServerProcess server)
    {
        var counts = (await server.GetAsync("/api/v1/tts/statistics"))["status_counts"]!;
        return (counts["done"]!.GetValue<int>(), counts["processing"]!.GetValue<int>());
    }
}
