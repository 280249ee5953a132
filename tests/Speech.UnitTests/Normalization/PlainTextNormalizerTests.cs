using Dictation.Speech.Normalization;

namespace Dictation.Speech.UnitTests.Normalization;

[TestFixture]
public sealed class PlainTextNormalizerTests
{
    [TestCase("sv", "Jag har 21 katter.", "Jag har tjugoett katter.")]
    [TestCase("en", "I have 21 cats — “black” ones…", "I have twenty-one cats, black ones.")]
    [TestCase("en-GB", "-5", "minus five")]
    [TestCase("en", "1,234 cats", "one thousand two hundred and thirty-four cats")]
    [TestCase("en", "It's 14:30", "It's fourteen thirty")]
    [TestCase("en", "007", "zero zero seven")]
    [TestCase("ru", "-5", "минус пять")]
    [TestCase("de", "3,14 und 1.234", "drei Komma eins vier und eintausendzweihundertvierunddreißig")]
    [TestCase("fr", "3,14", "trois virgule quatorze")]
    [TestCase("en", "a\u00A0b\r\n\r\nc", "a b\nc")]
    [TestCase("en", "5 €", "five €")]
    [TestCase("en", "Hi 😀 there", "Hi there")]
    [TestCase("ja", "猫。犬", "猫. 犬")]
    public void Normalize_Language_SaysWhatItKnows(string language, string text, string spoken) =>
        Assert.That(new PlainTextNormalizer(language).Normalize(text).Text, Is.EqualTo(spoken));

    [TestCase("ko", "21 개")]
    [TestCase("ko", "3.14")]
    [TestCase("nosuchlanguage!", "21")]
    [TestCase("", "21")]
    public void Normalize_NoNumberWords_LeavesDigitsToAVoiceThatReadsThem(string language, string text) =>
        Assert.That(new PlainTextNormalizer(language, voiceReadsDigits: true).Normalize(text).Text, Is.EqualTo(text));

    [Test]
    public void Normalize_NoNumberWords_NamesDigitsThatNobodyReads()
    {
        var spoken = new PlainTextNormalizer("sw").Normalize("Nina miaka 25.");

        Assert.Multiple(() =>
        {
            Assert.That(spoken.Text, Is.EqualTo("Nina miaka."));
            Assert.That(spoken.Unspoken, Is.EqualTo(new[] { new UnspokenSpan(11, 2, UnspokenReason.NoNumberWords) }));
        });
    }

    [Test]
    public void Normalize_SignWithoutAName_IsNamed() =>
        Assert.That(new PlainTextNormalizer("sw").Normalize("Habari 😀").Unspoken, Is.EqualTo(new[] { new UnspokenSpan(7, 2, UnspokenReason.NoReading) }));

    [TestCase("de", "Dr. Weber kommt, z.B. am 3. Mai. Dann geht er.", 2)]
    [TestCase("fr", "M. Dupont habite av. Foch. Il est là.", 2)]
    [TestCase("es", "La Sra. García vive aquí. ¿Y usted?", 2)]
    [TestCase("it", "Il sig. Rossi e la dott.ssa Bianchi. Ecco.", 2)]
    [TestCase("nl", "Dhr. Jansen, d.w.z. Piet. Hij slaapt.", 2)]
    [TestCase("pl", "Mieszka przy ul. Długiej. Jest tam.", 2)]
    [TestCase("ru", "Он жил на ул. Ленина. Потом уехал.", 2)]
    public void Normalize_Abbreviation_EndsNoSentence(string language, string text, int sentences) =>
        Assert.That(new PlainTextNormalizer(language).Normalize(text).SentenceEnds, Has.Count.EqualTo(sentences));
}
