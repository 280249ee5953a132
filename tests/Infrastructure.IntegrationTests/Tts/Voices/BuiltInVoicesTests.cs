using Dictation.Listening;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>The voices that travel with the program.</summary>
public sealed class BuiltInVoicesTests
{
    private const string Text = "Hyvää huomenta kaikille, tänään mennään marjametsään.";

    private SpeechTestBed _speech = null!;

    [OneTimeSetUp]
    public void SetUp() => _speech = new SpeechTestBed();

    [OneTimeTearDown]
    public void TearDown() => _speech.Dispose();

    /// <summary>The figures are those of the voices' cards: a diphone voice of a woman, and one of a man at 45 to 120 Hz.</summary>
    [Test]
    public void Speak_EachVoice_IsAsHighAsItsCardSays()
    {
        var (female, male) = (SpeechPitch.Median(_speech.Speak(Text).Wav.Samples), SpeechPitch.Median(_speech.Speak(Text, voice: SpeechTestBed.MaleVoiceName).Wav.Samples));

        TestContext.Out.WriteLine($"{female:F0} and {male:F0} Hz");
        Assert.Multiple(() =>
        {
            Assert.That(female, Is.InRange(140, 260));
            Assert.That(male, Is.InRange(45, 120));
        });
    }

    /// <summary>At a pace of 0.85 they read about 13.7 characters a second, say the cards.</summary>
    [TestCase(SpeechTestBed.VoiceName)]
    [TestCase(SpeechTestBed.MaleVoiceName)]
    public void Speak_EachVoice_KeepsItsStatedPace(string voice)
    {
        var (wav, result) = _speech.Speak(Text, voice: voice);

        Assert.Multiple(() =>
        {
            Assert.That(Text.Length / result.Duration, Is.InRange(11, 16));
            Assert.That(result.Timings.Estimated, Is.False);
            Assert.That(wav.Samples.Max(Math.Abs), Is.InRange(0.2, 1));
        });
    }
}
