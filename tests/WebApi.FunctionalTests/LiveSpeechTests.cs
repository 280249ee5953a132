using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The route that OpenAI's clients call.</summary>
public sealed class LiveSpeechTests
{
    private const string Path = "/v1/audio/speech";
    private const string Text = "Hyvää huomenta! Tänään on kaunis päivä. Lähdemme heti.";

    private readonly SlowAfterFirst slow = new();
    private DictationServer server = null!;
    private SpeechTranscriber transcriber = null!;

    [OneTimeSetUp]
    public void Start()
    {
        server = new DictationServer(services: slow.Decorate);
        transcriber = new SpeechTranscriber();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        slow.Release();
        transcriber.Dispose();
        await server.DisposeAsync();
        slow.Dispose();
    }

    [Test]
    public async Task Speech_AsWav_IsUnderstoodAndIsATaskLikeAnyOther()
    {
        using var response = await PostAsync(new { model = "tts-1", input = Text, voice = "alloy", response_format = "wav" });
        var wav = await response.Content.ReadAsByteArrayAsync();

        var id = response.Headers.GetValues("X-Conversion-Id").Single();
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("audio/wav"));
        Assert.That(transcriber.ErrorRate([Text], [Samples(wav)]), Is.LessThanOrEqualTo(0.06));
        Assert.That(wav[44..], Is.EqualTo((await server.GetBytesAsync($"/api/v1/tts/{id}/download"))[44..]), "what was heard is what is stored");
        Assert.That((await server.SubmitAsync(Text)).Text("conversion_id"), Is.EqualTo(id), "deduplicated");

        using var again = await PostAsync(new { input = Text, response_format = "wav" });
        Assert.That((await again.Content.ReadAsByteArrayAsync())[44..], Is.EqualTo(wav[44..]), "what is done is sent from the store");
    }

    [Test]
    public async Task Speech_OfSeveralSentences_IsHeardWhileTheRestIsSpoken()
    {
        slow.HoldAfterFirst($"Ensin tämä. {Text}");
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { input = $"Ensin tämä. {Text}", response_format = "wav" }) };
        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();

        // The second sentence is not spoken before the first was heard.
        var heard = new byte[44 + 16_000];
        await stream.ReadExactlyAsync(heard);
        Assert.That(slow.Held, Is.True);
        Assert.That(heard.Skip(44).Any(b => b != 0));

        slow.Release();
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        Assert.That(transcriber.ErrorRate([$"Ensin tämä. {Text}"], [Samples([.. heard, .. rest.ToArray()])]), Is.LessThanOrEqualTo(0.06));
    }

    [Test]
    public async Task Speech_AsEvents_IsTheSameAudio()
    {
        using var plain = await PostAsync(new { input = Text, response_format = "pcm" });
        using var events = await PostAsync(new { input = Text, response_format = "pcm", stream_format = "sse" });

        var all = (await events.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => JsonNode.Parse(e["data: ".Length..])!).ToList();
        Assert.That(all[^1].Text("type"), Is.EqualTo("speech.audio.done"));
        Assert.That(all.SkipLast(1).SelectMany(e => Convert.FromBase64String(e.Text("audio"))), Is.EqualTo(await plain.Content.ReadAsByteArrayAsync()));
    }

    [Test]
    public async Task Speech_WithASpeed_IsThatMuchShorter()
    {
        using var normal = await PostAsync(new { input = Text, response_format = "pcm" });
        using var fast = await PostAsync(new { input = Text, response_format = "pcm", speed = 1.5 });

        Assert.That((await fast.Content.ReadAsByteArrayAsync()).Length * 1.5 / (await normal.Content.ReadAsByteArrayAsync()).Length, Is.EqualTo(1).Within(0.05));
    }

    [Test]
    public async Task Speech_OfAVoiceByName_IsThatVoice()
    {
        using var response = await PostAsync(new { input = Text, voice = "fi_FI-aino-tiny", response_format = "wav" });

        Assert.That((await server.GetAsync($"/api/v1/tts/{response.Headers.GetValues("X-Conversion-Id").Single()}")).Text("voice"), Is.EqualTo("fi_FI-aino-tiny"));
    }

    [TestCase("""{"model":"tts-1","voice":"alloy"}""", "input")]
    [TestCase("""{"input":"Hei.","voice":"nobody","response_format":"wav"}""", "voice")]
    [TestCase("""{"input":"Hei.","speed":4,"response_format":"wav"}""", "speed")]
    [TestCase("""{"input":"Hei.","response_format":"ogg"}""", "response_format")]
    [TestCase("""{"input":"<speak><audio/></speak>","response_format":"wav"}""", "input")]
    public async Task Speech_OfWhatIsNotValid_NamesTheField(string body, string field)
    {
        using var response = await server.Http.PostAsync(Path, new StringContent(body, null, "application/json"));

        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.That((int)response.StatusCode, Is.EqualTo(422), problem.ToJsonString());
        Assert.That(problem["errors"]![0]!.Text("field"), Is.EqualTo(field));
    }

    [Test]
    public async Task Speech_ThatNobodyListensToAnyMore_IsSpokenAllTheSame()
    {
        var text = $"Kesken jäävä. {Text}";
        slow.HoldAfterFirst(text);
        using (var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(new { input = text, response_format = "wav" }) })
        using (var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            await (await response.Content.ReadAsStreamAsync()).ReadExactlyAsync(new byte[1000]);
        }

        slow.Release();
        var id = (await server.SubmitAsync(text)).Text("conversion_id");
        Assert.That((await server.EndedAsync(id)).Text("status"), Is.EqualTo("done"));
    }

    /// <summary>Of a WAV whose header does not know its length.</summary>
    private static float[] Samples(byte[] wav) => [.. wav.Skip(44).Chunk(2).Select(b => BitConverter.ToInt16(b) / 32768f)];

    private async Task<HttpResponseMessage> PostAsync(object body)
    {
        var response = await server.Http.PostAsJsonAsync(Path, body);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
        return response;
    }

    /// <summary>Waits behind the first sentence of one text until it is released.</summary>
    private sealed class SlowAfterFirst : SynthesizerDecorator, IDisposable
    {
        private readonly ManualResetEventSlim released = new(initialState: true);
        private volatile string? text;

        public bool Held { get; private set; }

        public void HoldAfterFirst(string of)
        {
            released.Reset();
            Held = false;
            text = of;
        }

        public void Release() => released.Set();

        public void Dispose() => released.Dispose();

        public override SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken) => Real.Speak(
            request,
            wav,
            spoken =>
            {
                progress(spoken);
                if (request.Text == text)
                {
                    Held = true;
                    released.Wait(cancellationToken);
                }
            },
            cancellationToken);
    }
}
