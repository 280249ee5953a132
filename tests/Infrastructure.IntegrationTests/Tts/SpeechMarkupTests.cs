using Dictation.Listening;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>Pace and pauses as they come out in the audio.</summary>
[NonParallelizable]
public class SpeechMarkupTests
{
    private const string Sentence = "Aamulla satoi lunta ja koko piha peittyi valkoiseen vaippaan.";

    private SpeechTestBed _speech = null!;

    [OneTimeSetUp]
    public void SetUp() => _speech = new SpeechTestBed();

    [OneTimeTearDown]
    public void TearDown() => _speech.Dispose();

    [Test]
    public void SpeakingRate_ChangesTheDurationAndNotThePitch(
        [Values(0.5, 0.75, 1.5, 2.0)] double rate,
        [Values("Hyvää huomenta!", "Hyvää huomenta, tänään on kaunis päivä! Tuletko mukaan?")] string text)
    {
        var (normal, one) = _speech.Speak(text);
        var (changed, other) = _speech.Speak(text, rate);

        Assert.Multiple(() =>
        {
            Assert.That(other.Duration * rate / one.Duration, Is.EqualTo(1).Within(0.05));
            Assert.That(SpeechPitch.Median(changed.Samples) / SpeechPitch.Median(normal.Samples), Is.EqualTo(1).Within(0.05));
        });
    }

    // Of a single short word, what sounds on after it weighs more than five per cent.
    [TestCase(0.5)]
    [TestCase(2)]
    public void SpeakingRate_OfAShortWord_IsRightToAFewHundredths(double rate) =>
        Assert.That(_speech.Speak("Hei.", rate).Result.Duration, Is.EqualTo(_speech.Speak("Hei.").Result.Duration / rate).Within(0.06));

    [TestCase("Kissa nukkui.[pause:1.5s] Koira haukkui.", 1.5)]
    [TestCase("Kissa nukkui [pause:800ms] ja koira haukkui.", 0.8)]
    [TestCase("<speak>Kissa nukkui.<break time='2s'/>Koira haukkui.</speak>", 2)]
    [TestCase("<speak><s>Anna nauroi</s><break time='100ms'/><s>Lumi suli</s></speak>", 0.1)]
    [TestCase("<speak><p>Kissa nukkui</p><p>Koira haukkui</p></speak>", 0.7)]
    [TestCase("<speak><s>Kissa nukkui</s><s>Koira haukkui</s></speak>", 0.35)]
    public void Pause_IsAsLongAsTheTextAsks(string text, double seconds)
    {
        var timings = _speech.Speak(text).Result.Timings;
        var second = timings.Words[^2].Start - timings.Words[^3].End is var gap && timings.Words.Count == 4 ? gap : timings.Words[2].Start - timings.Words[1].End;

        var (wav, _) = _speech.Speak(text);
        Assert.Multiple(() =>
        {
            Assert.That(LongestSilence(wav), Is.EqualTo(seconds).Within(0.06));
            Assert.That(second, Is.EqualTo(seconds).Within(0.08));
        });
    }

    [Test]
    public void Pause_AtBothEnds_IsHeard()
    {
        var plain = _speech.Speak("Hei.").Result.Duration;

        Assert.That(_speech.Speak("[pause:1s]Hei.[pause:2s]").Result.Duration - plain, Is.EqualTo(3).Within(0.02));
    }

    [Test]
    public void Pause_IsNotScaledByTheRate() =>
        Assert.That(LongestSilence(_speech.Speak("Kissa nukkui.[pause:2s] Koira haukkui.", 2).Wav), Is.EqualTo(2).Within(0.06));

    [Test]
    public void Prosody_ChangesThePaceOfItsPartAlone()
    {
        var timings = _speech.Speak($"<speak><s>{Sentence}</s><s><prosody rate=\"50%\">{Sentence}</prosody></s><s>{Sentence}</s></speak>").Result.Timings.Sentences;

        var lengths = timings.Select(s => s.End - s.Start).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lengths[1] / lengths[0], Is.EqualTo(2).Within(0.1));
            Assert.That(lengths[2], Is.EqualTo(lengths[0]).Within(0.02));
        });
    }

    [Test]
    public void Prosody_InTheMiddleOfASentence_MakesNoPauseOfASentence()
    {
        var words = _speech.Speak("<speak>Kissa <prosody rate=\"90%\">nukkui</prosody> matolla.</speak>").Result.Timings.Words;

        Assert.That(words.Zip(words.Skip(1), (a, b) => b.Start - a.End), Is.All.LessThan(0.1));
    }

    [TestCase("<speak>Numero on <say-as interpret-as=\"digits\">2026</say-as>.</speak>", "numero on kaksi nolla kaksi kuusi")]
    [TestCase("<speak>Tunnus on <say-as interpret-as=\"characters\">Ak7</say-as>.</speak>", "tunnus on aa koo seitsemän")]
    public void SayAs_IsSpelledOut(string ssml, string heard)
    {
        using var transcriber = new SpeechTranscriber();

        var written = transcriber.Transcribe(_speech.Speak(ssml).Wav.Samples);

        TestContext.Out.WriteLine(written);
        Assert.That(EditDistance.Between(written.Replace(" ", ""), heard.Replace(" ", "")), Is.LessThanOrEqualTo(3));
    }

    private static double LongestSilence(WavFile wav)
    {
        const int Edge = 3000;
        int longest = 0, run = 0;
        foreach (var sample in wav.Pcm[Edge..^Edge])
        {
            run = Math.Abs((int)sample) < 60 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest / 16000.0;
    }
}
