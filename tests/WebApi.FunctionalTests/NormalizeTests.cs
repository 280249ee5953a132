using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>POST /api/v1/tts/normalize: what will be said, and that it is what is said.</summary>
public sealed class NormalizeTests
{
    private DictationServer server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new DictationServer();

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task Normalize_Sentences_ShowsEachWithItsPlaceAndPause()
    {
        var answer = await NormalizeAsync(new JsonObject { ["text"] = "Hei 👍! Lippu maksaa 5 €.\n\nKiitos. " });
        Assert.Multiple(() =>
        {
            Assert.That((answer.Text("language"), answer.Text("voice")), Is.EqualTo(("fi", "fi_FI-aino-tiny")));
            Assert.That(answer.List("segments").Select(s => s.Text("text")), Is.EqualTo(new[] { "Hei 👍!", "Lippu maksaa 5 €.", "Kiitos." }));
            Assert.That(answer.List("segments").Select(s => s.Text("normalized")), Is.EqualTo(new[] { "Hei!", "Lippu maksaa viisi euroa.", "Kiitos." }));
            Assert.That(answer.List("segments").Select(s => (s["span"]!.Number("start"), s["span"]!.Number("end"))), Is.EqualTo(new[] { (0L, 6L), (7L, 24L), (26L, 33L) }));
            Assert.That(answer.List("segments").Select(s => s.Number("sentence")), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(answer.List("segments").Select(s => s["pause_after"]!.GetValue<double>()), Is.EqualTo(new[] { 0.35, 0.7, 0.1 }));
            Assert.That(answer.List("segments").First()["tokens"]!.AsArray().Take(3).Select(t => (string)t!), Is.EqualTo(new[] { "h", "e", "i" }));
            Assert.That(answer.Text("spoken_text"), Is.EqualTo("Hei! Lippu maksaa viisi euroa. Kiitos."));
            Assert.That(answer["unhonoured"]!.AsArray(), Is.Empty);
        });
    }

    [TestCase("Hei, Anna. Привет, Пётр! Nyt 3,5 km.")]
    [TestCase("<speak><p>Yksi. <break time=\"2s\"/>Kaksi.</p> <s>Kolme</s></speak>")]
    public async Task Normalize_Text_IsWhatTheTaskSpeaks(string text)
    {
        var answer = await NormalizeAsync(new JsonObject { ["text"] = text });
        var task = await server.EndedAsync((await server.SubmitAsync(text)).Text("conversion_id"));
        var timings = await server.GetAsync($"/api/v1/tts/{task.Text("conversion_id")}/timings");
        Assert.Multiple(() =>
        {
            Assert.That(answer["segments"]!.AsArray(), Has.Count.EqualTo((int)task["metadata"]!.Number("segments")));
            Assert.That(answer["unspoken"]!.ToJsonString(), Is.EqualTo(task["metadata"]!["unspoken"]!.ToJsonString()));
            Assert.That(answer.List("segments").Last().Number("sentence"), Is.EqualTo(timings["sentences"]!.AsArray().Count));
            Assert.That(answer.List("segments").First()["span"]!.Number("start"), Is.EqualTo(timings["sentences"]![0]!["text_span"]!.Number("start")));
        });
    }

    [Test]
    public async Task Normalize_PauseAfter_IsTheSilenceThatIsHeard()
    {
        const string Text = "Yksi. [pause:1.5s] Kaksi.";
        var answer = await NormalizeAsync(new JsonObject { ["text"] = Text });
        var id = (await server.EndedAsync((await server.SubmitAsync(Text)).Text("conversion_id"))).Text("conversion_id");
        var sentences = (await server.GetAsync($"/api/v1/tts/{id}/timings"))["sentences"]!.AsArray();
        Assert.That(answer.List("segments").First()["pause_after"]!.GetValue<double>(), Is.EqualTo(1.5));
        Assert.That(sentences[1]!["start"]!.GetValue<double>() - sentences[0]!["end"]!.GetValue<double>(), Is.EqualTo(1.5).Within(0.05));
    }

    [TestCase("👍")]
    [TestCase("…")]
    [TestCase("---")]
    [TestCase("Привет")]
    public async Task Normalize_NothingToSay_HasNoSegments(string text)
    {
        var answer = await NormalizeAsync(new JsonObject { ["text"] = text });
        Assert.That((answer["segments"]!.AsArray().Count, answer.Text("spoken_text")), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Normalize_LettersThatTheVoiceHasNot_AreNamed()
    {
        var answer = await NormalizeAsync(new JsonObject { ["text"] = "Anna ja Пётр." });
        Assert.That(answer["unspoken"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(
            (answer["unspoken"]![0]!.Text("text"), answer["unspoken"]![0]!["span"]!.ToJsonString(), answer["unspoken"]![0]!.Text("reason")),
            Is.EqualTo(("Пётр", """{"start":8,"end":12}""", "not_in_voice")));
    }

    [Test]
    public async Task Normalize_WithALexiconAndEmoji_ReadsThem()
    {
        var answer = await NormalizeAsync(new JsonObject
        {
            ["text"] = "EU kiittää 👍🏽",
            ["lexicon"] = new JsonArray(new JsonObject { ["text"] = "eu", ["spoken"] = "Euroopan unioni" }),
            ["emoji"] = true,
        });
        Assert.That(answer.Text("spoken_text"), Is.EqualTo("Euroopan unioni kiittää, peukalo ylös"));
        Assert.That(answer["unspoken"]!.AsArray(), Is.Empty);
    }

    [TestCase("""{"text": "Hei &amp; moi", "input_format": "plain"}""", "Hei")]
    [TestCase("""{"text": "<speak>Hei moi</speak>", "input_format": "ssml"}""", "Hei moi")]
    public async Task Normalize_InAFormat_ReadsTheTextSo(string body, string beginning) =>
        Assert.That((await NormalizeAsync(JsonNode.Parse(body)!)).Text("spoken_text"), Does.StartWith(beginning));

    [TestCase("""{"text": " "}""", "text", "blank")]
    [TestCase("""{"text": "<speak>\n<p>Hei</speak>"}""", "text", "markup")]
    [TestCase("""{"text": "Hei", "input_format": "ssml"}""", "text", "markup")]
    [TestCase("""{"text": "Hei", "lexicon": [{"text": "a"}]}""", "lexicon[0].spoken", "entry")]
    [TestCase("""{"text": "Hei", "lexicon": [{"text": "a", "spoken": "b", "phonemes": "c"}]}""", "lexicon[0].spoken", "entry")]
    [TestCase("""{"text": "Hei", "lexicon": [null]}""", "lexicon[0]", "required")]
    [TestCase("""{"text": "Hei", "lexicon": [{"text": "a", "spoken": "b"}, {"text": "Hei", "phonemes": "hei"}]}""", "lexicon[1].phonemes", "phonemes_unsupported")]
    [TestCase("""{"text": "Hei", "voice": "nobody"}""", "voice", "voice_unknown")]
    [TestCase("""{"text": "Hei", "language": "xx"}""", "language", "language_unsupported")]
    public async Task Normalize_WrongRequest_HasTheErrorsOfConvert(string body, string field, string code)
    {
        foreach (var path in new[] { "normalize", "convert" })
        {
            var error = (await server.SendAsync(HttpMethod.Post, $"/api/v1/tts/{path}", JsonNode.Parse(body), 422)).List("errors").First();
            Assert.That((error.Text("field"), error.Text("code")), Is.EqualTo((field, code)), path);
        }
    }

    [Test]
    public async Task Normalize_BrokenMarkup_TellsLineAndColumn()
    {
        var answer = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/normalize", new JsonObject { ["text"] = "<speak>\n<p>Hei</speak>" }, 422);
        Assert.That(answer.List("errors").Single().Text("message"), Does.Contain("line 2"));
    }

    private Task<JsonNode> NormalizeAsync(JsonNode body) => server.SendAsync(HttpMethod.Post, "/api/v1/tts/normalize", body, 200);
}
