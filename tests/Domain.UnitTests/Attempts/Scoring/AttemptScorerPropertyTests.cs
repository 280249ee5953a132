using System.Text;
using Dictation.Domain.Attempts.Scoring;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

/// <summary>What holds of every attempt. A failing run prints its seed and the texts.</summary>
public sealed class AttemptScorerPropertyTests
{
    private static readonly Config Runs = Seed.Config(1000);

    [Test]
    public void Score_OfTheReferenceItself_IsPerfect() => ForAll((attempt, profile) =>
    {
        var score = AttemptScorer.Score(attempt.Reference, attempt.Reference, attempt.Locale, profile);
        return score is { Score: 100, Wer: 0, Cer: 0, MissedWords.Count: 0 } && score.Alignment.All(w => w is { Op: AlignmentOp.Equal, Kind: null, Credit: 1, Chars.Count: 0 });
    });

    [Test]
    public void Counts_OfAnyAttempt_AddUpToTheWordsOfBothSides() => ForAll((attempt, profile) =>
    {
        var score = Score(attempt, profile);
        var (hits, substitutions, deletions, insertions) = score.Counts;
        return hits + substitutions + deletions == score.WordsRef
            && score.WordsRef == score.Alignment.Count(w => w.Ref is not null)
            && hits + substitutions + insertions == score.Alignment.Count(w => w.Hyp is not null)
            && score.WordsCorrect == hits
            && score.Counts == new WordCounts(Ops(score, AlignmentOp.Equal), Ops(score, AlignmentOp.Substitute), Ops(score, AlignmentOp.Delete), Ops(score, AlignmentOp.Insert));
    });

    /// <summary>Every word once, in order: what stands alone is the same list of words that stands in the alignment.</summary>
    [Test]
    public void Alignment_OfAnyAttempt_HoldsTheWordsOfEachSideOnceAndInOrder() => ForAll((attempt, profile) =>
    {
        var score = Score(attempt, profile);
        var said = AttemptScorer.Score(attempt.Reference, "", attempt.Locale).Alignment.Select(w => (w.Ref, w.RefSpan));
        var written = AttemptScorer.Score("", attempt.Transcription, attempt.Locale).Alignment.Select(w => (w.Hyp, w.HypSpan));
        return score.Alignment.Where(w => w.Ref is not null).Select(w => (w.Ref, w.RefSpan)).SequenceEqual(said)
            && score.Alignment.Where(w => w.Hyp is not null).Select(w => (w.Hyp, w.HypSpan)).SequenceEqual(written);
    });

    [Test]
    public void Spans_OfAnyAttempt_SliceTheOriginalsAndAscend() => ForAll((attempt, profile) =>
    {
        var score = Score(attempt, profile);
        return Slices(attempt.Reference, score.Alignment.Where(w => w.Ref is not null).Select(w => (w.Ref!, w.RefSpan!)))
            && Slices(attempt.Transcription, score.Alignment.Where(w => w.Hyp is not null).Select(w => (w.Hyp!, w.HypSpan!)))
            && score.Alignment.All(w => (w.Ref is null) == (w.RefSpan is null) && (w.Hyp is null) == (w.HypSpan is null));
    });

    [Test]
    public void Chars_OfAnyPairThatDiffers_AreTheGraphemesOfBothWords() => ForAll((attempt, profile) =>
        Score(attempt, profile).Alignment.All(w => w.Kind is null || w.Ref is null || w.Hyp is null
            ? w.Chars.Count == 0
            : string.Concat(w.Chars.Select(c => c.Ref)) == w.Ref && string.Concat(w.Chars.Select(c => c.Hyp)) == w.Hyp && w.Chars.Any(c => c.Op != AlignmentOp.Equal)));

    [Test]
    public void Score_OfAnyAttempt_IsTheCreditsLessTheExtraWords() => ForAll((attempt, profile) =>
    {
        var score = Score(attempt, profile);
        var extra = score.Alignment.Count(w => w.Kind == MismatchKind.Extra);
        var perfect = extra == 0 && score.Alignment.All(w => w.Ref is null || w.Credit == 1);
        if (score.WordsRef == 0)
        {
            return score.Score == (score.Alignment.Count == 0 ? 100 : 0) && score.Wer == score.Counts.Insertions;
        }

        var exact = (100 * score.Alignment.Sum(w => w.Credit) / score.WordsRef) - Math.Min(20, 50.0 * extra / score.WordsRef);
        return score.Score is >= 0 and <= 100
            && (score.Score == 100) == perfect
            && Math.Abs(score.Score - Math.Max(0, exact)) <= (exact > 99 ? 1 : 0.5 + 1e-9);
    });

    [Test]
    public void Credit_OfAnyWord_GrowsWithTheProfilesMildness() => ForAll((attempt, _) =>
    {
        var (strict, standard, lenient) = (Score(attempt, ScoringProfile.Strict), Score(attempt, ScoringProfile.Standard), Score(attempt, ScoringProfile.Lenient));
        return strict.Score <= standard.Score
            && standard.Score <= lenient.Score
            && strict.Alignment.Zip(standard.Alignment, lenient.Alignment).All(w => w.First.Credit <= w.Second.Credit && w.Second.Credit <= w.Third.Credit && w.First.Kind == w.Third.Kind)
            && strict.Alignment.All(w => w.Credit == (w.Kind is null ? 1 : 0));
    });

    [Test]
    public void Score_Twice_IsTheSame() => ForAll((attempt, profile) => Describe(Score(attempt, profile)) == Describe(Score(attempt, profile)));

    [Test]
    public void Feedback_OfAnyAttempt_IsASentenceOfSomeWords() => ForAll((attempt, profile) =>
        Score(attempt, profile).Feedback is { Length: > 10 and <= 200 } feedback && feedback.Any(char.IsAsciiLetterLower) && feedback[^1] is '.' or '!');

    [Test]
    public void MissedWords_OfAnyAttempt_AreThoseWithoutFullCredit() => ForAll((attempt, profile) =>
    {
        var score = Score(attempt, profile);
        return (score.MissedWords.Count == 0) == score.Alignment.All(w => w.Ref is null || w.Credit == 1)
            && score.MissedWords.Distinct().Count() == score.MissedWords.Count
            && score.MissedWords.Count <= score.Alignment.Count(w => w.Ref is not null && w.Credit < 1);
    });

    [Test]
    public void Score_OfReferenceAndAttemptSwapped_SwapsInsertionsAndDeletions() => ForAll((attempt, profile) =>
    {
        var (hits, substitutions, deletions, insertions) = Score(attempt, profile).Counts;
        var swapped = AttemptScorer.Score(attempt.Transcription, attempt.Reference, attempt.Locale, profile).Counts;
        return swapped == new WordCounts(hits, substitutions, insertions, deletions);
    });

    [Test]
    public void Score_InStandard_TakesNoNoticeOfCaseAndPunctuation() => Prop.ForAll(Attempts.Plain, attempt =>
    {
        var words = attempt.Transcription.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var loud = string.Join(" … ", words.Select((w, i) => (i % 3) switch { 0 => $"“{w.ToUpperInvariant()}”", 1 => $"({w})!", _ => w + "," }));
        var (quiet, dressed) = (Score(attempt, ScoringProfile.Standard), Score(attempt with { Transcription = loud }, ScoringProfile.Standard));
        return (quiet.Score, quiet.Wer, quiet.Cer, quiet.Counts) == (dressed.Score, dressed.Wer, dressed.Cer, dressed.Counts);
    }).Check(Runs);

    /// <summary>One word more changes the errors by one at most, whatever the attempt; see the next test for what it costs.</summary>
    [Test]
    public void Wer_WithOneWordMore_ChangesByOneErrorAtMost() => Prop.ForAll(Attempts.Plain, attempt =>
    {
        var (before, after) = (Score(attempt, ScoringProfile.Standard), Score(attempt with { Transcription = attempt.Transcription + " lisäsana" }, ScoringProfile.Standard));
        return Math.Abs(Errors(after) - Errors(before)) <= 1;
    }).Check(Runs);

    /// <summary>A word put anywhere into a right attempt takes off what it weighs, 50 / N and 20 at most, and nothing else.</summary>
    [Test]
    public void Score_OfARightAttemptWithOneWordMore_FallsByWhatTheWordWeighs() => Prop.ForAll(Attempts.Plain, attempt =>
    {
        var words = attempt.Reference.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, words.Length + 1).Where(_ => words.Length > 0).All(at =>
        {
            var longer = string.Join(' ', [.. words[..at], "lisäsana", .. words[at..]]);
            var weight = Math.Min(20, 50.0 / words.Length);
            return Math.Abs(Score(new Attempt(attempt.Reference, longer, attempt.Locale), ProfileFor(attempt)).Score - (100 - weight)) <= 0.5;
        });
    }).Check(Runs);

    /// <summary>A word left out of a right attempt takes off its share, unless its like stands beside it and the rest is still the same attempt less one.</summary>
    [Test]
    public void Score_OfARightAttemptWithOneWordLess_FallsByTheWordsShare() => Prop.ForAll(Attempts.Plain, attempt =>
    {
        var words = attempt.Reference.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Enumerable.Range(0, words.Length).All(at =>
        {
            var score = Score(new Attempt(attempt.Reference, string.Join(' ', [.. words[..at], .. words[(at + 1)..]]), attempt.Locale), ScoringProfile.Strict);
            return Math.Abs(score.Score - (100.0 * (words.Length - 1) / words.Length)) <= 0.5 && score.Counts == new WordCounts(words.Length - 1, 0, 1, 0);
        });
    }).Check(Runs);

    /// <summary>The generators must reach every kind and op, or the properties above prove little.</summary>
    [Test]
    public void Attempts_AsGenerated_ReachEveryKindAndOp()
    {
        var scores = Attempts.Plain.Generator.Sample(2000).Select(a => Score(a, ScoringProfile.Standard)).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(scores.SelectMany(s => s.Alignment).Select(w => w.Kind).Distinct(), Is.EquivalentTo([null, .. Enum.GetValues<MismatchKind>().Cast<MismatchKind?>()]));
            Assert.That(scores.SelectMany(s => s.Alignment).Select(w => w.Op).Distinct(), Is.EquivalentTo(Enum.GetValues<AlignmentOp>()));
            Assert.That(scores.Count(s => s.Score is > 0 and < 100), Is.GreaterThan(500));
            Assert.That(scores.Count(s => s.WordsRef == 0), Is.GreaterThan(0));
        });
    }

    private static void ForAll(Func<Attempt, ScoringProfile, bool> holds)
    {
        Prop.ForAll(Attempts.Plain, attempt => holds(attempt, ProfileFor(attempt))).Check(Runs);
        Prop.ForAll(Attempts.Wild, attempt => holds(attempt, ProfileFor(attempt))).Check(Runs);
    }

    /// <summary>Each profile for a third of the attempts.</summary>
    private static ScoringProfile ProfileFor(Attempt attempt) => (ScoringProfile)((attempt.Reference.Length + attempt.Transcription.Length) % Enum.GetValues<ScoringProfile>().Length);

    private static AttemptScore Score(Attempt attempt, ScoringProfile profile) => AttemptScorer.Score(attempt.Reference, attempt.Transcription, attempt.Locale, profile);

    private static int Errors(AttemptScore score) => score.Counts.Substitutions + score.Counts.Deletions + score.Counts.Insertions;

    private static int Ops(AttemptScore score, AlignmentOp op) => score.Alignment.Count(w => w.Op == op);

    private static string Describe(AttemptScore score) =>
        $"{score} {string.Join(';', score.Alignment.Select(w => $"{w} {string.Join(',', w.Chars)}"))} {string.Join(';', score.MissedWords)}";

    private static bool Slices(string text, IEnumerable<(string Word, TextSpan Span)> words)
    {
        var starts = CodePoints(text);
        var end = 0;
        foreach (var (word, span) in words)
        {
            if (span.Start < end || span.End <= span.Start || span.End >= starts.Count || text[starts[span.Start]..starts[span.End]] != word)
            {
                return false;
            }

            end = span.End;
        }

        return true;
    }

    /// <summary>Where each code point begins, and the end.</summary>
    private static List<int> CodePoints(string text)
    {
        var starts = new List<int>();
        for (var i = 0; i < text.Length; i += Rune.TryGetRuneAt(text, i, out var rune) ? rune.Utf16SequenceLength : 1)
        {
            starts.Add(i);
        }

        return [.. starts, text.Length];
    }
}
