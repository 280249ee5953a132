using AutoMapper;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Application.Attempts;

/// <summary>An attempt as clients see it.</summary>
public sealed record AttemptResponse
{
    public long Id { get; init; }

    public long ItemId { get; init; }

    public string? UserId { get; init; }

    public string? AudioUrl { get; init; }

    /// <summary>What the learner wrote.</summary>
    public string Transcription { get; init; } = "";

    /// <summary>The same.</summary>
    public string Text => Transcription;

    /// <summary>0..100.</summary>
    public int Score { get; init; }

    /// <summary>The same.</summary>
    public int Percentage => Score;

    /// <summary>Word error rate; above 1 when more is wrong than the text has words.</summary>
    public double Wer { get; init; }

    /// <summary>Character error rate, on graphemes.</summary>
    public double Cer { get; init; }

    public int WordsRef { get; init; }

    public int WordsCorrect { get; init; }

    public WordCounts Counts { get; init; } = new(0, 0, 0, 0);

    /// <summary>A sentence or two for the learner.</summary>
    public string Feedback { get; init; } = "";

    public IReadOnlyList<AlignedWord> Alignment { get; init; } = [];

    public IReadOnlyList<string> MissedWords { get; init; } = [];

    public ScoringProfile Profile { get; init; }

    public string ScorerVersion { get; init; } = "";

    /// <summary>How often the learner listened again; null when not told.</summary>
    public int? Replays { get; init; }

    /// <summary>Milliseconds; null when not told.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The same learner's best score on this item until then.</summary>
    public int? BestScoreBefore { get; init; }

    /// <summary>Whether it beats that, or is the learner's first on this item.</summary>
    public bool IsPersonalBest { get; init; }

    public DateTime CreatedAt { get; init; }
}

/// <summary>Entities to responses: flat and one way. What is not a field of the attempt is added by <see cref="AttemptPresenter"/>.</summary>
public sealed class AttemptMapping : Profile
{
    public AttemptMapping() => CreateMap<Attempt, AttemptResponse>(MemberList.Destination)
        .ForMember(r => r.Counts, o => o.Ignore())
        .ForMember(r => r.Alignment, o => o.Ignore());
}

/// <summary>Makes responses of attempts.</summary>
public sealed class AttemptPresenter(IMapper mapper)
{
    public AttemptResponse Present(Attempt attempt) => mapper.Map<AttemptResponse>(attempt) with
    {
        Counts = new WordCounts(attempt.WordsCorrect, attempt.Substitutions, attempt.Deletions, attempt.Insertions),
        Alignment = attempt.Alignment,
    };
}
