using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary><c>en_US-joe-medium</c> as it is published, from a text to sound.</summary>
[NonParallelizable]
public sealed class RealPiperVoiceTests
{
    private const string Name = "en_US-joe-medium";

    private TemporaryDirectory _directory = null!;
    private SpeechTestBed _speech = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        var published = TestVoices.Folder;
        Espeak.Require();
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, Name)).FullName;
        foreach (var file in (string[])[$"{Name}.onnx", $"{Name}.onnx.json", "MODEL_CARD"])
        {
            File.Copy(Path.Combine(published, file), Path.Combine(folder, file));
        }

        _speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = _directory.Path });
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        _speech?.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void Voices_ThePublishedFolder_IsDescribed()
    {
        var voice = _speech.Catalog.Find(Name)!;

        Assert.That((voice.Language, voice.SampleRate, voice.Licence, voice.Speakers.Count), Is.EqualTo(("en", 22050, "CC0", 0)));
    }

    [Test]
    public void Speak_WhatEspeakReadsByItself_TellsWhenEachWordIsHeard()
    {
        const string Text = "He came 1st, at 3:45 p.m., e.g. by example.com... then [[həlˈoʊ]] 25 times.";

        var result = Speak(Text);

        Assert.Multiple(() =>
        {
            Assert.That(result.Timings.Estimated, Is.False);
            Assert.That(
                result.Timings.Words.Select(w => Text[w.Text.Start..w.Text.End]),
                Is.EqualTo(new[] { "He", "came", "1st", "at", "3:45", "p.m", "e.g", "by", "example.com", "then", "həlˈoʊ", "25", "times" }));
            Assert.That(result.Timings.Sentences, Has.Count.EqualTo(1));
            Assert.That(result.Timings.Words.Zip(result.Timings.Words.Skip(1)).All(p => p.Second.Start >= p.First.End - 0.001 && p.First.End > p.First.Start));
            Assert.That(result.Notes, Is.Null);
        });
    }

    private SynthesisResult Speak(string text)
    {
        using var stream = new MemoryStream();
        return _speech.Synthesizer.Speak(new SynthesisRequest(text, "en", Name, 1), stream, _ => { }, CancellationToken.None);
    }
}
