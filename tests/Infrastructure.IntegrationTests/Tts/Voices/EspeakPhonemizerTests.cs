using Dictation.Infrastructure.Tts.Voices;
using Dictation.Listening;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

[NonParallelizable]
public sealed class EspeakPhonemizerTests
{
    [OneTimeSetUp]
    public void NeedEspeak() => Espeak.Require();

    [Test]
    public void Read_FromManyThreads_IsAsFromOne()
    {
        string[] texts = [.. FinnishSentences.Plain];
        string[] alone = [.. texts.Select((t, i) => Phonemes(i % 2 == 0 ? "fi" : "sv", t))];

        var together = new string[texts.Length];
        Parallel.For(0, texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Phonemes(i % 2 == 0 ? "fi" : "sv", texts[i]));

        Assert.That(together, Is.EqualTo(alone));
    }

    // Written down from the program espeak-ng 1.51, "espeak-ng -q --ipa".
    [TestCase("fi", "hyvää huomenta", "hˈyvæː hˈuomenta")]
    [TestCase("sv", "hej på dig", "hˈɛj poː dˈɛj")]
    [TestCase("en-gb", "bath", "bˈaθ", Description = "no file is called so")]
    [TestCase("fr-fr", "bonjour", "bɔ̃ʒˈuʁ")]
    public void Read_Words_IsEspeaks(string voice, string text, string expected) => Assert.That(Phonemes(voice, text), Is.EqualTo(expected));

    [Test]
    public void Read_AVoiceThatIsNotThere_Throws() =>
        Assert.That(() => Phonemes("tlh-none", "a"), Throws.TypeOf<VoiceException>().With.Message.Contains("tlh-none"));

    [TestCase("Well... I know (it). \"Ok?\" X", "Well... |I know (it). |\"Ok?|\" X")]
    [TestCase("a, b; c", "a, |b; |c")]
    [TestCase("Häät, ä. Ö", "Häät, |ä. |Ö")]
    public void Read_SeveralClauses_CoverTheText(string text, string clauses)
    {
        var read = EspeakNg.Read("en-us", text);

        Assert.Multiple(() =>
        {
            Assert.That(string.Join('|', read.Select(c => text[c.Start..c.End])), Is.EqualTo(clauses));
            Assert.That(read.Zip(read.Skip(1)).All(p => p.First.End == p.Second.Start));
        });
    }

    /// <summary>
    /// A text that ends in two dots leaves one behind in espeak-ng 1.51; a control character switches its reading of punctuation; and some of these
    /// texts crash it now and then.
    /// </summary>
    [Test]
    public void Tokenize_WhateverWasReadBefore_SaysTheSame()
    {
        var english = new PiperTokenizer(Phonemes(), EspeakPhonemizer.For("en-us"));
        string[] probes = ["Hello there, world. It is 5 p.m. now (yes) X", "a", "B. C", "[1] \"quoted\" text: fine; ok!"];
        var expected = probes.Select(p => english.Tokenize(p).Ids).ToList();
        string[] odd =
        [
            "..", "a..", "\u0001B1 ", "\u000140S fast", "\u0001Vfr hi", "\u0001", "<speak><say-as interpret-as=\"characters\">abc", "<audio>", "&#x", "[[h", "…",
            "\uE000\uE03C", "\uFFFE", "\uD800", new string('x', 5000), new string('1', 900), string.Concat(Enumerable.Repeat(". ", 900)), "?!?!", "\"", "", " ", "\n\n", "¿", "a ¿", "\u055E",
        ];
        var random = Seed.Random(20);
        const string Alphabet = "aB1 .,;:?!…–—\"'()[]<>&#/*@-\n\t¿¡।。\u0001\u00ADéا\u05BC";
        var texts = odd.Concat(Enumerable.Range(0, 400).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])])));
        var count = 0;
        foreach (var text in texts)
        {
            foreach (var voice in (string[])["en-us", "ar", "hu"])
            {
                new PiperTokenizer(Phonemes(), EspeakPhonemizer.For(voice)).Tokenize(text);
                var probe = count++ % probes.Length;
                Assert.That(english.Tokenize(probes[probe]).Ids, Is.EqualTo(expected[probe]), $"after {voice}: {text}");
            }
        }
    }

    [TestCase("ar", "\u0627\u0644\u0631\u0650\u0651\u0633\u0627\u0644\u064E\u0629\u064E", "\u0627\u0644\u0631\u0651\u0650\u0633\u0627\u0644\u064E\u0629\u064E")]
    [TestCase("he", "\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD", "\u05E9\u05DC\u05D5\u05DD")]
    public void Tokenize_VowelMarks_AreReadAsEspeakDoesBest(string voice, string text, string best)
    {
        var tokenizer = new PiperTokenizer(Phonemes(), EspeakPhonemizer.For(voice));

        Assert.That(tokenizer.Tokenize(text).Ids, Is.EqualTo(tokenizer.Tokenize(best).Ids));
    }

    [TestCase("fi_FI", "moi")]
    [TestCase("no_NO", "hei")]
    [TestCase("pt-BR", "olá")]
    [TestCase("zh_CN", "你好")]
    [TestCase("sv", "hej")]
    public void ForLanguage_OfALocale_FindsTheVoice(string language, string text) => Assert.That(EspeakPhonemizer.ForLanguage(language).Read(text), Is.Not.Empty);

    [Test]
    public void ForLanguage_ThatNobodySpeaks_Throws() =>
        Assert.That(() => EspeakPhonemizer.ForLanguage("tlh"), Throws.TypeOf<VoiceException>().With.Message.Contains("espeak.voice"));

    private static PiperPhonemes Phonemes() => new(
        "_^$ .,:;?!abcdefghijklmnopqrstuvwxyzˈˌːɪʊəɚɛɜæɑɐɔʌθðʃʒŋɹɾʔħ".Select((c, i) => (c, i)).ToDictionary(p => p.c.ToString(), p => new[] { (long)p.i }),
        new Dictionary<string, string[]>(),
        []);

    private static string Phonemes(string voice, string text) => string.Join(' ', EspeakNg.Read(voice, text).Select(c => c.Phonemes.Trim()));

    [Test]
    public void Speak_BehindAnyReading_SoundsAsEver()
    {
        const string Text = "Hej på dig!";
        var alone = EspeakNg.Speak("sv", Text);
        foreach (var (voice, text) in Kokoro.KokoroFolder.Goldens.Select(g => ("en-us", g.Text)).Concat([("en-us", "\u0001450S fast"), ("en-us", "\u00019T deep"), ("ja", "こんにちは"), ("ar", "مرحبا"), ("zh", "你好"), ("en-us", "a ["), ("en-us", "x (y"), ("fi", "Privet Привет")]))
        {
            EspeakNg.Read(voice, text);
            Assert.That(EspeakNg.Speak("sv", Text), Has.Length.InRange(alone.Length * 0.9, alone.Length * 1.1), $"behind {text}");
        }
    }
}
