using Dictation.Domain.Attempts.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

public sealed class AttemptScorerOracleTests
{
    /// <summary>Error rates, counts and the distance of what faces what; a failing run prints its seed and the texts.</summary>
    [Test]
    public void Score_OfGeneratedAttempts_AgreesWithTheTextbook() =>
        Prop.ForAll(Attempts.Plain, Check).Check(Seed.Config(10_000));

    /// <summary>
    /// Which word faces which, where many alignments are as good: few words, of one letter or more, and as many as make a vector or a strip of the
    /// table, one more and one less.
    /// </summary>
    [Test]
    public void Alignment_OfAnyNumberOfWords_IsTheFirstOfTheBest([Values(1, 2, 3)] int longest, [Values(2, 3, 20)] int vocabulary)
    {
        int[] counts = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129];
        var random = Seed.Random((longest * 100) + vocabulary);
        var words = Enumerable.Range(0, vocabulary).Select(_ => string.Concat(Enumerable.Range(0, random.Next(longest) + 1).Select(_ => (char)('a' + random.Next(vocabulary))))).ToArray();
        string[] Text(int count) => [.. Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)])];
        foreach (var (said, written) in counts.SelectMany(_ => counts, (n, m) => (Text(n), Text(m))))
        {
            AssertFirstOfTheBest(said, written);
        }
    }

    [TestCase(1023, 40, 1)]
    [TestCase(1025, 40, 1)]
    [TestCase(2049, 17, 1)]
    [TestCase(20, 2049, 1)]
    [TestCase(1025, 33, 2)]
    public void Alignment_OfManyWordsWithFew_IsTheFirstOfTheBest(int said, int written, int longest)
    {
        var random = Seed.Random(said);
        string[] Text(int count) => [.. Enumerable.Range(0, count).Select(_ => new string((char)('a' + random.Next(3)), random.Next(longest) + 1))];
        AssertFirstOfTheBest(Text(said), Text(written));
    }

    /// <summary>Words of more than a block of 64 letters, which begin and end anywhere in one.</summary>
    [Test]
    public void Alignment_OfLongWords_IsTheFirstOfTheBest()
    {
        var random = Seed.Random(1);
        int[] lengths = [1, 2, 31, 63, 64, 65, 127, 128, 129, 200];
        string[] Text(int count) => [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, lengths[random.Next(lengths.Length)]).Select(_ => "ab"[random.Next(2)])))];
        for (var i = 0; i < 20; i++)
        {
            AssertFirstOfTheBest(Text(12), Text(10));
        }
    }

    private static void AssertFirstOfTheBest(string[] said, string[] written)
    {
        var alignment = AttemptScorer.Score(string.Join(' ', said), string.Join(' ', written), "fi").Alignment;
        Assert.That(string.Concat(alignment.Select(w => "==-+"[(int)w.Op])), Is.EqualTo(TextbookAlignment.FirstBest(said, written)));
    }

    private static void Check(Attempt attempt)
    {
        var (said, written) = (TextbookAlignment.Words(attempt.Reference), TextbookAlignment.Words(attempt.Transcription));
        var best = TextbookAlignment.Best(said, written);
        var characters = string.Join(' ', said);
        var expected = (
            Wer: (double)best.Errors / Math.Max(1, said.Length),
            Cer: (double)EditDistance.Between(characters, string.Join(' ', written)) / Math.Max(1, characters.Length),
            new WordCounts(best.Hits, best.Substitutions, best.Deletions, best.Insertions),
            best.Distance);
        var profile = (ScoringProfile)(attempt.Reference.Length % Enum.GetValues<ScoringProfile>().Length);
        var score = AttemptScorer.Score(attempt.Reference, attempt.Transcription, attempt.Locale, profile);
        var distance = score.Alignment.Where(w => w.Op == AlignmentOp.Substitute).Sum(w => EditDistance.Between(TextbookAlignment.Fold(w.Ref!), TextbookAlignment.Fold(w.Hyp!)));
        var actual = (score.Wer, score.Cer, score.Counts, distance);
        if (actual != expected)
        {
            throw new InvalidOperationException($"{profile}: {actual} instead of {expected}");
        }
    }
}
