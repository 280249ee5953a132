using Dictation.Listening;
using Dictation.Speech.Audio;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Audio;

/// <summary>Stretched speech, as the recogniser understands it.</summary>
public sealed class TimeStretchOfSpeechTests
{
    private const int SampleRate = 16_000;

    // The recogniser knows speech from 0.82 to 1.2 times its normal pace.
    [TestCase(0.85)]
    [TestCase(1.15)]
    public void Apply_OfSpeech_IsUnderstood(double rate)
    {
        using var speech = new SpeechTestBed();
        using var transcriber = new SpeechTranscriber();
        float[][] spoken = [.. FinnishSentences.Plain.Select(s => TimeStretch.Apply(speech.Speak(s, SpeechTestBed.NetworkRate).Wav.Samples, SampleRate, rate))];

        Assert.That(transcriber.ErrorRate(FinnishSentences.Plain, spoken), Is.LessThanOrEqualTo(0.06));
    }
}
