using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The lexicon of a language, from the request that stores it to the audio.</summary>
public sealed class LexiconsTests
{
    private const string Pls = """
        <?xml version="1.0" encoding="UTF-8"?>
        <lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="fi-FI">
          <lexeme><grapheme>WHO</grapheme><alias>Maailman terveysjärjestö</alias></lexeme>
          <lexeme><grapheme>Goethe</grapheme><grapheme>Göthe</grapheme><alias>Gööte</alias></lexeme>
          <lexeme><grapheme>Rock &amp; Roll</grapheme><alias>rokkenrol</alias></lexeme>
        </lexicon>
        """;

    private DictationServer server = null!;

    [SetUp]
    public void StartServer() => server = new DictationServer();

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task Lexicon_FromFirstToLast_CountsForLaterTextsAlone()
    {
        await server.GetAsync("/api/v1/lexicons/fi", 404);
        var before = await server.SubmitAsync("EU päätti asiasta.");
        var stored = await server.SendAsync(HttpMethod.Put, "/api/v1/lexicons/fi-FI", Entries(("EU", "Euroopan unioni")), 200);
        Assert.That((stored.Text("language"), stored["entries"]![0]!.Text("spoken")), Is.EqualTo(("fi", "Euroopan unioni")));

        var with = await server.SubmitAsync("EU päätti asiasta.");
        var again = await server.SubmitAsync("EU päätti asiasta.");
        Assert.That(with["deduplicated"]!.GetValue<bool>(), Is.False, "the lexicon makes it another content");
        Assert.That(again["deduplicated"]!.GetValue<bool>(), Is.True);
        var other = await server.SubmitAsync("Muu teksti.");
        await server.SendAsync(HttpMethod.Put, "/api/v1/lexicons/fi", Entries(("EU", "eeuu"), ("USA", "uuäsaa")), 200);
        Assert.That((await server.SubmitAsync("EU päätti asiasta."))["deduplicated"]!.GetValue<bool>(), Is.False);
        Assert.That((await server.SubmitAsync("Muu teksti."))["deduplicated"]!.GetValue<bool>(), Is.True, "it has no word of the lexicon");

        Assert.That((await server.SendAsync(HttpMethod.Post, "/api/v1/tts/normalize", new JsonObject { ["text"] = "EU ja USA." }, 200)).Text("spoken_text"), Is.EqualTo("eeuu ja uuäsaa."));
        await server.SendAsync(HttpMethod.Delete, "/api/v1/lexicons/fi", null, 204);
        await server.SendAsync(HttpMethod.Delete, "/api/v1/lexicons/fi", null, 404);
        var after = await server.SubmitAsync("EU päätti asiasta.");
        Assert.That(after.Text("conversion_id"), Is.EqualTo(before.Text("conversion_id")));

        var audio = new List<byte[]>();
        foreach (var task in new[] { before, with, await server.SubmitAsync("Euroopan unioni päätti asiasta.") })
        {
            await server.EndedAsync(task.Text("conversion_id"));
            audio.Add(await server.GetBytesAsync($"/api/v1/tts/{task.Text("conversion_id")}/download"));
        }

        Assert.That(audio[1], Is.EqualTo(audio[2]).And.Not.EqualTo(audio[0]));
        await server.EndedAsync(other.Text("conversion_id"));
    }

    [Test]
    public async Task Pls_EachEntry_SoundsAsItsWrittenOutFormToTheByte()
    {
        Assert.That(await PutPlsAsync(Pls), Is.EqualTo(200));
        var entries = (await server.GetAsync("/api/v1/lexicons/fi")).List("entries").ToList();
        Assert.That(entries.Select(e => e.Text("text")), Is.EqualTo(new[] { "WHO", "Goethe", "Göthe", "Rock & Roll" }));
        foreach (var entry in entries)
        {
            Assert.That(await AudioAsync($"Tämä on {entry.Text("text")}, 5 kertaa."), Is.EqualTo(await AudioAsync($"Tämä on {entry.Text("spoken")}, viisi kertaa.")), entry.Text("text"));
        }
    }

    [Test]
    public async Task Pls_ByFormatOrAccept_IsWrittenAndReadAgain()
    {
        await PutPlsAsync(Pls);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/lexicons/fi");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/pls+xml"));
        using var accepted = await server.Http.SendAsync(request);
        var byFormat = await server.Http.GetStringAsync("/api/v1/lexicons/fi?format=pls");
        var json = await server.GetAsync("/api/v1/lexicons/fi");
        Assert.That(accepted.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/pls+xml"));
        Assert.That(await accepted.Content.ReadAsStringAsync(), Is.EqualTo(byFormat));
        Assert.That(await PutPlsAsync(byFormat), Is.EqualTo(200));
        Assert.That((await server.GetAsync("/api/v1/lexicons/fi"))["entries"]!.ToJsonString(), Is.EqualTo(json["entries"]!.ToJsonString()));
    }

    [TestCase("fi", "<lexicon>\n<lexeme></lexicon>", "entries", "line")]
    [TestCase("fi", "<!DOCTYPE lexicon []><lexicon/>", "entries", "document type")]
    [TestCase("sv", Pls, "language", "xml:lang")]
    [TestCase("f", Pls, "language", "BCP 47")]
    public async Task Pls_ThatIsWrong_SaysWhere(string language, string document, string field, string sentence)
    {
        using var response = await server.Http.PutAsync($"/api/v1/lexicons/{language}", new StringContent(document, Encoding.UTF8, "application/pls+xml"));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.List("errors").Single();
        Assert.That(((int)response.StatusCode, error.Text("field")), Is.EqualTo((422, field)));
        Assert.That(error.Text("message"), Does.Contain(sentence));
    }

    [Test]
    public async Task Phonemes_WhereNoVoiceTakesThem_AreRefusedByTheEntrysName()
    {
        var body = new JsonObject { ["entries"] = new JsonArray(new JsonObject { ["text"] = "salsa", ["phonemes"] = "ˈsɑlsɑ" }) };
        var error = (await server.SendAsync(HttpMethod.Put, "/api/v1/lexicons/fi", body, 422)).List("errors").Single();
        Assert.That((error.Text("code"), error.Text("message")), Is.EqualTo(("phonemes_unsupported", error.Text("message"))));
        Assert.That(error.Text("message"), Does.Contain("'salsa'"));

        // No voice is there to tell.
        await server.SendAsync(HttpMethod.Put, "/api/v1/lexicons/sv", body.DeepClone(), 200);
    }

    [Test]
    public async Task Lexicon_OfAnItemsLanguage_IsHeardInTheItem()
    {
        await server.SendAsync(HttpMethod.Put, "/api/v1/lexicons/fi", Entries(("EU", "Euroopan unioni")), 200);
        var item = await server.SpokenItemAsync(await server.AddItemAsync("Tämä on EU."));
        var audio = await server.GetBytesAsync($"/api/v1/items/{item.Number("id")}/audio");
        Assert.That(audio, Is.EqualTo(await AudioAsync("Tämä on Euroopan unioni.")));
    }

    [Test]
    public async Task Timings_OfReplacedWords_PointAtTheText()
    {
        var id = (await server.SubmitAsync("Nyt EU päätti.", new { lexicon = new[] { new { text = "EU", spoken = "Euroopan unioni" } } })).Text("conversion_id");
        await server.EndedAsync(id);
        var words = (await server.GetAsync($"/api/v1/tts/{id}/timings")).List("words").Select(w => w.Text("text"));
        Assert.That(words, Is.EqualTo(new[] { "Nyt", "EU", "päätti" }));
    }

    private static JsonObject Entries(params (string Text, string Spoken)[] entries) => new()
    {
        ["language"] = "fi",
        ["entries"] = new JsonArray([.. entries.Select(e => new JsonObject { ["text"] = e.Text, ["spoken"] = e.Spoken })]),
    };

    private async Task<int> PutPlsAsync(string document)
    {
        using var response = await server.Http.PutAsync("/api/v1/lexicons/fi", new StringContent(document, Encoding.UTF8, "application/pls+xml"));
        return (int)response.StatusCode;
    }

    private async Task<byte[]> AudioAsync(string text)
    {
        var id = (await server.SubmitAsync(text)).Text("conversion_id");
        await server.EndedAsync(id);
        return await server.GetBytesAsync($"/api/v1/tts/{id}/download");
    }
}
