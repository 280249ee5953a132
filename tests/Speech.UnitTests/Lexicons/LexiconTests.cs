using Dictation.Speech.Lexicons;
using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Lexicons;

public sealed class LexiconTests
{
    private static readonly LexiconEntry[] Entries =
    [
        new("EU", "Euroopan unioni"),
        new("New York", "njuu jork"),
        new("New York City", "njuu jork siti"),
        new("York", "jork"),
        new("it", "ai tii", CaseSensitive: true),
        new("IT", "informaatiotekniikka", CaseSensitive: true),
        new("C++", "see plus plus"),
        new("café", "kahvila"),
        new("salsa", null, "ˈsɑlsɑ"),
        new("tapas", null, "\"tApAs", PhonemeAlphabet.XSampa),
    ];

    [TestCase("EU päätti.", "Euroopan unioni päätti.")]
    [TestCase("Ja eu:n EU!", "Ja Euroopan unioni:n Euroopan unioni!", Description = "Ignores case unless the entry says so.")]
    [TestCase("EUR, NEU, EU2, EÜ", "EUR, NEU, EU2, EÜ", Description = "Whole words only.")]
    [TestCase("EU\u0308", "EU\u0308", Description = "A mark belongs to its letter.")]
    [TestCase("New York City ja New York ja York", "njuu jork siti ja njuu jork ja jork", Description = "The longest, from the left.")]
    [TestCase("new\u00A0york", "njuu jork", Description = "Any white space.")]
    [TestCase("it IT It", "ai tii informaatiotekniikka It")]
    [TestCase("C++ ja C++:ssa", "see plus plus ja see plus plus:ssa")]
    [TestCase("cafe\u0301 café", "kahvila kahvila", Description = "Composed or not.")]
    [TestCase("salsa, tapas", "[[ˈsɑlsɑ]], [[ˈtɑpɑs]]")]
    [TestCase("[[EU]] EU [[", "[[EU]] Euroopan unioni [[", Description = "Phonemes of the text stay.")]
    [TestCase("", "")]
    public void Apply_Text_ReplacesWholeWords(string text, string expected) => Assert.That(Applied(text).Text, Is.EqualTo(expected));

    [Test]
    public void Apply_Offsets_PointToTheStartOfTheWord()
    {
        var part = Applied("a EU b");
        Assert.That(part.Offsets, Is.EqualTo(new[] { 0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 5 }));
    }

    [Test]
    public void Apply_RandomWords_KeepsOffsetsInOrderAndOnePerCharacter()
    {
        var random = new Random(7);
        string[] words = ["EU", " ", "New", "York", "City", ".", "😀", "\u0301", "it", "[[", "]]", "ä"];
        for (var i = 0; i < 500; i++)
        {
            var part = Applied(string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => words[random.Next(words.Length)])));
            Assert.That(part.Offsets, Has.Count.EqualTo(part.Text.Length).And.Ordered);
        }
    }

    [Test]
    public void Apply_SpelledOutPart_IsLeftAlone()
    {
        var part = SpeechScript.Parse("EU").Parts[0] with { SayAs = SayAs.Characters };
        Assert.That(new Lexicon(Entries).Apply(part), Is.SameAs(part));
    }

    [TestCase("New York City on EU:ssa")]
    [TestCase("New York, it, IT, eu")]
    public void UsedIn_Text_GivesTheEntriesThatReadItAlike(string text)
    {
        var script = SpeechScript.Parse(text);
        var used = new Lexicon(Entries).UsedIn(script);
        Assert.That(used, Has.Count.InRange(1, Entries.Length - 1));
        Assert.That(new Lexicon(used).Apply(script.Parts[0]).Text, Is.EqualTo(Applied(text).Text));
    }

    [Test]
    public void Lexicon_BeforeAnother_WinsForTheSameWordsAndNotOverLonger()
    {
        var lexicon = new Lexicon([new LexiconEntry("EU", "eeuu"), new LexiconEntry("New", "uusi")], new Lexicon(Entries));
        Assert.That(lexicon.Apply(SpeechScript.Parse("EU, New York, New").Parts[0]).Text, Is.EqualTo("eeuu, njuu jork, uusi"));
    }

    [Test]
    public void Apply_ManyWordsAndEntries_TakesLinearTime()
    {
        var lexicon = new Lexicon(Enumerable.Range(1, 99).Select(i => new LexiconEntry($"{string.Concat(Enumerable.Repeat("a ", i))}b", "x")));
        var part = SpeechScript.Parse(string.Concat(Enumerable.Repeat("a ", 50_000))).Parts[0];
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        lexicon.Apply(part);
        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(10)));
    }

    [TestCase("\"fOnEtIks", "ˈfɔnɛtɪks")]
    [TestCase("s`a_d t_h r\\`", "ʂa̪ tʰ ɻ")]
    [TestCase("A:-n", "ɑːn")]
    [TestCase("ä", null)]
    public void ToIpa_XSampa_IsTheSameSounds(string phonemes, string? ipa) => Assert.That(XSampa.ToIpa(phonemes), Is.EqualTo(ipa));

    private static ScriptPart Applied(string text) => new Lexicon(Entries).Apply(SpeechScript.Parse("x").Parts[0] with { Text = text, Offsets = [.. Enumerable.Range(0, text.Length)], Ends = [.. Enumerable.Range(1, text.Length)] });
}
