using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

/// <summary>Long texts, most of 10,000 characters, of every shape that is hard for one method or another. Times are measured elsewhere.</summary>
public sealed class AttemptScorerSizeTests
{
    private const int Length = 10_000;

    [Test]
    public void Score_OfALongMutatedText_AgreesWithTheTextbook()
    {
        var random = Seed.Random(1);
        var words = Enumerable.Range(0, 700).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 10)).Select(_ => "aeikltsnu"[random.Next(9)]))).ToArray();
        var attempt = words.SelectMany(w => random.Next(10) switch { 0 => [], 1 => [w, "ja"], 2 => [Attempts.Misspell(w, random)], _ => new[] { w } }).Where(w => w.Length > 0).ToArray();
        AssertTextbook(words, attempt, characters: true);
    }

    /// <summary>Few words, often repeated: more ties than anything else, over several blocks of 64 words.</summary>
    [TestCase(2, 700, 700)]
    [TestCase(2, 700, 300)]
    [TestCase(5, 300, 700)]
    [TestCase(30, 500, 511)]
    [TestCase(30, 64, 128)]
    [TestCase(3, 65, 63)]
    public void Score_OfFewWordsRepeated_AgreesWithTheTextbook(int vocabulary, int said, int written)
    {
        var random = Seed.Random(vocabulary + said);
        string[] Words(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(vocabulary)).Select(n => new string((char)('a' + (n % 7)), 1 + (n % 3)) + (char)('k' + (n % 5)))];
        AssertTextbook(Words(said), Words(written), characters: false);
    }

    [Test]
    public void Score_OfLongWordsBesideShort_AgreesWithTheTextbook()
    {
        var random = Seed.Random(5);
        string[] Words(int count) => [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2) == 0 ? 2 : random.Next(60, 140)).Select(_ => "abc"[random.Next(3)])))];
        AssertTextbook(Words(30), Words(25), characters: true);
    }

    private static IEnumerable<TestCaseData> Shapes()
    {
        string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
        string Distinct(int count, char from) => string.Concat(Enumerable.Range(0, count).Select(i => (char)(from + i)));
        TestCaseData Shape(string name, string said, string written, WordCounts counts, double cer, int score) => new TestCaseData(said, written, counts, cer, score).SetArgDisplayNames(name);

        yield return Shape("spaces", new string(' ', Length), new string(' ', Length), new(0, 0, 0, 0), 0, 100);
        yield return Shape("the same one-letter word", Repeat("a ", 5000), Repeat("a ", 5000), new(5000, 0, 0, 0), 0, 100);
        yield return Shape("the same word half as often", Repeat("a ", 5000), Repeat("a ", 2500), new(2500, 0, 2500, 0), 5000 / 9999.0, 50);
        yield return Shape("another one-letter word", Repeat("a ", 5000), Repeat("b ", 5000), new(0, 5000, 0, 0), 5000 / 9999.0, 0);
        yield return Shape("two halves swapped", Repeat("a ", 2500) + Repeat("b ", 2500), Repeat("b ", 2500) + Repeat("a ", 2500), new(2500, 0, 2500, 2500), 5000 / 9999.0, 30);
        yield return Shape("Chinese, two halves swapped", Repeat("一", 5000) + Repeat("七", 5000), Repeat("七", 5000) + Repeat("一", 5000), new(5000, 0, 5000, 5000), 1, 30);
        yield return Shape("Chinese against Latin", new string('一', Length), Repeat("abcde ", 1666), new(0, 1666, Length - 1666, 0), 1, 0);
        yield return Shape("one word", new string('a', Length), new string('b', Length), new(0, 1, 0, 0), 1, 0);
        yield return Shape("one word against many", new string('a', Length), Repeat("b ", 5000), new(0, 1, 0, 4999), 1, 0);
        yield return Shape("many words against one", Repeat("b ", 5000), new string('a', Length), new(0, 1, 4999, 0), Length / 9999.0, 0);
        yield return Shape("one Chinese character", new string('一', Length), new string('一', Length), new(Length, 0, 0, 0), 0, 100);
        yield return Shape("Chinese, all different", Distinct(Length, '\u4E00'), Distinct(Length, '\u7600'), new(0, Length, 0, 0), 1, 0);
        yield return Shape("one letter with 9,999 accents", "a" + new string('\u0301', Length - 1), "b" + new string('\u0301', Length - 1), new(0, 1, 0, 0), 1, 0);
        yield return Shape("punctuation", new string('!', Length), new string('?', Length), new(0, 0, 0, 0), 0, 100);
    }

    [TestCaseSource(nameof(Shapes))]
    public void Score_OfTenThousandCharacters_IsKnown(string said, string written, WordCounts counts, double cer, int expected)
    {
        var score = AttemptScorer.Score(said, written, "fi");
        Assert.That((score.Counts, score.Cer, score.Score), Is.EqualTo((counts, cer, expected)));
    }

    /// <summary>Lone surrogates, controls and noncharacters among them. Planes 4 to 13 and the private ones hold nothing that the first do not.</summary>
    [TestCase(0x0)]
    [TestCase(0x1)]
    [TestCase(0x2)]
    [TestCase(0x3)]
    [TestCase(0xE)]
    [TestCase(0x10)]
    public void Score_OfEveryCodePointOfAPlane_Returns(int plane)
    {
        foreach (var chunk in Enumerable.Range(plane << 16, 0x10000).Chunk(1024))
        {
            var text = string.Concat(chunk.Select(c => c < 0x10000 ? ((char)c).ToString() : char.ConvertFromUtf32(c)));
            Assert.That(AttemptScorer.Score(text, text, "fi").Score, Is.EqualTo(100), $"U+{chunk[0]:X4}");
        }
    }

    private static void AssertTextbook(string[] said, string[] written, bool characters)
    {
        var (reference, attempt) = (string.Join(' ', said), string.Join(' ', written));
        var score = AttemptScorer.Score(reference, attempt, "fi");
        var best = TextbookAlignment.Best(said, written);
        var distance = score.Alignment.Where(w => w.Op == AlignmentOp.Substitute).Sum(w => EditDistance.Between(w.Ref!, w.Hyp!));
        Assert.That((score.Counts, distance), Is.EqualTo((new WordCounts(best.Hits, best.Substitutions, best.Deletions, best.Insertions), best.Distance)));
        if (characters)
        {
            Assert.That(score.Cer, Is.EqualTo((double)EditDistance.Between(reference, attempt) / reference.Length));
        }
    }
}
