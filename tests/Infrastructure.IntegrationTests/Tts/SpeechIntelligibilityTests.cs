using System.Diagnostics;
using Dictation.Listening;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>What is spoken is what was asked for: the recogniser writes it down again.</summary>
public class SpeechIntelligibilityTests
{
    private SpeechTestBed _speech = null!;
    private SpeechTranscriber _transcriber = null!;
    private float[][] _spoken = null!;
    private double _realTimeFactor;

    [OneTimeSetUp]
    public void SpeakAll()
    {
        _speech = new SpeechTestBed();
        _transcriber = new SpeechTranscriber();
        _speech.Synthesizer.Preload(SpeechTestBed.VoiceName);
        var clock = Stopwatch.StartNew();
        _spoken = [.. FinnishSentences.Plain.Select(sentence => _speech.Speak(sentence).Wav.Samples)];
        var seconds = _spoken.Sum(samples => samples.Length) / 16000.0;
        _realTimeFactor = clock.Elapsed.TotalSeconds / seconds;
    }

    [OneTimeTearDown]
    public void Release()
    {
        _transcriber.Dispose();
        _speech.Dispose();
    }

    [Test]
    public void Speak_VariedSentences_IsUnderstood() => Assert.That(ErrorRate(_spoken), Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));

    [Test]
    public void Speak_VariedSentences_IsFasterThanListening()
    {
        TestContext.Out.WriteLine($"Real-time factor {_realTimeFactor:F4}");

        Assert.That(_realTimeFactor, Is.LessThan(1));
    }

    [Test]
    public void Speak_ManySentencesInOneText_IsUnderstood()
    {
        var text = string.Join(' ', FinnishSentences.Plain);

        var rate = ErrorRate([text], [_speech.Speak(text).Wav.Samples]);

        Assert.That(rate, Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
    }

    [Test]
    public void Speak_NumbersDatesAndAbbreviations_IsUnderstoodAsWords()
    {
        float[][] spoken = [.. FinnishSentences.Written.Select(sentence => _speech.Speak(sentence.Written).Wav.Samples)];

        Assert.That(ErrorRate([.. FinnishSentences.Written.Select(sentence => sentence.Spoken)], spoken), Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
    }

    // The recogniser was trained on speech between 0.82 and 1.2 times its normal pace, and errs more towards the ends of that range.
    [TestCase(0.9 * SpeechTestBed.NetworkRate)]
    [TestCase(1.1 * SpeechTestBed.NetworkRate)]
    public void Speak_OtherRate_IsUnderstood(double rate)
    {
        float[][] spoken = [.. FinnishSentences.Plain.Select(sentence => _speech.Speak(sentence, rate).Wav.Samples)];

        Assert.That(ErrorRate(spoken), Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
    }

    [Test]
    public void ErrorRate_NoiseInsteadOfSpeech_FailsTheCheck()
    {
        var random = Seed.Random(1);
        float[][] noise = [.. _spoken.Select(samples => samples.Select(_ => (float)(random.NextDouble() - 0.5)).ToArray())];

        Assert.That(ErrorRate(noise), Is.GreaterThan(SpeechTranscriber.MaxCharacterErrorRate));
    }

    [Test]
    public void ErrorRate_LastThirdMissing_FailsTheCheckForEverySentence()
    {
        double[] rates = [.. FinnishSentences.Plain.Zip(_spoken, (sentence, samples) => ErrorRate([sentence], [samples[..(samples.Length * 2 / 3)]]))];

        Assert.That(rates, Is.All.GreaterThan(SpeechTranscriber.MaxCharacterErrorRate));
    }

    [Test]
    public void ErrorRate_AudioOfTheNextSentence_FailsTheCheckForEverySentence()
    {
        double[] rates = [.. FinnishSentences.Plain.Select((sentence, i) => ErrorRate([sentence], [_spoken[(i + 1) % _spoken.Length]]))];

        Assert.That(rates, Is.All.GreaterThan(SpeechTranscriber.MaxCharacterErrorRate));
    }

    private double ErrorRate(float[][] spoken) => ErrorRate(FinnishSentences.Plain, spoken);

    private double ErrorRate(string[] sentences, float[][] spoken) => _transcriber.ErrorRate(sentences, spoken);
}
