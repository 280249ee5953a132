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
        ["ai"] = [22],
        ["hai"] = [23],
        ["B"] = [24],
        ["ö"] = [25],
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
    [TestCase("hei... a", "1 0 20 0 18 0 21 0 8 0 3 0 14 0 2")]
    [TestCase("hei… a…", "1 0 20 0 18 0 21 0 8 0 3 0 14 0 2")]
    [TestCase("a — a", "1 0 14 0 12 0 3 0 14 0 2")]
    [TestCase("a| a", "1 0 14 0 3 0 14 0 2")]
    public void Tokenize_Clauses_FollowPipersOrder(string text, string expected) => Assert.That(Tokenize(text).Ids, Is.EqualTo(Numbers(expected)));

    [TestCase("a [[hi]] a", "1 0 14 0 3 0 20 0 21 0 3 0 14 0 2")]
    [TestCase("a[[ hi ]]a", "1 0 14 0 20 0 21 0 14 0 2")]
    [TestCase("a, [[h i]], a", "1 0 14 0 8 0 3 0 20 0 3 0 21 0 8 0 3 0 14 0 2")]
    [TestCase("[[hi]]", "1 0 20 0 21 0 2")]
    [TestCase("[[hi]].", "1 0 20 0 21 0 10 0 2")]
    [TestCase("[[ç]]", "1 0 16 0 140 0 2")]
    [TestCase("a [[]] a", "1 0 14 0 3 0 14 0 2")]
    public void Tokenize_RawPhonemes_AreTakenAsTheyAre(string text, string expected) => Assert.That(Tokenize(text).Ids, Is.EqualTo(Numbers(expected)));

    [TestCase("a. a! [[hi]]. a", "1 0 14 0 10 0 2|1 0 14 0 4 0 2|1 0 20 0 21 0 10 0 2|1 0 14 0 2")]
    [TestCase("a, a [[hi]] a? ", "1 0 14 0 8 0 3 0 14 0 3 0 20 0 21 0 3 0 14 0 13 0 2")]
    [TestCase("a\n\na", "1 0 14 0 2|1 0 14 0 2")]
    [TestCase(" ?! ", "")]
    public void TokenizeSentences_OfAText_GivesThoseWithSomethingToSay(string text, string expected) => Assert.That(
        string.Join('|', new PiperTokenizer(Phonemes(), new Letters()).TokenizeSentences(text).Select(s => string.Join(' ', s.Ids))), Is.EqualTo(expected));

    [TestCase("a. \"a?\" (a.) a", "a. |\"a?\" |(a.) |a")]
    [TestCase("a... a, a", "a... a, a")]
    [TestCase("a [[h. h]]. a", "a [[h. h]]. |a")]
    public void SentenceEnds_OfAText_LieBehindWhatClosesTheSentence(string text, string expected)
    {
        var ends = new PiperTokenizer(Phonemes(), new Letters()).SentenceEnds(text)!;

        Assert.That(string.Join('|', ends.Prepend(0).Zip(ends.Append(text.Length), (a, b) => text[a..b])), Is.EqualTo(expected));
    }

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
            Assert.That(tokens.Unknown.Select(d => d.Symbol), Is.EqualTo(new[] { "ʘ", "ʘ", "☃" }));
            Assert.That(tokens.Speakable);
        });
    }

    [Test]
    public void Tokenize_MappedPhonemes_AreReplacedFirst()
    {
        var phonemes = new PiperPhonemes(Ids, new Dictionary<string, string[]> { ["ʘ"] = ["a", "ː", ""], ["h"] = [] }, []);

        Assert.That(new PiperTokenizer(phonemes, new Letters(_ => "hʘ")).Tokenize("x").Ids, Is.EqualTo(Numbers("1 0 14 0 122 0 2")));
    }

    [Test]
    public void Tokenize_Clusters_AreOnePhonemeTheLongestFirst()
    {
        var phonemes = new PiperPhonemes(Ids, new Dictionary<string, string[]>(), ["ai", "hai", "ei", ""]);

        Assert.That(new PiperTokenizer(phonemes, new Letters()).Tokenize("haiaiei").Ids, Is.EqualTo(Numbers("1 0 23 0 22 0 18 0 21 0 2")));
    }

    [Test]
    public void Tokenize_KeysOfSeveralCodePoints_AreNothingWithoutClusters() => Assert.That(Tokenize("ai").Ids, Is.EqualTo(Numbers("1 0 14 0 21 0 2")));

    [TestCase("?!")]
    [TestCase("")]
    [TestCase(" , ")]
    [TestCase("[[ ]]")]
    public void Tokenize_NothingButMarks_IsNotSpeakable(string text) => Assert.That(Tokenize(text).Speakable, Is.False);

    [TestCase("^")]
    [TestCase("_")]
    [TestCase("$")]
    public void Constructor_WithoutAMark_Throws(string mark) => Assert.That(
        () => new PiperPhonemes(Ids.Where(i => i.Key != mark).ToDictionary(), new Dictionary<string, string[]>(), []),
        Throws.TypeOf<VoiceException>().With.Message.Contains(mark));

    [TestCase("Hei. b", "1 0 20 0 18 0 21 0 10 0 3 0 24 0 2", Description = "letters in the case that the voice has; no sentence ends")]
    [TestCase("ö\ne", "1 0 25 0 3 0 18 0 2", Description = "composed where only that has an id; a line break is a space")]
    [TestCase("ç", "1 0 16 0 140 0 2")]
    [TestCase("[[a", "1 0 14 0 2")]
    public void Tokenize_AVoiceOfLetters_SaysEach(string text, string expected) => Assert.That(new PiperTokenizer(Phonemes(), null).Tokenize(text).Ids, Is.EqualTo(Numbers(expected)));

    [Test]
    public void Tokenize_AVoiceOfLetters_TellsWhereEachIsHeardAndWhatIsNot()
    {
        var tokens = new PiperTokenizer(Phonemes(), null).Tokenize("a5e\u0301\uD800ʃ");

        Assert.Multiple(() =>
        {
            Assert.That(tokens.Unknown.Select(d => d.Symbol), Is.EqualTo(new[] { "5", "\u0301", "\uFFFD" }));
            Assert.That(tokens.Heard, Is.EqualTo(new HeardSpan[] { new(0, 1, 2, 4), new(2, 2, 4, 6), new(5, 1, 6, 9) }));
        });
    }

    [Test]
    public void Heard_OfWords_IsTheirIdsWithoutMarksAndSpaces() =>
        Assert.That(Tokenize("\"ha, (hi)\" a.").Heard, Is.EqualTo(new HeardSpan[] { new(1, 2, 2, 6), new(6, 2, 10, 14), new(11, 1, 16, 18) }));

    [Test]
    public void Heard_BehindWhatIsLeftOut_IsInTheTextThatWasGiven() =>
        Assert.That(Tokenize("a\u05B8\u05C1a h\u05B8i").Heard, Is.EqualTo(new HeardSpan[] { new(0, 4, 2, 6), new(5, 3, 8, 12) }));

    private static PiperPhonemes Phonemes() => new(Ids, new Dictionary<string, string[]>(), []);

    private static PiperTokens Tokenize(string text, Func<string, string>? phonemize = null) => new PiperTokenizer(Phonemes(), new Letters(phonemize)).Tokenize(text);

    private static long[] Numbers(string numbers) => [.. numbers.Split(' ').Select(long.Parse)];

    /// <summary>Says each letter; a clause ends at a mark before white space, or at a bar.</summary>
    private sealed class Letters(Func<string, string>? phonemize = null) : IPhonemizer
    {
        public IReadOnlyList<PhonemeClause> Read(string text)
        {
            var clauses = new List<PhonemeClause>();
            for (var start = 0; start < text.Length;)
            {
                var end = start + 1;
                while (end < text.Length && !EndsBefore(text, end))
                {
                    end++;
                }

                var said = string.Concat(text[start..end].Where(c => char.IsLetter(c) || c == ' ')).Trim();
                clauses.Add(new PhonemeClause(said.Length > 0 && phonemize is not null ? phonemize(said) : said, start, end, ClauseEnding.From(text.AsSpan(start, end - start))));
                start = end;
            }

            return clauses;
        }

        private static bool EndsBefore(string text, int at)
        {
            var before = text[..at];
            return !char.IsWhiteSpace(text[at])
                && (before.EndsWith("\n\n", StringComparison.Ordinal)
                    || before.EndsWith('|')
                    || (before.EndsWith(' ') && ".,:;?!…—".Contains(before.TrimEnd(' ', '"', ')').LastOrDefault('a'), StringComparison.Ordinal)));
        }
    }
}
