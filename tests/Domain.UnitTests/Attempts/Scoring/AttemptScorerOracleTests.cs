using Dictation.Domain.Attempts.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

public sealed class AttemptScorerOracleTests
{
    /// <summary>Error rates, counts and the distance of what faces what; a failing run prints its seed and the texts.</summary>
    [Test]
    public void Score_OfGeneratedAttempts_AgreesWithTheTextbook() =>
        Prop.ForAll(Attempts.Plain, Check).Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    private static void Check(Attempt attempt)
    {
        var (said, written) = (TextbookAlignment.Words(attempt.Reference), TextbookAlignment.Words(attempt.Transcription));
        var best = TextbookAlignment.Best(said, written);
        var characters = string.Join(' ', said);
        var expected = (
            Wer: (double)best.Errors / Math.Max(1, said.Length),
            Cer: (double)TextbookAlignment.Distance(characters, string.Join(' ', written)) / Math.Max(1, characters.Length),
            new WordCounts(best.Hits, best.Substitutions, best.Deletions, best.Insertions),
            best.Distance);
        var profile = (ScoringProfile)(attempt.Reference.Length % Enum.GetValues<ScoringProfile>().Length);
        var score = AttemptScorer.Score(attempt.Reference, attempt.Transcription, attempt.Locale, profile);
        var distance = score.Alignment.Where(w => w.Op == AlignmentOp.Substitute).Sum(w => TextbookAlignment.Distance(TextbookAlignment.Fold(w.Ref!), TextbookAlignment.Fold(w.Hyp!)));
        var actual = (score.Wer, score.Cer, score.Counts, distance);
        if (actual != expected)
        {
            throw new InvalidOperationException($"{profile}: {actual} instead of {expected}");
        }
    }
}
