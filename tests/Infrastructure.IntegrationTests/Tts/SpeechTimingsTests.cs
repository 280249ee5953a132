using Dictation.Domain.Tts;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Listening;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>Whether what the timings say is heard there is heard there: the recogniser listens to what is cut out by them.</summary>
[NonParallelizable]
public class SpeechTimingsTests
{
    private static readonly string Text = string.Join(' ', FinnishSentences.Plain);

    private SpeechTestBed _speech = null!;
    private SpeechTranscriber _transcriber = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _speech = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, VoicesDirectory = SpeechTestBed.PiperDirectory });
        _transcriber = new SpeechTranscriber();
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        _transcriber.Dispose();
        _speech.Dispose();
    }

    [Test]
    public void Sentences_CutOut_AreHeardWhole()
    {
        var (wav, result) = _speech.Speak(Text);

        Assert.That(result.Timings.Sentences.Select(s => Slice(Text, s)), Is.EqualTo(FinnishSentences.Plain));
        var rate = _transcriber.ErrorRate(FinnishSentences.Plain, [.. result.Timings.Sentences.Select(s => Cut(wav, s.Start - 0.05, s.End + 0.05))]);
        Assert.That(rate, Is.LessThanOrEqualTo(SpeechTranscriber.MaxCharacterErrorRate));
    }

    // Half a sentence at a time: single words are too short for the recogniser to be sure of.
    [Test]
    public void Words_CutOut_AreHeardWhereTheModelSays()
    {
        var (wav, result) = _speech.Speak(Text);
        var halves = Halves(result.Timings);

        var rate = _transcriber.ErrorRate([.. halves.Select(h => string.Join(' ', h.Select(w => Slice(Text, w))))], [.. halves.Select(h => Cut(wav, h[0].Start - 0.02, h[^1].End + 0.02))]);

        Assert.Multiple(() =>
        {
            Assert.That(result.Timings.Estimated, Is.False);
            Assert.That(rate, Is.LessThanOrEqualTo(0.08), "a cut takes a little from the sounds on both sides");
        });
    }

    [Test]
    public void Words_OfAVoiceThatDoesNotTell_AreEstimatedNearby()
    {
        Voices.Espeak.Require();

        var exact = _speech.Speak(Text, SpeechTestBed.NetworkRate).Result.Timings;
        var estimated = _speech.Speak(Text, voice: "fi_FI-aino-piper").Result.Timings;

        // The two are one network; their sentences last nearly alike, and begin at other times.
        Assert.That(estimated.Estimated);
        Assert.That(estimated.Words.Select(w => w.Text), Is.EqualTo(exact.Words.Select(w => w.Text)));
        var off = exact.Words.Zip(estimated.Words, (a, b) => Math.Abs((a.Start - SentenceStart(exact, a)) - (b.Start - SentenceStart(estimated, b)))).ToList();
        TestContext.Out.WriteLine($"Off by {off.Average():F3} s on average, {off.Max():F3} s at most");
        Assert.That(off.Average(), Is.LessThan(0.1));
    }

    [TestCase("Hinta on 25 % eli 12,50 €!", new[] { "Hinta", "on", "25", "%", "eli", "12,50", "€" })]
    [TestCase("  \"Hei\", sanoi (hän) – ja lähti...  ", new[] { "Hei", "sanoi", "hän", "ja", "lähti" })]
    [TestCase("Äiti\nlähti 😀 kotiin", new[] { "Äiti", "lähti", "kotiin" })]
    [TestCase("<speak>Tom &amp; <prosody rate=\"slow\">Jerry &#228;iti</prosody></speak>", new[] { "Tom", "&amp;", "Jerry", "&#228;iti" })]
    [TestCase("Hei.[pause:1s]Taas hei.", new[] { "Hei", "Taas", "hei" })]
    public void Words_OfAnyText_AreItsOwnWords(string text, string[] words)
    {
        var timings = _speech.Speak(text).Result.Timings;

        Assert.That(timings.Words.Select(w => Slice(text, w)), Is.EqualTo(words));
    }

    [Test]
    public void Sentences_OfAnyText_AreItsOwn()
    {
        const string Quoted = "Hän kysyi: \"Tuletko?\" \"En\", vastasin. (Oli jo yö.)\n\nUusi kappale";

        var timings = _speech.Speak(Quoted).Result.Timings;

        Assert.That(timings.Sentences.Select(s => Slice(Quoted, s)), Is.EqualTo(new[] { "Hän kysyi: \"Tuletko?\"", "\"En\", vastasin.", "(Oli jo yö.)", "Uusi kappale" }));
    }

    [Test]
    public void Spans_OfGeneratedTexts_RiseAndLieWithin()
    {
        var random = Seed.Random(6);
        string[] pieces = ["hei", " ", ", ", ". ", "! ", "12", " 3.5. ", "€", "%", "äö", "\n", "(", ")", "\"", "😀", "e\u0301", "-", "[pause:100ms]", "www.a.fi", "EU:n", " klo 14.30 ", "\uD83D"];
        for (var round = 0; round < 150; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => pieces[random.Next(pieces.Length)]));
            SynthesisResult result;
            try
            {
                result = _speech.Speak(text).Result;
            }
            catch (NothingSpeakableException)
            {
                continue;
            }

            var runes = text.EnumerateRunes().Count();
            foreach (var spans in new[] { result.Timings.Sentences, result.Timings.Words })
            {
                Assert.That(spans.Count > 0, Is.EqualTo(result.Timings.Sentences.Count > 0), text);
                foreach (var (before, span) in spans.Prepend(new SpokenSpan(new(0, 0), 0, 0)).Zip(spans))
                {
                    Assert.That(span.Text.Start, Is.GreaterThanOrEqualTo(before.Text.End), text);
                    Assert.That(span.Text.End, Is.GreaterThan(span.Text.Start).And.LessThanOrEqualTo(runes), text);
                    Assert.That(span.Start, Is.GreaterThanOrEqualTo(before.Start), text);
                    Assert.That(span.End, Is.GreaterThanOrEqualTo(span.Start).And.LessThanOrEqualTo(result.Duration), text);
                }
            }
        }
    }

    private static List<List<SpokenSpan>> Halves(SpeechTimings timings) => [.. timings.Sentences
        .Select(s => timings.Words.Where(w => w.Text.Start >= s.Text.Start && w.Text.End <= s.Text.End).ToList())
        .SelectMany(words => words.Chunk(Math.Max(1, (words.Count + 1) / 2)))
        .Where(half => half.Sum(w => w.Text.End - w.Text.Start) >= 10)
        .Select(half => half.ToList())];

    private static double SentenceStart(SpeechTimings timings, SpokenSpan word) => timings.Sentences.Last(s => s.Text.Start <= word.Text.Start).Start;

    private static float[] Cut(WavFile wav, double from, double to) =>
        wav.Samples[(int)(Math.Max(0, from) * 16000)..Math.Min(wav.Samples.Length, (int)(to * 16000))];

    private static string Slice(string text, SpokenSpan span) =>
        string.Concat(text.EnumerateRunes().Skip(span.Text.Start).Take(span.Text.End - span.Text.Start).Select(r => r.ToString()));
}
