using AutoMapper;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Application.Attempts;

/// <summary>An attempt as clients see it.</summary>
public sealed record AttemptResponse
{
    /// <summary>The attempt's id.</summary>
    public long Id { get; init; }

    /// <summary>The item's id.</summary>
    public long ItemId { get; init; }

    /// <summary>The learner; null when the client named none.</summary>
    public string? UserId { get; init; }

    /// <summary>Where the item's audio is played.</summary>
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

    /// <summary>Words of the text.</summary>
    public int WordsRef { get; init; }

    /// <summary>Words of the text that were written.</summary>
    public int WordsCorrect { get; init; }

    /// <summary>How many words were equal, replaced, left out or added.</summary>
    public WordCounts Counts { get; init; } = new(0, 0, 0, 0);

    /// <summary>A sentence or two for the learner.</summary>
    public string Feedback { get; init; } = "";

    /// <summary>Word by word, in the order of the text.</summary>
    public IReadOnlyList<AlignedWord> Alignment { get; init; } = [];

    /// <summary>Words of the text that were not written, in their order.</summary>
    public IReadOnlyList<string> MissedWords { get; init; } = [];

    /// <summary>How strictly mistakes counted.</summary>
    public ScoringProfile Profile { get; init; }

    /// <summary>Which rules made the score.</summary>
    public string ScorerVersion { get; init; } = "";

    /// <summary>How often the learner listened again; null when not told.</summary>
    public int? Replays { get; init; }

    /// <summary>Milliseconds; null when not told.</summary>
    public long? DurationMs { get; init; }

    /// <summary>The same learner's best score on this item until then.</summary>
    public int? BestScoreBefore { get; init; }

    /// <summary>Whether it beats that, or is the learner's first on this item.</summary>
    public bool IsPersonalBest { get; init; }

    /// <summary>When it was stored, UTC.</summary>
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
