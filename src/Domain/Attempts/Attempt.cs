using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Tts;

namespace Dictation.Domain.Attempts;

/// <summary>The text that a learner wrote, with its score. Never changed once stored.</summary>
public sealed class Attempt
{
    /// <summary>Longest transcription in code points.</summary>
    public const int MaxTranscriptionLength = 10_000;

    public const int MaxUserIdLength = 100;
    public const int MaxAudioUrlLength = 2000;

    private Attempt(long itemId, string transcription)
    {
        ItemId = itemId;
        Transcription = transcription;
    }

    /// <summary>0 until it is stored. Grows with time within an item.</summary>
    public long Id { get; private init; }

    public long ItemId { get; private init; }

    /// <summary>Whose attempt, where the client says so; those without one count as one learner's.</summary>
    public string? UserId { get; private init; }

    /// <summary>Address of the audio that the learner heard or spoke, when the client gives it.</summary>
    public string? AudioUrl { get; private init; }

    public string Transcription { get; private init; }

    /// <summary>0..100.</summary>
    public int Score { get; private init; }

    public double Wer { get; private init; }

    public double Cer { get; private init; }

    public int WordsRef { get; private init; }

    public int WordsCorrect { get; private init; }

    public int Substitutions { get; private init; }

    public int Deletions { get; private init; }

    public int Insertions { get; private init; }

    public string Feedback { get; private init; } = "";

    public IReadOnlyList<AlignedWord> Alignment { get; private init; } = [];

    public IReadOnlyList<string> MissedWords { get; private init; } = [];

    public ScoringProfile Profile { get; private init; }

    public string ScorerVersion { get; private init; } = "";

    /// <summary>How often the learner listened again.</summary>
    public int? Replays { get; private init; }

    /// <summary>Milliseconds of practice.</summary>
    public long? DurationMs { get; private init; }

    /// <summary>The same learner's best score on this item until then.</summary>
    public int? BestScoreBefore { get; private set; }

    /// <summary>Whether it beats that, or is the learner's first on this item.</summary>
    public bool IsPersonalBest { get; private set; }

    /// <summary>When the item was last practised before, by anybody.</summary>
    public DateTime? PreviousAt { get; private set; }

    /// <summary>UTC; never before another attempt on the same item that was stored earlier.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>Which quarter of an hour since 1970 <see cref="CreatedAt"/> lies in. In every time zone days begin with one.</summary>
    public int Quarter { get; private set; }

    /// <summary>Of a moment: see <see cref="Quarter"/>.</summary>
    public static int QuarterOf(DateTime at) => (int)((at.Ticks / QuarterHour.Ticks) - (DateTime.UnixEpoch.Ticks / QuarterHour.Ticks));

    /// <summary>The beginning of a <see cref="Quarter"/>.</summary>
    public static DateTime StartOf(int quarter) => DateTime.UnixEpoch + quarter * QuarterHour;

    public static TimeSpan QuarterHour { get; } = TimeSpan.FromMinutes(15);

    /// <param name="timings">Of the audio that speaks the item's text, where they are known.</param>
    public static Attempt Create(
        long itemId,
        string transcription,
        AttemptScore score,
        ScoringProfile profile,
        string? userId = null,
        string? audioUrl = null,
        int? replays = null,
        long? durationMs = null,
        SpeechTimings? timings = null) =>
        new(itemId, transcription)
        {
            UserId = userId,
            AudioUrl = audioUrl,
            Score = score.Score,
            Wer = score.Wer,
            Cer = score.Cer,
            WordsRef = score.WordsRef,
            WordsCorrect = score.WordsCorrect,
            Substitutions = score.Counts.Substitutions,
            Deletions = score.Counts.Deletions,
            Insertions = score.Counts.Insertions,
            Feedback = score.Feedback,
            Alignment = timings is null ? score.Alignment : [.. score.Alignment.Select(word => word with { Audio = Heard(word.RefSpan, timings) })],
            MissedWords = score.MissedWords,
            Profile = profile,
            ScorerVersion = AttemptScorer.Version,
            Replays = replays,
            DurationMs = durationMs,
        };

    private static AudioSpan? Heard(TextSpan? word, SpeechTimings timings)
    {
        var heard = timings.Words.Where(w => w.Text.Start < word?.End && w.Text.End > word.Start).ToList();
        return heard.Count == 0 ? null : new AudioSpan(heard.Min(w => w.Start), heard.Max(w => w.End));
    }

    /// <summary>Gives the attempt its place after those stored before it.</summary>
    /// <param name="now">UTC.</param>
    /// <param name="previousAt">When the item was last practised.</param>
    /// <param name="bestScoreBefore">The same learner's best on the item.</param>
    public void Place(DateTime now, DateTime? previousAt, int? bestScoreBefore)
    {
        CreatedAt = now < previousAt ? previousAt.Value : now;
        PreviousAt = previousAt;
        Quarter = QuarterOf(CreatedAt);
        BestScoreBefore = bestScoreBefore;
        IsPersonalBest = bestScoreBefore is null || Score > bestScoreBefore;
    }
}
