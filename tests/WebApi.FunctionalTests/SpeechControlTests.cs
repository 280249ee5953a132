using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Markup, timings, parts and formats of audio, and voices, over HTTP.</summary>
public sealed class SpeechControlTests
{
    private const string First = "Kissa nukkui ikkunalaudalla ja kehräsi.", Second = "Näitkö revontulet viime yönä?", Third = "Kahvi loppui.";
    private static readonly string Text = $"{First} {Second} {Third}";

    private DictationServer server = null!;
    private SpeechTranscriber transcriber = null!;
    private string id = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = new DictationServer();
        transcriber = new SpeechTranscriber();
        id = (await server.SubmitAsync(Text)).Text("conversion_id");
        await server.EndedAsync(id);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        transcriber.Dispose();
        await server.DisposeAsync();
    }

    [Test]
    public async Task Timings_OfADoneTask_AreItsSentencesAndWords()
    {
        var timings = await server.GetAsync($"/api/v1/tts/{id}/timings");

        Assert.Multiple(() =>
        {
            Assert.That(timings.List("sentences").Select(s => s.Text("text")), Is.EqualTo(new[] { First, Second, Third }));
            Assert.That(timings.List("sentences").Select(s => s.Number("segment")), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(string.Join(' ', timings.List("words").Select(w => w.Text("text"))), Is.EqualTo(Text.Replace(".", "").Replace("?", "")));
            Assert.That(timings["estimated"]!.GetValue<bool>(), Is.False);
            Assert.That(timings.List("words").Select(w => w["start"]!.GetValue<double>()), Is.Ordered);
            Assert.That(timings.List("words").Select(w => w["end"]!.GetValue<double>()), Is.All.LessThanOrEqualTo(timings["duration"]!.GetValue<double>()));
        });
    }

    [Test]
    public async Task Timings_StayAsLongAsTheAudioAndGoWithIt()
    {
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Tämä jää soimaan."));
        var spoken = item.Text("conversion_id");
        await server.SendAsync(HttpMethod.Delete, $"/api/v1/tts/{spoken}", null, 204);
        Assert.That(await TimingsAsync(spoken), Is.EqualTo(1), "the item is still heard");
        var attempt = await AttemptAsync(item.Number("id"), "tämä jää");
        Assert.That(attempt["alignment"]![2]!["audio"], Is.Not.Null);

        await server.SendAsync(HttpMethod.Delete, $"/api/v1/items/{item.Number("id")}", null, 204);

        Assert.That(await TimingsAsync(spoken), Is.Zero);
    }

    [TestCase("segment=1", First)]
    [TestCase("segment=2", Second)]
    [TestCase("segment=3", Third)]
    public async Task Download_OfASegment_IsThatSentence(string query, string sentence)
    {
        var wav = new WavFile(await server.GetBytesAsync($"/api/v1/tts/{id}/download?{query}"));

        Assert.That(transcriber.ErrorRate([sentence], [wav.Samples]), Is.LessThanOrEqualTo(0.08));
        Assert.That(Math.Abs((int)wav.Pcm[0]) + Math.Abs((int)wav.Pcm[^1]), Is.LessThan(200), "it begins and ends in silence");
    }

    [Test]
    public async Task Download_OfASpan_IsTheWordsThatTheTimingsSay()
    {
        var words = (await server.GetAsync($"/api/v1/tts/{id}/timings")).List("words").ToList();
        var (from, to) = (words[5]["start"]!.GetValue<double>(), words[8]["end"]!.GetValue<double>());

        var wav = new WavFile(await server.GetBytesAsync(FormattableString.Invariant($"/api/v1/tts/{id}/download?from={from}&to={to}")));

        Assert.That(wav.Pcm.Length / 16000.0, Is.EqualTo(to - from).Within(0.13));
        Assert.That(transcriber.ErrorRate([Second], [wav.Samples]), Is.LessThanOrEqualTo(0.12));
    }

    [Test]
    public async Task Download_OfParts_HasValidatorsAndRangesOfItsOwn()
    {
        var etags = new List<string>();
        foreach (var query in new[] { "", "?segment=1", "?segment=2", "?from=1", "?from=1&to=2", "?segment=1&format=flac" })
        {
            using var response = await server.Http.GetAsync($"/api/v1/tts/{id}/download{query}");
            etags.Add(response.Headers.ETag!.Tag);
            using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tts/{id}/download{query}");
            known.Headers.IfNoneMatch.Add(response.Headers.ETag!);
            using var unchanged = await server.Http.SendAsync(known);
            Assert.That((int)unchanged.StatusCode, Is.EqualTo(304), query);
        }

        Assert.That(etags, Is.Unique);
        var whole = await server.GetBytesAsync($"/api/v1/tts/{id}/download?segment=2");
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tts/{id}/download?segment=2");
        part.Headers.Range = new(101, 3000);
        using var ranged = await server.Http.SendAsync(part);
        Assert.That((int)ranged.StatusCode, Is.EqualTo(206));
        Assert.That(await ranged.Content.ReadAsByteArrayAsync(), Is.EqualTo(whole[101..3001]));
    }

    [TestCase("segment=0", "segment")]
    [TestCase("segment=4", "segment")]
    [TestCase("segment=1&from=1", "segment")]
    [TestCase("from=2&to=1", "to")]
    [TestCase("from=900", "from")]
    [TestCase("from=-1", "from")]
    [TestCase("from=NaN", "from")]
    [TestCase("format=midi", "format")]
    public async Task Download_OfWhatThereIsNot_NamesTheField(string query, string field) =>
        Assert.That((await server.GetAsync($"/api/v1/tts/{id}/download?{query}", 422))["errors"]![0]!.Text("field"), Is.EqualTo(field));

    [Test]
    public async Task Download_InEveryFormat_IsUnderstood([Values("wav", "pcm", "flac", "mp3", "opus", "aac")] string format)
    {
        AudioTools.Require();
        using var directory = new TemporaryDirectory();
        var file = System.IO.Path.Combine(directory.Path, "speech");
        using var response = await server.Http.GetAsync($"/api/v1/tts/{id}/download?format={format}");
        await File.WriteAllBytesAsync(file, await response.Content.ReadAsByteArrayAsync());

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(response.Content.Headers.ContentDisposition!.FileName, Does.EndWith(format == "opus" ? ".ogg" : $".{format}"));
        Assert.That(transcriber.ErrorRate([Text], [await AudioTools.DecodeAsync(file, format, pcmRate: 16_000)]), Is.LessThanOrEqualTo(0.08));
    }

    [TestCase("<speak><audio src='http://x/y'/>Hei</speak>", null)]
    [TestCase("<speak>Hei <voice name='x'>taas</voice></speak>", null)]
    [TestCase("<speak>Hei <voice name='x'>taas</speak>", "line 1, column 34")]
    [TestCase("<!DOCTYPE speak [<!ENTITY a 'b'>]><speak>&a;</speak>", "DOCTYPE")]
    [TestCase("<?xml version='1.0'?><!DOCTYPE speak [<!ENTITY a 'b'>]><speak>&a;</speak>", "DOCTYPE")]
    [TestCase("<speak> <break/> </speak>", "nothing to say")]
    [TestCase("Hei [pause:99s]", "[pause:1.5s]")]
    public async Task Convert_WithMarkupThatIsNotSpoken_SaysWhich(string text, string? named)
    {
        if (named is null)
        {
            // What is not acted on does not keep its content from being said.
            await server.SubmitAsync(text);
            return;
        }

        var problem = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/convert", new JsonObject { ["text"] = text }, 422);
        Assert.That(problem["errors"]![0]!.Text("message"), Does.Contain(named));
    }

    [Test]
    public async Task Item_WithMarkup_IsRefusedAsLearnersWriteWhatTheyHear()
    {
        var body = new JsonObject { ["locale"] = "fi", ["text"] = "Hei [pause:1s] taas" };

        Assert.That((await server.SendAsync(HttpMethod.Post, "/api/v1/items", body, 422))["errors"]![0]!.Text("code"), Is.EqualTo("markup"));
    }

    [Test]
    public async Task Attempt_OnASpokenItem_TellsWhereEachMissedWordIsHeard()
    {
        var item = await server.SpokenItemAsync(await server.AddItemAsync(Text));

        var attempt = await AttemptAsync(item.Number("id"), "Kissa nukkui ja kehräsi. Näitkö revontulet viime yönä? Kahvi loppui nyt.");

        var wav = new WavFile(await server.GetBytesAsync(item.Text("audio_url")));
        var missed = attempt.List("alignment").Single(w => w.Text("op") == "delete");
        var inserted = attempt.List("alignment").Single(w => w.Text("op") == "insert");
        var (start, end) = (missed["audio"]!["start"]!.GetValue<double>(), missed["audio"]!["end"]!.GetValue<double>());
        Assert.Multiple(() =>
        {
            Assert.That(missed.Text("ref"), Does.Contain("ikkunalaudalla"));
            Assert.That(inserted["audio"], Is.Null);
            Assert.That(attempt.List("alignment").Count(w => w["audio"] is not null), Is.EqualTo(11));
        });
        Assert.That(transcriber.ErrorRate(["ikkunalaudalla"], [wav.Samples[(int)((start - 0.03) * 16000)..(int)((end + 0.03) * 16000)]]), Is.LessThanOrEqualTo(0.3));
    }

    [Test]
    public async Task Voices_PutThereWhileTheServiceRuns_AreOfferedAndBrokenOnesExplained()
    {
        using var voices = new TemporaryDirectory();
        await using var other = new DictationServer(new() { ["Tts:VoicesDirectory"] = voices.Path });
        Copy(System.IO.Path.Combine(AppContext.BaseDirectory, "voices", "fi_FI-aino-tiny"), System.IO.Path.Combine(voices.Path, "toinen"));
        Directory.CreateDirectory(System.IO.Path.Combine(voices.Path, "rikki"));
        await File.WriteAllTextAsync(System.IO.Path.Combine(voices.Path, "rikki", "vocab.json"), "{}");

        var listed = await other.GetAsync("/api/v1/tts/voices");
        var task = await other.EndedAsync((await other.SubmitAsync(Third, new { voice = "toinen" })).Text("conversion_id"));
        var refused = await other.SendAsync(HttpMethod.Post, "/api/v1/tts/convert", new JsonObject { ["text"] = Third, ["voice"] = "rikki" }, 422);

        Assert.Multiple(() =>
        {
            Assert.That(listed.List("voices").Select(v => v.Text("name")), Is.EqualTo(new[] { "fi_FI-aino-tiny", "fi_FI-eino-tiny", "toinen" }));
            Assert.That(listed.List("problems").Select(p => (p.Text("folder"), p.Text("reason"))), Is.EqualTo(new[] { ("rikki", "There is no model.onnx, and no model.safetensors.") }));
            Assert.That((task.Text("status"), task["metadata"]!.Text("engine")), Is.EqualTo(("done", "neural")));
            Assert.That(refused["errors"]![0]!.Text("message"), Does.Contain("There is no model.onnx, and no model.safetensors."));
        });
    }

    [Test]
    public async Task Espeak_AsTheFallback_IsMarkedAsSuch()
    {
        if (EspeakNg.Missing is { } missing)
        {
            Assert.That(Environment.GetEnvironmentVariable("CI_AUDIO_TOOLS"), Is.Null, "libespeak-ng must be there in CI");
            Assert.Ignore($"Not tried: {missing}.");
        }

        await using var other = new DictationServer(new() { ["Tts:EspeakFallback"] = "true" });

        var task = await other.EndedAsync((await other.SubmitAsync("Hej på dig.", new { language = "sv" })).Text("conversion_id"));

        Assert.That((task.Text("status"), task.Text("voice"), task["metadata"]!.Text("engine")), Is.EqualTo(("done", "espeak-sv", "espeak_ng")));
    }

    private async Task<int> TimingsAsync(string conversionId) =>
        (await Database.RowsAsync(server.Data.Path, $"SELECT ConversionId FROM Timings WHERE ConversionId = '{conversionId}'", r => r.GetString(0))).Count;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, System.IO.Path.Combine(to, System.IO.Path.GetFileName(file)));
        }
    }

    private Task<JsonNode> AttemptAsync(long item, string written) =>
        server.SendAsync(HttpMethod.Post, $"/api/v1/items/{item}/attempts", new JsonObject { ["transcription"] = written }, 201);
}
