using System.Text.Json.Nodes;
using Dictation.Application.Abstractions;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The health check, as the parts of the service fail one by one.</summary>
public sealed class HealthTests
{
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
}
