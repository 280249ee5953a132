using System.Text.Json.Nodes;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Storage;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Parts that fail under the service, and what health says of them.</summary>
public sealed class FaultTests
{
    [Test]
    public async Task AudioStore_ThatCannotBeWritten_FailsTheTaskAfterItsRetriesAndTheServiceStaysHealthy()
    {
        var broken = true;
        var attempts = 0;
        await using var server = new DictationServer(services: s => Replace(s, real =>
        {
            var store = Forwarding(real);
            store.Setup(a => a.Create(It.IsAny<string>())).Returns((string key) =>
            {
                Interlocked.Increment(ref attempts);
                return broken ? throw new IOException("No space left on device : '/srv/audio'") : real.Create(key);
            });
            return store.Object;
        }));

        var id = (await server.SubmitAsync("Levy on täynnä.")).Text("conversion_id");
        var task = await server.EndedAsync(id);
        Assert.Multiple(async () =>
        {
            Assert.That(task.Text("status"), Is.EqualTo("failed"));
            Assert.That(task.Text("error_message"), Does.Contain("could not be written").And.Not.Contain("/srv/audio"));
            Assert.That(attempts, Is.EqualTo(3), "tries");
            Assert.That((await server.GetAsync("/health"))["checks"]!["tts_engine"]!.Text("status"), Is.EqualTo("healthy"));
        });

        // The disk has room again: a retry speaks it, and so does everything else.
        broken = false;
        await server.SendAsync(HttpMethod.Post, $"/api/v1/tts/{id}/retry", null, 202);
        Assert.That((await server.EndedAsync(id)).Text("status"), Is.EqualTo("done"));
        Assert.That((await server.EndedAsync((await server.SubmitAsync("Levyllä on tilaa.")).Text("conversion_id"))).Text("status"), Is.EqualTo("done"));
    }

    [Test]
    public async Task AudioStore_ThatFailsOnce_IsTriedAgainAndTheTaskEndsDone()
    {
        var fails = 1;
        await using var server = new DictationServer(services: s => Replace(s, real =>
        {
            var store = Forwarding(real);
            store.Setup(a => a.Create(It.IsAny<string>())).Returns((string key) =>
            {
                var writer = real.Create(key);
                if (Interlocked.Decrement(ref fails) < 0)
                {
                    return writer;
                }

                var failing = new Mock<IAudioWriter>();
                failing.Setup(w => w.Stream).Returns(writer.Stream);
                failing.Setup(w => w.CommitAsync(It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Input/output error"));
                failing.Setup(w => w.DisposeAsync()).Returns(writer.DisposeAsync);
                return failing.Object;
            });
            return store.Object;
        }));

        var task = await server.EndedAsync((await server.SubmitAsync("Toinen yritys onnistuu.")).Text("conversion_id"));
        Assert.That(task.Text("status"), Is.EqualTo("done"));
        Assert.That(task["error_message"], Is.Null);
        Assert.That(server.AudioFiles(temporary: true), Is.Empty);
    }

    [Test]
    public async Task Health_OfARunningService_IsHealthyInEveryPart()
    {
        await using var server = new DictationServer();
        foreach (var path in (string[])["/", "/health", "/health/ready"])
        {
            var health = await server.GetAsync(path);
            Assert.That(health.Text("status"), Is.EqualTo("healthy"), health.ToJsonString());
            Assert.That(health["checks"]!.AsObject().Select(c => c.Key), Is.EquivalentTo((string[])["database", "audio_store", "tts_engine", "task_monitor"]));
            Assert.That(health.Text("service"), Is.EqualTo("dictation"));
            Assert.That(health.Time("timestamp"), Is.Not.EqualTo(default(DateTime)));
        }

        Assert.That((await server.GetAsync("/health/live")).Text("status"), Is.EqualTo("alive"));
    }

    [Test]
    public async Task Health_WithAStoppedEngine_IsUnhealthyAndSubmissionsAnswer503()
    {
        await using var server = new DictationServer();
        await server.Services.GetRequiredService<ITtsEngine>().StopAsync(CancellationToken.None);
        var health = await server.GetAsync("/health", 503);
        Assert.That(health.Text("status"), Is.EqualTo("unhealthy"));
        Assert.That(health["checks"]!["tts_engine"]!.Text("detail"), Does.Contain("stopped"));
        Assert.That(health["checks"]!["database"]!.Text("status"), Is.EqualTo("healthy"));

        using var refused = await server.Http.PostAsync("/api/v1/tts/convert", new StringContent("""{"text":"Kukaan ei puhu."}""", null, "application/json"));
        Assert.That((int)refused.StatusCode, Is.EqualTo(503));
        Assert.That(refused.Headers.RetryAfter, Is.Not.Null);
        Assert.That(JsonNode.Parse(await refused.Content.ReadAsStringAsync())!.Text("code"), Is.EqualTo("tts_engine_unavailable"));
        Assert.That((await server.GetAsync("/api/v1/tts/statistics"))["total_tasks"]!.GetValue<int>(), Is.Zero, "nothing is stored");
        await server.GetAsync("/health/live");
    }

    [Test]
    public async Task Health_WithoutTheAudioDirectory_IsDegraded()
    {
        await using var server = new DictationServer();
        Directory.Delete(server.AudioDirectory, recursive: true);
        var health = await server.GetAsync("/health");
        Assert.That(health.Text("status"), Is.EqualTo("degraded"));
        Assert.That(health["checks"]!["audio_store"]!.Text("status"), Is.EqualTo("degraded"));
        Assert.That(health.ToJsonString(), Does.Not.Contain(server.Data.Path));
    }

    [Test]
    public async Task Health_WithoutTheDatabase_IsUnhealthyAndNoEmptyOneIsMade()
    {
        await using var server = new DictationServer();
        var file = Path.Combine(server.Data.Path, "dictation.db");
        File.Delete(file);
        var health = await server.GetAsync("/health", 503);
        Assert.That(health["checks"]!["database"]!.Text("status"), Is.EqualTo("unhealthy"));
        Assert.That(file, Does.Not.Exist);
    }

    [Test]
    public async Task Cleanup_RemovesOldFailuresAndUnownedFiles_AndADryRunRemovesNothing()
    {
        await using var server = new DictationServer();
        var kept = (await server.SubmitAsync("Tämä säilyy.")).Text("conversion_id");
        await server.EndedAsync(kept);
        var failed = (await server.SubmitAsync("🎉")).Text("conversion_id");
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
        await server.EndedAsync((await server.SubmitAsync("🎉")).Text("conversion_id"));
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

    private static void Replace(IServiceCollection services, Func<IAudioStore, IAudioStore> with)
    {
        services.AddSingleton<LocalAudioStore>();
        services.Replace(ServiceDescriptor.Singleton(p => with(p.GetRequiredService<LocalAudioStore>())));
    }

    private static Mock<IAudioStore> Forwarding(IAudioStore real)
    {
        var store = new Mock<IAudioStore>();
        store.Setup(a => a.OpenAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(real.OpenAsync);
        store.Setup(a => a.ExistsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(real.ExistsAsync);
        store.Setup(a => a.DeleteAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(real.DeleteAsync);
        store.Setup(a => a.CheckWritableAsync(It.IsAny<CancellationToken>())).Returns(real.CheckWritableAsync);
        return store;
    }
}
