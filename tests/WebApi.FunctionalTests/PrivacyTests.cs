using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.WebApi.Auth;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Extensions.Logging;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>What clients trust the service with stays out of its log, at every LOG_LEVEL.</summary>
public sealed class PrivacyTests
{
    private const string Mark = "salaisuus";

    [Test]
    public async Task NothingThatClientsSend_IsLogged_AtAnyLevel()
    {
        var (key, setting) = ApiKeys.New("all", "read+write+admin");
        await using var server = new DictationServer(
            new() { ["API_KEYS"] = setting, ["LOG_LEVEL"] = "TRACE" }, new FailingOnMark().Decorate);
        server.Log.Least = LogLevel.Trace;
        server.Http.DefaultRequestHeaders.Add("X-API-Key", key);

        var task = await server.SubmitAsync($"Tämä on {Mark} yksi.", new { custom_filename = $"{Mark}.wav" });
        await server.EndedAsync(task.Text("conversion_id"));
        await server.GetBytesAsync($"/api/v1/tts/{task.Text("conversion_id")}/download");
        var failed = await server.EndedAsync((await server.SubmitAsync($"Virhe {Mark}.")).Text("conversion_id"));
        var item = await server.SpokenItemAsync(await server.AddItemAsync($"Tämä on {Mark} kaksi.", $"{Mark}aihe"));
        await server.SendAsync(HttpMethod.Post, $"/api/v1/items/{item.Number("id")}/attempts", new JsonObject { ["transcription"] = $"oma {Mark}", ["user_id"] = $"{Mark}nimi", ["audio_url"] = $"/{Mark}" }, 201);
        await server.GetAsync($"/api/v1/items?q={Mark}&tag={Mark}aihe");
        await server.GetAsync($"/api/v1/stats/summary?user_id={Mark}nimi");
        await server.GetAsync($"/api/v1/items/{item.Number("id")}/attempts?user_id={Mark}nimi");
        await server.GetAsync($"/api/v1/tts/{Mark}", 404);
        await server.SendAsync(HttpMethod.Post, "/api/v1/tts/convert", new JsonObject { ["text"] = Mark, ["language"] = Mark }, 422);
        using (var broken = await server.Http.PostAsync("/api/v1/tts/convert", new StringContent($"{{\"text\": {Mark}", null, "application/json")))
        {
            Assert.That((int)broken.StatusCode, Is.EqualTo(400));
        }

        using (var wrong = new HttpRequestMessage(HttpMethod.Get, "/api/v1/tts") { Headers = { { "X-API-Key", $"dk_{Mark}" } } })
        {
            wrong.Headers.Remove("X-API-Key");
            wrong.Headers.Add("Authorization", $"Bearer dk_{Mark}");
            (await server.Http.SendAsync(wrong)).Dispose();
        }

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{item.Number("id")}", null, 204);
        var told = server.Log.Lines.Where(l => l.Contains(Mark, StringComparison.OrdinalIgnoreCase) || l.Contains(key, StringComparison.Ordinal) || l.Contains(setting.Split(':')[^1], StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(failed.Text("status"), Is.EqualTo("failed"));
            Assert.That(failed.Text("error_message"), Does.Not.Contain("/etc").And.Not.Contains(Mark));
            Assert.That(server.Log.Lines, Has.Count.GreaterThan(10), "as much is logged as LOG_LEVEL can ask for");
            Assert.That(told, Is.Empty);
        });
    }

    /// <summary>Fails with what a library might say, which is for the log alone.</summary>
    private sealed class FailingOnMark : SynthesizerDecorator
    {
        public override Infrastructure.Tts.Engine.SynthesisResult Speak(Infrastructure.Tts.Engine.SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken) =>
            request.Text.StartsWith("Virhe", StringComparison.Ordinal)
                ? throw new InvalidOperationException("/etc/voices/model.onnx cannot be run")
                : Real.Speak(request, wav, progress, cancellationToken);
    }
}
