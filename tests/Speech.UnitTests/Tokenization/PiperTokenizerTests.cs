using Dictation.Speech.Tokenization;

namespace Dictation.Speech.UnitTests.Tokenization;

/// <summary>The sequences are worked out by hand from Piper's rules: <c>^ _ p _ p _ … $</c>, a mark behind its clause, a space behind <c>, : ;</c>.</summary>
public class PiperTokenizerTests
{
    private static readonly Dictionary<string, long[]> Ids = new()
    {
        ["_"] = [0],
        ["^"] = [1],
        ["$"] = [2],
        [" "] = [3],
        ["!"] = [4],
        [","] = [8],
        ["."] = [10],
        [":"] = [11],
        [";"] = [12],
        ["?"] = [13],
        ["a"] = [14],
        ["c"] = [16],
        ["e"] = [18],
        ["h"] = [20],
        ["i"] = [21],
        ["ˈ"] = [120],
        ["ː"] = [122],
        ["\u0327"] = [140],
        ["ʃ"] = [96, 97],
    };

    [TestCase("hei", "1 0 20 0 18 0 21 0 2")]
    [TestCase("hei.", "1 0 20 0 18 0 21 0 10 0 2")]
    [TestCase("hei?", "1 0 20 0 18 0 21 0 13 0 2")]
    [TestCase("hei!", "1 0 20 0 18 0 21 0 4 0 2")]
    [TestCase("hei, hei.", "1 0 20 0 18 0 21 0 8 0 3 0 20 0 18 0 21 0 10 0 2")]
    [TestCase("hei: hei; hei", "1 0 20 0 18 0 21 0 11 0 3 0 20 0 18 0 21 0 12 0 3 0 20 0 18 0 21 0 2")]
    [TestCase("hei hei", "1 0 20 0 18 0 21 0 3 0 20 0 18 0 21 0 2")]
    [TestCase("hei,", "1 0 20 0 18 0 21 0 8 0 3 0 2")]
    public void Tokenize_Clauses_FollowPipersOrder(string text, string expected) => Assert.That(Tokenize(text).Ids, Is.EqualTo(Numbers(expected)));

    [Test]
    public void Tokenize_AMarkWithinAWordOrNumber_EndsNoClause() => Assert.That(Clauses("a1,5b 14:30 www.a.fi. Loppu"), Is.EqualTo(new[] { "a1,5b 14:30 www.a.fi", "Loppu" }));

    [Test]
    public void Tokenize_PhonemesOfSeveralCodePoints_AreTakenApartAndOneMayHaveSeveralIds() =>
        Assert.That(Tokenize("x", _ => "çʃ").Ids, Is.EqualTo(Numbers("1 0 16 0 140 0 96 97 0 2")));

    [Test]
    public void Tokenize_AChangeOfLanguage_IsNotSaid() => Assert.That(Tokenize("x", _ => "(en)hˈe(fi)").Ids, Is.EqualTo(Numbers("1 0 20 0 120 0 18 0 2")));

    [Test]
    public void Tokenize_UnknownPhonemes_AreLeftOutAndCounted()
    {
        var tokens = Tokenize("x", _ => "hʘeʘi☃");

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Ids, Is.EqualTo(Numbers("1 0 20 0 18 0 21 0 2")));
            Assert.That(tokens.Unknown, Is.EqualTo(new[] { "ʘ", "ʘ", "☃" }));
            Assert.That(tokens.Speakable);
        });
    }

    [Test]
    public void Tokenize_MappedPhonemes_AreReplacedFirst()
    {
        var tokenizer = new PiperTokenizer(Ids, new Dictionary<string, string[]> { ["ʘ"] = ["a", "ː"], ["h"] = [] }, _ => "hʘ");

        Assert.That(tokenizer.Tokenize("x").Ids, Is.EqualTo(Numbers("1 0 14 0 122 0 2")));
    }

    [TestCase("?!")]
    [TestCase("")]
    [TestCase(" , ")]
    public void Tokenize_NothingButMarks_IsNotSpeakable(string text) => Assert.That(Tokenize(text).Speakable, Is.False);

    [TestCase("^")]
    [TestCase("_")]
    [TestCase("$")]
    public void Constructor_WithoutAMark_Throws(string mark) => Assert.That(
        () => new PiperTokenizer(Ids.Where(i => i.Key != mark).ToDictionary(), new Dictionary<string, string[]>(), t => t),
        Throws.TypeOf<VoiceException>().With.Message.Contains(mark));

    private static PiperTokens Tokenize(string text, Func<string, string>? phonemize = null) =>
        new PiperTokenizer(Ids, new Dictionary<string, string[]>(), phonemize ?? (t => t)).Tokenize(text);

    private static List<string> Clauses(string text)
    {
        var clauses = new List<string>();
        Tokenize(text, clause =>
        {
            clauses.Add(clause);
            return "";
        });
        return clauses;
    }

    private static long[] Numbers(string numbers) => [.. numbers.Split(' ').Select(long.Parse)];
}
