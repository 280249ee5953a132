using System.Net;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>What happens to an item's audio when the item is edited, deleted or refreshed.</summary>
public sealed class ItemAudioTests
{
    [Test]
    public async Task ChangedText_IsSpokenAnewAndTheOldAudioGoesWithItsLastUser()
    {
        await using var server = new DictationServer();
        var first = await server.SpokenItemAsync(await server.AddItemAsync("Vanha teksti."));
        var second = await server.SpokenItemAsync(await server.AddItemAsync("Vanha teksti."));
        var old = await server.GetBytesAsync(first.Text("audio_url"));

        var edited = await EditAsync(server, first, "Aivan uusi teksti.");
        Assert.That(edited.Text("conversion_id"), Is.Not.EqualTo(first.Text("conversion_id")));
        Assert.That(await server.GetBytesAsync((await server.SpokenItemAsync(first)).Text("audio_url")), Is.Not.EqualTo(old));
        Assert.That(await server.GetBytesAsync(second.Text("audio_url")), Is.EqualTo(old), "the other keeps its audio");
        Assert.That((await server.GetAsync($"/api/v1/tts/{second.Text("conversion_id")}")).Number("item_id"), Is.EqualTo(second.Number("id")));

        await EditAsync(server, second, "Aivan uusi teksti.");
        await server.SpokenItemAsync(second);
        await server.GetAsync($"/api/v1/tts/{second.Text("conversion_id")}", 404);
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ChangedLocale_OfTheSameVoice_KeepsTheAudio()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Sama ääni."));
        var edited = await server.SendAsync(HttpMethod.Patch, $"/api/v1/items/{item.Number("id")}", new JsonObject { ["locale"] = "FI_fi" }, 200);
        Assert.That((edited.Text("locale"), edited.Text("conversion_id"), edited.Text("tts_status")), Is.EqualTo(("fi-FI", item.Text("conversion_id"), "ready")));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task ChangedText_ManyTimesAtOnce_EndsWithTheAudioOfTheTextThatStands()
    {
        await using var server = new DictationServer();
        var item = await server.AddItemAsync("Alku.");
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => EditAsync(server, item, $"Teksti numero {i % 5}.")));
            var settled = await server.SpokenItemAsync(item);
            var task = await server.GetAsync($"/api/v1/tts/{settled.Text("conversion_id")}");
            Assert.That(task.Text("text"), Is.EqualTo(settled.Text("text")));
        }

        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ChangedText_WhileTheOldIsSpoken_LeavesNothingOfTheOld()
    {
        using var synthesizer = new BlockingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var item = await server.AddItemAsync("Tämä jää kesken.");
        await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/tts/{item.Text("conversion_id")}")).Text("status") == "processing", "the task runs");
        await EditAsync(server, item, "Tämä puhutaan.");
        synthesizer.Release();
        Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("ready"));
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task DeletedItem_LeavesSharedAudioToTheOthersAndTakesItsOwn()
    {
        await using var server = new DictationServer();
        var shared = await server.SpokenItemAsync(await server.AddItemAsync("Jaettu."));
        var other = await server.AddItemAsync("Jaettu.");
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{shared.Number("id")}", null, 204);
        await server.GetAsync($"/api/v1/items/{shared.Number("id")}", 404);
        await server.GetBytesAsync(other.Text("audio_url"));
        await Storekeeper.InOrderAsync(server.Data.Path);

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{other.Number("id")}", null, 204);
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{other.Number("id")}", null, 404);
        await server.GetAsync($"/api/v1/tts/{other.Text("conversion_id")}", 404);
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Is.Empty);
    }

    [Test]
    public async Task DeletedItem_NeverTakesATaskThatAClientHolds()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Asiakkaan teksti."));

        // The client submits after the item did, and is given the same task.
        var submitted = await server.SubmitAsync("Asiakkaan teksti.");
        Assert.That((submitted.Text("conversion_id"), submitted["deduplicated"]!.GetValue<bool>()), Is.EqualTo((item.Text("conversion_id"), true)));
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{item.Number("id")}", null, 204);
        var task = await server.GetAsync($"/api/v1/tts/{submitted.Text("conversion_id")}");
        Assert.That((task.Text("status"), task["item_id"]), Is.EqualTo(("done", (JsonNode?)null)));
        await server.GetBytesAsync(task.Text("audio_url"));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task DeletedItem_WhileItIsSpoken_LeavesNoFile()
    {
        using var synthesizer = new BlockingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var item = await server.AddItemAsync("Ehtiikö tämä?");
        await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/tts/{item.Text("conversion_id")}")).Text("status") == "processing", "the task runs");
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{item.Number("id")}", null, 204);
        synthesizer.Release();
        await server.SpokenItemAsync(await server.AddItemAsync("Seuraava puhutaan."));
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Has.Count.EqualTo(1));
        Assert.That(server.AudioFiles(temporary: true), Is.Empty);
    }

    [Test]
    public async Task DeletedTask_OfAnItemThatWaits_FailsTheItemWhichCanBeSpokenAnew()
    {
        using var synthesizer = new BlockingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var item = await server.AddItemAsync("Poistettu kesken.");
        var path = $"/api/v1/items/{item.Number("id")}";
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{item.Text("conversion_id")}", null, 204);
        var failed = await server.GetAsync(path);
        Assert.That((failed.Text("tts_status"), failed["conversion_id"]), Is.EqualTo(("failed", (JsonNode?)null)));
        Assert.That((await server.GetAsync($"{path}/tts-status")).Text("error_message"), Does.Contain("refresh"));

        synthesizer.Release();
        await server.SendAsync(HttpMethod.Post, $"{path}/audio/refresh", null, 202);
        Assert.That((await server.SpokenItemAsync(item)).Text("tts_status"), Is.EqualTo("ready"));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task DeletedTask_OfAnItemThatCanBeHeard_LeavesItsAudioUntilTheItemGoes()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Ääni jää."));
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{item.Text("conversion_id")}", null, 204);
        await server.GetAsync($"/api/v1/tts/{item.Text("conversion_id")}", 404);
        await server.GetBytesAsync(item.Text("audio_url"));

        // Housekeeping knows whose it is, whatever its age.
        var swept = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/cleanup", new JsonObject { ["orphaned_older_than_hours"] = 0, ["failed_older_than_days"] = 0 }, 200);
        Assert.That(swept.Number("files_deleted"), Is.Zero);
        await server.GetBytesAsync(item.Text("audio_url"));

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{item.Number("id")}", null, 204);
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Is.Empty);
    }

    [Test]
    public async Task CleanedUpTask_ThatHadFailed_LeavesItsItemFailedWithTheReason()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("日本"));
        var reason = (await server.GetAsync($"/api/v1/items/{item.Number("id")}/tts-status")).Text("error_message");
        var swept = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/cleanup", new JsonObject { ["failed_older_than_days"] = 0 }, 200);
        Assert.That(swept.Number("failed_deleted"), Is.EqualTo(1));
        var after = await server.GetAsync($"/api/v1/items/{item.Number("id")}");
        Assert.That((after.Text("tts_status"), after["conversion_id"]), Is.EqualTo(("failed", (JsonNode?)null)));
        Assert.That((await server.GetAsync($"/api/v1/items/{item.Number("id")}/tts-status")).Text("error_message"), Is.EqualTo(reason));
    }

    [Test]
    public async Task RefreshedAudio_IsSpokenAnewAndOthersKeepTheirs()
    {
        var synthesizer = new CountingSynthesizer();
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Uudestaan."));
        var other = await server.SpokenItemAsync(await server.AddItemAsync("Uudestaan."));
        var held = (await server.SubmitAsync("Uudestaan.")).Text("conversion_id");
        var path = $"/api/v1/items/{item.Number("id")}";
        var tag = await ETagAsync(server, path);

        // Many at once are one.
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.SendAsync(HttpMethod.Post, $"{path}/audio/refresh", null, 202)));
        var refreshed = await server.SpokenItemAsync(item);
        Assert.Multiple(async () =>
        {
            Assert.That(refreshed.Text("tts_status"), Is.EqualTo("ready"));
            Assert.That(refreshed.Text("conversion_id"), Is.Not.EqualTo(item.Text("conversion_id")));
            Assert.That(await ETagAsync(server, path), Is.EqualTo(tag), "the same voice says the same");
            Assert.That((await server.GetAsync($"/api/v1/items/{other.Number("id")}")).Text("conversion_id"), Is.EqualTo(held));
            Assert.That((await server.GetAsync($"/api/v1/tts/{held}")).Text("status"), Is.EqualTo("done"));
            Assert.That(synthesizer.Calls["Uudestaan."], Is.GreaterThan(1));
        });

        // From now on the new audio is the one that repeated texts find.
        Assert.That((await server.SubmitAsync("Uudestaan.")).Text("conversion_id"), Is.EqualTo(refreshed.Text("conversion_id")));
        await Storekeeper.InOrderAsync(server.Data.Path);
        Assert.That(server.AudioFiles(temporary: false), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task RefreshedAudio_ThatNobodyElseUses_ReplacesTheOldFile()
    {
        await using var server = new DictationServer();
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Vain minun."));
        File.Delete(server.AudioFiles(temporary: false).Single());
        Assert.That((await server.GetAsync(item.Text("audio_url"), 404)).Text("code"), Is.EqualTo("audio_missing"));
        await server.SendAsync(HttpMethod.Post, $"{item.Text("audio_url")}/refresh", null, 202);
        await server.GetBytesAsync((await server.SpokenItemAsync(item)).Text("audio_url"));
        await server.GetAsync($"/api/v1/tts/{item.Text("conversion_id")}", 404);
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    private static Task<JsonNode> EditAsync(DictationServer server, JsonNode item, string text) =>
        server.SendAsync(HttpMethod.Patch, $"/api/v1/items/{item.Number("id")}", new JsonObject { ["text"] = text }, 200);

    private static async Task<string> ETagAsync(DictationServer server, string path)
    {
        using var response = await server.Http.GetAsync($"{path}/audio");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return response.Headers.ETag!.Tag;
    }
}
