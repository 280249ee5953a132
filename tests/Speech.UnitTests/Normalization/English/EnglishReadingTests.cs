namespace Dictation.Speech.UnitTests.Normalization.English;

/// <summary>What the readings' tables do not hold: neighbours of their examples that must be read otherwise.</summary>
[TestFixture]
public sealed class EnglishReadingTests
{
    private static readonly TextNormalizers Normalizers = new();

    [TestCase("We may 5 times march 5 miles.", "We may five times march five miles.")]
    [TestCase("Sun and Sat are up.", "Sun and Sat are up.")]
    [TestCase("No. 5 is alive. No. He is not.", "number five is alive. No. He is not.")]
    [TestCase("Visit St. James on Elm St. It is near.", "Visit Saint James on Elm Street. It is near.")]
    [TestCase("Dr. Oak lives at 12 Oak Dr.", "Doctor Oak lives at twelve Oak Drive.")]
    [TestCase("Tell us. THIS IS FOR ALL OF US.", "Tell us. THIS IS FOR ALL OF US.")]
    [TestCase("Vitamin C and Malcolm X", "Vitamin C and Malcolm X")]
    [TestCase("1800 people in 1800", "eighteen hundred people in eighteen hundred")]
    [TestCase("“room 7” he said", "room seven he said")]
    [TestCase("a 12\" pipe", "a twelve inch pipe")]
    [TestCase("-€5", "minus five euros")]
    [TestCase("from $1 to $2,000.50", "from one dollar to two thousand dollars fifty cents")]
    [TestCase("Come at 5 p.m. tomorrow. I left at 5 p.m. We met.", "Come at five P M tomorrow. I left at five P M. We met.")]
    [TestCase("1.1.1.1", "one dot one dot one dot one")]
    [TestCase("2,5", "two, five")]
    [TestCase("Well... I see.", "Well. I see.")]
    public void Normalize_Neighbours_AreReadByWhatStandsBesideThem(string text, string spoken) =>
        Assert.That(Normalizers.For("en", voiceReadsDigits: false).Normalize(text).Text, Is.EqualTo(spoken));

    [TestCase("Say [[həlˈoʊ]] to St. James St. 5.", "Say [[həlˈoʊ]] to Saint James Street five.")]
    [TestCase("He came 1st, at 3:45 p.m., e.g. by a@b.org.", "He came first, at three forty-five P M, for example by a at b dot org.")]
    public void Normalize_VoiceWithAPhonemizer_IsReadTheSame(string text, string spoken) =>
        Assert.That(Normalizers.For("en", voiceReadsDigits: true).Normalize(text).Text, Is.EqualTo(spoken));

    [Test]
    public void Normalize_Emoji_IsNamedAsUnspoken() =>
        Assert.That(Normalizers.For("en", voiceReadsDigits: false).Normalize("Hi 😀").Unspoken, Has.Count.EqualTo(1));
}
