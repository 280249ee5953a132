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
    [TestCase("ko", "21 개", "21 개")]
    [TestCase("ko", "3.14", "3.14")]
    [TestCase("nosuchlanguage!", "21", "21")]
    [TestCase("", "21", "21")]
    [TestCase("en", "a\u00A0b\r\n\r\nc", "a b\nc")]
    [TestCase("en", "5 €", "five €")]
    [TestCase("en", "Hi 😀 there", "Hi there")]
    [TestCase("ja", "猫。犬", "猫. 犬")]
    public void Normalize_Language_SaysWhatItKnows(string language, string text, string spoken) =>
        Assert.That(new PlainTextNormalizer(language).Normalize(text).Text, Is.EqualTo(spoken));
}
