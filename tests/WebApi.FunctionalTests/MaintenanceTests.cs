using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Cleanup and statistics of tasks.</summary>
public sealed class MaintenanceTests
{
    [Test]
    public async Task Cleanup_RemovesOldFailuresAndUnownedFiles_AndADryRunRemovesNothing()
    {
        await using var server = new DictationServer();
        var kept = (await server.SubmitAsync("Tämä säilyy.")).Text("conversion_id");
        await server.EndedAsync(kept);
        var failed = (await server.SubmitAsync("日本")).Text("conversion_id");
        await server.EndedAsync(failed);
        var orphan = Path.Combine(server.AudioDirectory, "ab", "0123456789abcdef0123456789abcdef.wav");
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllBytesAsync(orphan, new byte[100]);
        File.SetLastWriteTimeUtc(orphan, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var abandoned = Path.Combine(server.AudioDirectory, ".tmp", "x.wav.0.part");
        await File.WriteAllBytesAsync(abandoned, new byte[11]);

        var nothing = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/cleanup", new JsonObject { ["failed_older_than_days"] = 1 }, 200);
        Assert.That(nothing["failed_deleted"]!.GetValue<int>(), Is.Zero, "the failure is too young");

        await File.WriteAllBytesAsync(abandoned, new byte[11]);
        File.WriteAllBytes(orphan, new byte[100]);
        File.SetLastWriteTimeUtc(orphan, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var dry = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/cleanup", new JsonObject { ["failed_older_than_days"] = 0, ["dry_run"] = true }, 200);
        Assert.That(orphan, Does.Exist);
        await server.GetAsync($"/api/v1/tts/{failed}");
        var real = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/cleanup", new JsonObject { ["failed_older_than_days"] = 0 }, 200);
        Assert.Multiple(async () =>
        {
            Assert.That(dry.ToJsonString(), Is.EqualTo(real.ToJsonString()), "a dry run foretells the real one");
            Assert.That(real.ToJsonString(), Is.EqualTo("""{"failed_deleted":1,"orphaned_deleted":2,"files_deleted":2,"bytes_freed":111}"""));
            Assert.That(orphan, Does.Not.Exist);
            Assert.That(abandoned, Does.Not.Exist);
            await server.GetAsync($"/api/v1/tts/{failed}", 404);
            await server.GetBytesAsync($"/api/v1/tts/{kept}/download");
        });
    }

    [Test]
    public async Task Statistics_OverDoneFailedAndRepeatedTexts_AreRight()
    {
        await using var server = new DictationServer();
        var empty = await server.GetAsync("/api/v1/tts/statistics");
        Assert.That((empty["total_tasks"]!.GetValue<int>(), empty["average_duration"]), Is.EqualTo((0, (JsonNode?)null)));

        var tasks = new List<JsonNode>
        {
            await server.EndedAsync((await server.SubmitAsync("Sama lause kahdesti.")).Text("conversion_id")),
            await server.EndedAsync((await server.SubmitAsync("Sama lause kahdesti.", new { speaking_rate = 1.5 })).Text("conversion_id")),
            await server.EndedAsync((await server.SubmitAsync("Lause kerran.")).Text("conversion_id")),
        };
        await server.EndedAsync((await server.SubmitAsync("日本")).Text("conversion_id"));
        var statistics = await server.GetAsync("/api/v1/tts/statistics");
        Assert.Multiple(() =>
        {
            Assert.That(statistics["total_tasks"]!.GetValue<int>(), Is.EqualTo(4));
            Assert.That(statistics["status_counts"]!.ToJsonString(), Is.EqualTo("""{"queued":0,"processing":0,"completed":0,"done":3,"failed":1}"""));
            Assert.That(statistics["average_duration"]!.GetValue<double>(), Is.EqualTo(tasks.Average(t => t["duration"]!.GetValue<double>())).Within(1e-9));
            Assert.That(statistics["average_file_size"]!.GetValue<double>(), Is.EqualTo(tasks.Average(t => t["file_size"]!.GetValue<long>())).Within(1e-6));
            Assert.That(statistics["average_synthesis_seconds"]!.GetValue<double>(), Is.Positive);
            Assert.That(statistics["duplicate_texts"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(statistics["duplicate_details"]!.ToJsonString(), Is.EqualTo($$"""[{"text_hash":"{{tasks[0].Text("text_hash")}}","count":2,"text":"Sama lause kahdesti."}]"""));
        });
    }
}
