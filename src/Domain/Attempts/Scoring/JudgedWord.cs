namespace Dictation.Domain.Attempts.Scoring;

/// <summary>A step of the alignment with its judgement; at least one side is a word.</summary>
internal sealed record JudgedWord(Word? Reference, Word? Attempt, MismatchKind? Kind, double Credit)
{
    public AlignmentOp Op => (Reference, Attempt) switch
    {
        (_, null) => AlignmentOp.Delete,
        (null, _) => AlignmentOp.Insert,
        _ => Reference.Letters.AsSpan().SequenceEqual(Attempt.Letters) ? AlignmentOp.Equal : AlignmentOp.Substitute,
    };
}
