using System.Net.Http.Json;
using System.Text.Json;

namespace Dictation.Benchmarks;

/// <summary>Has a service speak texts.</summary>
internal static class SpokenTexts
{
    /// <summary>The most texts of one request.</summary>
    private const int Batch = 100;

    /// <summary>Submits texts in batches of 100 and returns when all are done.</summary>
    /// <returns>Seconds of audio.</returns>
    public static async Task<double> SpeakAsync(Server service, string[] texts, string? voice = null)
    {
        var ids = new List<string>();
        foreach (var batch in texts.Chunk(Batch))
        {
            using var response = await service.Http.PostAsJsonAsync("/api/v1/tts/convert-multiple", new { texts = batch, voice });
            ids.AddRange((await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversion_ids").EnumerateArray().Select(i => i.GetString()!));
        }

        // They are spoken nearly in their order: mostly all are done when the last is.
        await DoneAsync(service, ids[^1]);
        var seconds = 0.0;
        string? page = null;
        for (var seen = 0; seen < ids.Count; seen += Batch)
        {
            using var response = await service.Http.GetAsync(page ?? $"/api/v1/tts?limit={Math.Min(Batch, ids.Count)}");
            foreach (var listed in (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray())
            {
                var task = IsDone(listed) ? listed : await DoneAsync(service, listed.GetProperty("conversion_id").GetString()!);
                seconds += task.GetProperty("duration").GetDouble();
            }

            page = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return seconds;
    }

    private static bool IsDone(JsonElement task) => task.GetProperty("status").GetString() switch
    {
        "done" => true,
        "failed" => throw new InvalidOperationException($"A text was not spoken: {task}"),
        _ => false,
    };

    private static async Task<JsonElement> DoneAsync(Server service, string id)
    {
        while (true)
        {
            // It waits half a minute.
            var task = await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/tts/{id}?wait=30");
            if (IsDone(task))
            {
                return task;
            }
        }
    }
}
