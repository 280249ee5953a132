using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The main job and everything around one task, over HTTP.</summary>
public sealed class TtsLifecycleTests
{
    private DictationServer server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new DictationServer();

    [OneTimeTearDown]
    public async Task StopServer()
    {
        await server.DisposeAsync();

        // Clients that leave in the middle of a stream, and everything else above, are no errors of the service.
        Assert.That(server.Log.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Convert_NewText_IsSpokenStoredAndDownloaded()
    {
        var created = await server.SubmitAsync("Hyvää huomenta! Tuletko mukaan?", new { custom_filename = "huomenta" });
        Assert.Multiple(() =>
        {
            Assert.That(created.Text("status"), Is.EqualTo("queued"));
            Assert.That(created["deduplicated"]!.GetValue<bool>(), Is.False);
        });
        var task = await server.EndedAsync(created.Text("conversion_id"));
        Assert.Multiple(() =>
        {
            Assert.That(task.Text("status"), Is.EqualTo("done"), task.ToJsonString());
            Assert.That(task.Text("text_hash"), Is.EqualTo("672a6253246283fd5ddd82827e1e1563"));
            Assert.That(task.Time("submitted_at"), Is.LessThanOrEqualTo(task.Time("started_at")));
            Assert.That(task.Time("started_at"), Is.LessThanOrEqualTo(task.Time("completed_at")));
            Assert.That(task["failed_at"], Is.Null);
            Assert.That(task["sampling_rate"]!.GetValue<int>(), Is.EqualTo(16000));
            Assert.That(task["duration"]!.GetValue<double>(), Is.InRange(1.5, 4));
            Assert.That(task.Text("device"), Is.EqualTo("cpu"));
            Assert.That(task.Text("output_file_path"), Does.Not.StartWith("/").And.Not.Contain(server.Data.Path));
            Assert.That(task["metadata"]!["segments"]!.GetValue<int>(), Is.EqualTo(2));
            Assert.That(task.AsObject().Select(p => p.Key), Is.SupersetOf((string[])["custom_filename", "error_message", "item_id", "queue_position", "audio_url"]));
        });

        using var response = await server.Http.GetAsync(task.Text("audio_url"));
        var wav = await response.Content.ReadAsByteArrayAsync();
        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("audio/wav"));
            Assert.That(wav, Has.Length.EqualTo(task["file_size"]!.GetValue<long>()));
            Assert.That(wav.AsSpan(0, 4).ToArray(), Is.EqualTo("RIFF"u8.ToArray()));
            Assert.That(response.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo("huomenta.wav"));
            Assert.That(response.Headers.ETag!.IsWeak, Is.False);
        });
    }

    [Test]
    public async Task Convert_SameRequestOnTwoServers_GivesTheSameBytes()
    {
        await using var other = new DictationServer();
        var here = await DownloadAsync(server, "Sama teksti, samat tavut.");
        var there = await DownloadAsync(other, "Sama teksti, samat tavut.");
        Assert.That(here, Is.EqualTo(there));
    }

    [Test]
    public async Task Convert_Repeated_ReturnsTheFirstTask()
    {
        var first = await server.SubmitAsync("Toistettu lause.");
        var second = await server.SubmitAsync("Toistettu lause.");
        var slower = await server.SubmitAsync("Toistettu lause.", new { speaking_rate = 0.8 });
        Assert.Multiple(() =>
        {
            Assert.That(second.Text("conversion_id"), Is.EqualTo(first.Text("conversion_id")));
            Assert.That(second["deduplicated"]!.GetValue<bool>(), Is.True);
            Assert.That(slower.Text("conversion_id"), Is.Not.EqualTo(first.Text("conversion_id")));
        });
    }

    [Test]
    public async Task Convert_RepeatAfterTheAudioVanished_SpeaksAgainUnderTheSameId()
    {
        var id = (await server.SubmitAsync("Kadonnut ääni.")).Text("conversion_id");
        var task = await server.EndedAsync(id);
        File.Delete(Path.Combine(server.AudioDirectory, task.Text("output_file_path")));
        Assert.That((await server.GetAsync($"/api/v1/tts/{id}/download", 404)).Text("code"), Is.EqualTo("audio_missing"));

        var again = await server.SubmitAsync("Kadonnut ääni.");
        Assert.That(again.Text("conversion_id"), Is.EqualTo(id));
        await server.EndedAsync(id);
        await server.GetBytesAsync($"/api/v1/tts/{id}/download");
    }

    [Test]
    public async Task ConvertMultiple_WithRepeats_LinesUpIdsWithTexts()
    {
        string[] texts = ["Yksi lintu.", "Kaksi lintua.", "Yksi lintu.", "Kolme lintua."];
        var known = (await server.SubmitAsync(texts[1])).Text("conversion_id");
        var batch = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/convert-multiple", new JsonObject { ["texts"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t))]) }, 201);
        var ids = batch["conversion_ids"]!.AsArray().Select(i => i!.GetValue<string>()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(batch["texts"]!.AsArray().Select(i => i!.GetValue<string>()), Is.EqualTo(texts));
            Assert.That(ids[0], Is.EqualTo(ids[2]));
            Assert.That(ids[1], Is.EqualTo(known));
            Assert.That(ids.Distinct().Count(), Is.EqualTo(3));
            Assert.That(batch["statuses"]!.AsArray(), Has.Count.EqualTo(4));
        });
        foreach (var (id, text) in ids.Zip(texts))
        {
            Assert.That((await server.EndedAsync(id)).Text("text"), Is.EqualTo(text));
        }
    }

    [TestCase(".")]
    [TestCase("---")]
    [TestCase("👍")]
    [TestCase("…")]
    public async Task Convert_NoLetters_IsAShortSilence(string text)
    {
        var task = await server.EndedAsync((await server.SubmitAsync(text)).Text("conversion_id"));
        Assert.That(task.Text("status"), Is.EqualTo("done"));
        Assert.That(task["duration"]!.GetValue<double>(), Is.InRange(0.2, 1));

        using var live = await server.Http.PostAsJsonAsync("/v1/audio/speech", new { input = text, response_format = "wav" });
        Assert.That((int)live.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Convert_LettersThatTheVoiceHasNot_AreNamedInTheTask()
    {
        var task = await server.EndedAsync((await server.SubmitAsync("Привет, Anna. Привет!")).Text("conversion_id"));
        Assert.That(task.Text("status"), Is.EqualTo("done"));
        var metadata = task["metadata"]!;
        Assert.That(metadata.Number("unspoken_count"), Is.EqualTo(12));
        Assert.That(metadata["unspoken"]!.ToJsonString(new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), Is.EqualTo(
            """[{"text":"Привет","span":{"start":0,"end":6},"reason":"not_in_voice"},{"text":"Привет","span":{"start":14,"end":20},"reason":"not_in_voice"}]"""));

        var whole = await server.EndedAsync((await server.SubmitAsync("Hei, Anna.")).Text("conversion_id"));
        Assert.That((whole["metadata"]!["unspoken"]!.AsArray().Count, whole["metadata"]!.Number("unspoken_count")), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task Convert_NothingSpeakable_FailsThatTaskAndSaysSo()
    {
        var task = await server.EndedAsync((await server.SubmitAsync("日本語 …")).Text("conversion_id"));
        Assert.Multiple(() =>
        {
            Assert.That(task.Text("status"), Is.EqualTo("failed"));
            Assert.That(task.Text("error_message"), Does.Contain("speak").Or.Contain("say"));
            Assert.That(task.Time("failed_at"), Is.GreaterThanOrEqualTo(task.Time("submitted_at")));
            Assert.That(task["audio_url"], Is.Null);
        });
        var id = task.Text("conversion_id");
        Assert.That((await server.GetAsync($"/api/v1/tts/{id}/download", 409)).Text("code"), Is.EqualTo("conversion_failed"));

        // A failed task does not stand in the way of another try at the text.
        Assert.That((await server.SubmitAsync("日本語 …")).Text("conversion_id"), Is.Not.EqualTo(id));
    }

    [Test]
    public async Task Retry_OfAFailedTask_RunsItAgain_AndOnlyOfAFailedOne()
    {
        var id = (await server.SubmitAsync("日本語の文")).Text("conversion_id");
        await server.EndedAsync(id);
        var retried = await server.SendAsync(HttpMethod.Post, $"/api/v1/tts/{id}/retry", null, 202);
        Assert.That(retried.Text("conversion_id"), Is.EqualTo(id));
        Assert.That((await server.EndedAsync(id)).Text("status"), Is.EqualTo("failed"));

        var done = (await server.SubmitAsync("Tämä onnistuu.")).Text("conversion_id");
        await server.EndedAsync(done);
        Assert.That((await server.SendAsync(HttpMethod.Post, $"/api/v1/tts/{done}/retry", null, 409)).Text("code"), Is.EqualTo("not_failed"));
    }

    [Test]
    public async Task Retry_WhenTheTextWasSubmittedAgain_IsAConflict()
    {
        var id = (await server.SubmitAsync("日本語の文")).Text("conversion_id");
        await server.EndedAsync(id);

        // The newer task fails too; it is brought back to life by hand, for good, since nothing is due of it.
        var newer = (await server.SubmitAsync("日本語の文")).Text("conversion_id");
        await server.EndedAsync(newer);
        await server.SetStatusAsync(newer, "Queued");
        Assert.That((await server.SendAsync(HttpMethod.Post, $"/api/v1/tts/{id}/retry", null, 409)).Text("code"), Is.EqualTo("superseded"));
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{newer}", null, 204);
    }

    [Test]
    public async Task Delete_DoneTask_RemovesRowAndAudio()
    {
        var id = (await server.SubmitAsync("Poistettava lause.")).Text("conversion_id");
        var path = Path.Combine(server.AudioDirectory, (await server.EndedAsync(id)).Text("output_file_path"));
        Assert.That(path, Does.Exist);
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{id}", null, 204);
        Assert.That(path, Does.Not.Exist);
        await server.GetAsync($"/api/v1/tts/{id}", 404);
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{id}", null, 404);
    }

    [Test]
    public async Task Delete_WhileALongTextIsSpoken_InterruptsItAndLeavesNothing()
    {
        var id = (await server.SubmitAsync(LongText("poisto"))).Text("conversion_id");
        await foreach (var (name, _) in server.EventsAsync(id))
        {
            if (name == "progress")
            {
                break;
            }
        }

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{id}", null, 204);

        // The next text is spoken at once: the worker did not go on with the deleted one.
        await server.EndedAsync((await server.SubmitAsync("Seuraava lause.")).Text("conversion_id"));
        await Eventually.HoldsAsync(() => server.AudioFiles(temporary: true).Count == 0, "no temporary file is left");
        Assert.That(server.AudioFiles(temporary: false).Where(f => f.Contains(id, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task Events_OfALongText_TellEachStepOnceAndTheFraction()
    {
        var id = (await server.SubmitAsync(LongText("tapahtumat"))).Text("conversion_id");
        var events = new List<(string Name, JsonNode Data)>();
        await foreach (var e in server.EventsAsync(id))
        {
            events.Add(e);
        }

        var fractions = events.Where(e => e.Name == "progress").Select(e => e.Data["progress"]!.GetValue<double>()).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(events.Select(e => e.Name).Where(n => n != "progress"), Is.EqualTo((string[])["queued", "processing", "completed", "done"]));
            Assert.That(fractions, Has.Count.GreaterThan(5).And.Ordered.Ascending.And.All.InRange(0, 1));
            Assert.That(events.Select(e => e.Data.Time("at")).ToList(), Is.Ordered.Ascending);
        });
    }

    [Test]
    public async Task Events_OfAFinishedTask_TellItsPastAndEnd()
    {
        var id = (await server.SubmitAsync("Mennyt lause.")).Text("conversion_id");
        await server.EndedAsync(id);
        var names = new List<string>();
        await foreach (var (name, _) in server.EventsAsync(id))
        {
            names.Add(name);
        }

        Assert.That(names, Is.EqualTo((string[])["queued", "processing", "completed", "done"]));
    }

    [Test]
    public async Task Download_WithRangeAndIfNoneMatch_HonoursThem()
    {
        var id = (await server.SubmitAsync("Osittainen lataus.")).Text("conversion_id");
        await server.EndedAsync(id);
        var url = $"/api/v1/tts/{id}/download";
        using var whole = await server.Http.GetAsync(url);
        var bytes = await whole.Content.ReadAsByteArrayAsync();

        using var part = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(100, 199) } });
        using var unchanged = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { whole.Headers.ETag! } } });
        using var head = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        using var beyond = await server.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(bytes.Length, null) } });
        Assert.Multiple(async () =>
        {
            Assert.That(part.StatusCode, Is.EqualTo(HttpStatusCode.PartialContent));
            Assert.That(await part.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes[100..200]));
            Assert.That(unchanged.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
            Assert.That(head.Content.Headers.ContentLength, Is.EqualTo(bytes.Length));
            Assert.That(beyond.StatusCode, Is.EqualTo(HttpStatusCode.RequestedRangeNotSatisfiable));
        });
    }

    [TestCase("päivä \"1\" – ääni.WAV", "päivä \"1\" – ääni.WAV")]
    [TestCase("raportti.mp3", "raportti.mp3.wav")]
    [TestCase("a; filename=evil.exe", "a; filename=evil.exe.wav")]
    public async Task Download_CustomFilename_IsQuotedAndEndsInWav(string name, string expected)
    {
        var id = (await server.SubmitAsync($"Nimetty {name.GetHashCode(StringComparison.Ordinal)}", new { custom_filename = name })).Text("conversion_id");
        await server.EndedAsync(id);
        using var response = await server.Http.GetAsync($"/api/v1/tts/{id}/download");
        Assert.That(response.Content.Headers.ContentDisposition!.FileNameStar, Is.EqualTo(expected));
    }

    [Test]
    public async Task Voices_AndLanguages_AreListed()
    {
        var voices = await server.GetAsync("/api/v1/tts/voices");
        var languages = await server.GetAsync("/api/v1/tts/supported-languages");
        Assert.Multiple(() =>
        {
            Assert.That(voices["voices"]![0]!.Text("name"), Is.EqualTo("fi_FI-aino-tiny"));
            Assert.That(voices["voices"]![0]!["sample_rate"]!.GetValue<int>(), Is.EqualTo(16000));
            Assert.That(voices["voices"]![0]!.Text("licence"), Does.StartWith("LGPL"));
            Assert.That(voices["voices"]![0]!.Text("source"), Does.Contain("SuoPuhe"));
            Assert.That(languages["languages"]!.AsArray().Select(l => l!.GetValue<string>()), Is.EqualTo((string[])["fi"]));
        });
    }

    [TestCase("fi")]
    [TestCase("fi-FI")]
    [TestCase("FIN")]
    public async Task Convert_LanguageInAnyUsualForm_FindsTheVoice(string language)
    {
        var id = (await server.SubmitAsync($"Kieli {language.Length}.", new { language })).Text("conversion_id");
        Assert.That((await server.GetAsync($"/api/v1/tts/{id}")).Text("language"), Is.EqualTo("fi"));
    }

    [Test]
    public async Task Convert_UnknownFields_AreIgnored() =>
        await server.SendAsync(HttpMethod.Post, "/api/v1/tts/convert", JsonNode.Parse("""{"text":"Tuntemattomat kentät.","whatever":{"a":[1]}}"""), 201);

    private static string LongText(string word) => string.Join(' ', Enumerable.Range(1, 160).Select(i => $"Tämä on pitkän tekstin lause, jossa puhutaan: {word}.")).Insert(0, $"{Guid.NewGuid():N} ");

    private static async Task<byte[]> DownloadAsync(DictationServer on, string text)
    {
        var id = (await on.SubmitAsync(text)).Text("conversion_id");
        await on.EndedAsync(id);
        return await on.GetBytesAsync($"/api/v1/tts/{id}/download");
    }
}
