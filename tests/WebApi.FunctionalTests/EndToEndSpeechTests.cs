using System.Text.Json.Nodes;
using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>From a client's text to the words that a listener writes down, over HTTP and back.</summary>
public sealed class EndToEndSpeechTests
{
    private readonly List<float[]> spoken = [];
    private SpeechTranscriber transcriber = null!;

    private static string[] Sentences => [.. FinnishSentences.Plain, .. FinnishSentences.Written.Select(s => s.Spoken)];

    [OneTimeSetUp]
    public async Task SpeakAsync()
    {
        transcriber = new SpeechTranscriber();
        await using var server = new DictationServer();
        var texts = FinnishSentences.Plain.Concat(FinnishSentences.Written.Select(s => s.Written));
        var batch = await server.SendAsync(HttpMethod.Post, "/api/v1/tts/convert-multiple", new JsonObject { ["texts"] = new JsonArray([.. texts.Select(t => JsonValue.Create(t))]) }, 201);
        foreach (var id in batch["conversion_ids"]!.AsArray().Select(i => i!.GetValue<string>()))
        {
            var task = await server.EndedAsync(id);
            Assert.That(task.Text("status"), Is.EqualTo("done"), task.ToJsonString());
            spoken.Add(new WavFile(await server.GetBytesAsync(task.Text("audio_url"))).Samples);
        }
    }

    [OneTimeTearDown]
    public void Release() => transcriber.Dispose();

    [Test]
    public void DownloadedSpeech_OfVariedSentences_IsUnderstood()
    {
        Assert.That(spoken, Has.Count.GreaterThan(40));
        Assert.That(transcriber.ErrorRate(Sentences, spoken), Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
    }

    [Test]
    public void DownloadedSpeech_WhenCut_FailsTheCheck()
    {
        var cut = spoken.ConvertAll(s => s[..(s.Length * 2 / 3)]);
        Assert.That(transcriber.ErrorRate(Sentences, cut), Is.GreaterThan(SpeechTranscriber.MaxCharacterErrorRate));
    }

    [Test]
    public void DownloadedSpeech_WhenTwoAreSwapped_FailsTheCheck()
    {
        var swapped = spoken.Skip(1).Append(spoken[0]).ToList();
        Assert.That(transcriber.ErrorRate(Sentences, swapped), Is.GreaterThan(SpeechTranscriber.MaxCharacterErrorRate));
    }
}
