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

        // They are spoken in their order; that the last is done is seen first, and then that all are.
        while (await StatusAsync(service, ids[^1]) != "done")
        {
            // It waited half a minute already.
        }

        var seconds = 0.0;
        string? page = null;
        for (var seen = 0; seen < ids.Count; seen += Batch)
        {
            using var response = await service.Http.GetAsync(page ?? $"/api/v1/tts?limit={Math.Min(Batch, ids.Count)}");
            foreach (var task in (await response.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray())
            {
                if (task.GetProperty("status").GetString() != "done" && await StatusAsync(service, task.GetProperty("conversion_id").GetString()!) != "done")
                {
                    throw new InvalidOperationException($"A text was not spoken: {task}");
                }

                seconds += task.GetProperty("duration").GetDouble();
            }

            page = response.Headers.TryGetValues("Link", out var links) ? links.Single().Split('<', '>')[1] : null;
        }

        return seconds;
    }

    private static async Task<string?> StatusAsync(Server service, string id) =>
        (await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/tts/{id}?wait=30")).GetProperty("status").GetString();
}
