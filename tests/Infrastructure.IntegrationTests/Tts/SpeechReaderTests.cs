using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Speech;
using Dictation.Speech.Lexicons;
using Dictation.Speech.Markup;
using Dictation.Speech.Reading;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

public sealed class SpeechReaderTests
{
    private const string Piper = "fi_FI-aino-piper";

    private static readonly TtsOptions Options = new() { Device = OnnxDevice.Cpu, VoicesDirectory = SpeechTestBed.PiperDirectory };

    private SpeechTestBed _speech = null!;
    private SpeechReader _reader = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        _speech = new SpeechTestBed(Options);
        _reader = new SpeechReader(_speech.Catalog, new TextNormalizers(), Options);
    }

    [OneTimeTearDown]
    public void TearDown() => _speech.Dispose();

    [TestCase("Hei! Lippu maksaa 5 €, ja juna lähtee klo 14.30. Привет.")]
    [TestCase("– Tule.\n\n– En tule.")]
    [TestCase("<speak>Yksi <prosody rate=\"150%\">kaksi</prosody>. <break time=\"1s\"/><say-as interpret-as=\"characters\">abc</say-as></speak>")]
    public void Read_Text_HasTheSegmentsAndGapsOfTheSpeech(string text)
    {
        var reading = _reader.Read(text, "fi", SpeechTestBed.VoiceName, ReadingOptions.Default);
        var spoken = _speech.Speak(text).Result;
        Assert.That(reading.Segments, Has.Count.EqualTo(spoken.Segments));
        Assert.That(reading.Unspoken, Is.EqualTo(spoken.Notes?.Unspoken ?? []));
        Assert.That(reading.Segments.Select(s => s.Sentence).Distinct().Count(), Is.EqualTo(spoken.Timings.Sentences.Count));
    }

    [Test]
    public void Speak_WrittenAnotherWay_IsTheSameToTheByte()
    {
        var lexicon = ReadingOptions.Default with { Lexicon = [new LexiconEntry("EU", "Euroopan unioni")] };
        var hashes = new[] { ("Nyt EU maksaa 5 €.", lexicon), ("Nyt Euroopan unioni maksaa viisi euroa.", ReadingOptions.Default) }
            .Select(t => _speech.Synthesizer.Speak(SpeechTestBed.Request(t.Item1) with { Reading = t.Item2 }, new MemoryStream(), _ => { }, default).AudioHash);
        Assert.That(hashes.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Read_PhonemesOfALexicon_AreSaidByAVoiceThatTakesThem()
    {
        Voices.Espeak.Require();
        var options = ReadingOptions.Default with { Lexicon = [new LexiconEntry("salsa", null, "t\"AA", PhonemeAlphabet.XSampa)] };
        var segment = _reader.Read("Hei salsa", "fi", Piper, options).Segments.Single();
        Assert.That((_speech.Catalog.Find(Piper)!.TakesPhonemes, _speech.Catalog.Find(SpeechTestBed.VoiceName)!.TakesPhonemes), Is.EqualTo((true, false)));
        Assert.That(segment.Normalized, Is.EqualTo("Hei [[tˈɑɑ]]"));
        Assert.That(string.Concat(segment.Tokens), Does.EndWith(" tˈɑɑ"));

        var audio = new[] { ("Hei salsa", options), ("Hei [[tˈɑɑ]]", ReadingOptions.Default) }
            .Select(t => _speech.Synthesizer.Speak(SpeechTestBed.Request(t.Item1, voice: Piper) with { Reading = t.Item2 }, new MemoryStream(), _ => { }, default).AudioHash);
        Assert.That(audio.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Read_WithoutAVoice_HasTheLettersOfTheWords()
    {
        Assert.That((_reader.Reads("fi"), _reader.Reads("xx")), Is.EqualTo((true, false)));
        var segment = _reader.Read("Noin 2 €", "fi", null, ReadingOptions.Default).Segments.Single();
        Assert.That((segment.Normalized, string.Concat(segment.Tokens)), Is.EqualTo(("Noin kaksi euroa", "Noin kaksi euroa")));
    }

    [Test]
    public void Read_InAFormat_IsParsedSo() => Assert.That(
        () => _reader.Read("ei merkintää", "fi", null, ReadingOptions.Default with { Format = InputFormat.Ssml }), Throws.TypeOf<SpeechMarkupException>());

    [Test]
    public void Read_TheLongestText_IsQuick()
    {
        var text = string.Concat(Enumerable.Repeat("Juna lähtee klo 14.30 ja maksaa 12,50 €. ", 243));
        var fastest = Enumerable.Range(0, 20).Min(_ =>
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            _reader.Read(text, "fi", SpeechTestBed.VoiceName, ReadingOptions.Default);
            return System.Diagnostics.Stopwatch.GetElapsedTime(began);
        });
        TestContext.Out.WriteLine($"{text.Length} characters: {fastest.TotalMilliseconds:0.0} ms");
        Assert.That(fastest, Is.LessThan(TimeSpan.FromMilliseconds(200)));
    }
}
