namespace Dictation.Domain.Attempts.Scoring;

/// <summary>How much a slip costs.</summary>
public enum ScoringProfile
{
    /// <summary>Forgives case, punctuation and apostrophes, and half of a typo or of a word split or joined.</summary>
    Standard,

    /// <summary>Forgives nothing.</summary>
    Strict,

    /// <summary>Forgives typos and split or joined words too, and half of a wrong length or diacritic.</summary>
    Lenient,
}

/// <summary>The result for a word, from the folded words alone, in every profile.</summary>
public enum AlignmentOp
{
    /// <summary>The same.</summary>
    Equal,

    /// <summary>Another in its place.</summary>
    Substitute,

    /// <summary>Missing in the attempt.</summary>
    Delete,

    /// <summary>Only in the attempt.</summary>
    Insert,
}

/// <summary>How the two sides of an aligned pair differ, from the mildest to the worst.</summary>
public enum MismatchKind
{
    /// <summary>Capital and small letters.</summary>
    Case,

    /// <summary>Punctuation.</summary>
    Punctuation,

    /// <summary>An apostrophe in the word: don't, dont.</summary>
    Apostrophe,

    /// <summary>One word written as two, or two as one.</summary>
    Boundary,

    /// <summary>A slip of a letter or so.</summary>
    Typo,

    /// <summary>A letter without its marks, or with others: a for ä.</summary>
    Diacritic,

    /// <summary>A long vowel or consonant for a short one, or the other way round: tuli, tuuli, tulli.</summary>
    Length,

    /// <summary>Another word.</summary>
    WrongWord,

    /// <summary>A word that the text does not have.</summary>
    Extra,

    /// <summary>A word of the text that was not written.</summary>
    Missing,
}

/// <summary>The score of an attempt against its reference, with the reasons.</summary>
/// <param name="Score">0..100.</param>
/// <param name="Wer">Word error rate: (S + D + I) / N, not clamped.</param>
/// <param name="Cer">The same on graphemes.</param>
/// <param name="WordsRef">N, the words of the reference.</param>
/// <param name="WordsCorrect">Words aligned equal.</param>
/// <param name="Counts">How many words were equal, replaced, left out or added.</param>
/// <param name="Feedback">A sentence or two on what to listen for next; never empty.</param>
/// <param name="Alignment">Every word of both sides once, in order.</param>
/// <param name="MissedWords">Reference words without full credit, lower case, each once, in their order.</param>
public sealed record AttemptScore(
    int Score,
    double Wer,
    double Cer,
    int WordsRef,
    int WordsCorrect,
    WordCounts Counts,
    string Feedback,
    IReadOnlyList<AlignedWord> Alignment,
    IReadOnlyList<string> MissedWords);

/// <summary>Hits + Substitutions + Deletions are the reference's words; Hits + Substitutions + Insertions the attempt's.</summary>
/// <param name="Hits">Words that are equal.</param>
/// <param name="Substitutions">Words with another in their place.</param>
/// <param name="Deletions">Words of the text that are missing.</param>
/// <param name="Insertions">Words that the text does not have.</param>
public sealed record WordCounts(int Hits, int Substitutions, int Deletions, int Insertions);

/// <summary>A word of the reference, a word of the attempt, or both facing each other.</summary>
/// <param name="Op">Whether it was kept, replaced, left out or added.</param>
/// <param name="Kind">Null when the two are the same in every character.</param>
/// <param name="Ref">As it stands in the reference, with the punctuation that belongs to it; null for an insertion.</param>
/// <param name="Hyp">As it stands in the attempt; null for a deletion.</param>
/// <param name="RefSpan">Where in the original reference.</param>
/// <param name="HypSpan">Where in the original attempt.</param>
/// <param name="Credit">0..1, by kind and profile; 0 for an insertion.</param>
/// <param name="Chars">Grapheme by grapheme, where the words are not the same; else empty.</param>
/// <param name="Audio">When the word of the reference is heard in the item's audio, so that it can be played alone; null where that is not known.</param>
public sealed record AlignedWord(
    AlignmentOp Op,
    MismatchKind? Kind,
    string? Ref,
    string? Hyp,
    TextSpan? RefSpan,
    TextSpan? HypSpan,
    double Credit,
    IReadOnlyList<AlignedCharacter> Chars,
    AudioSpan? Audio = null);


/// <summary>One grapheme of either side, or of both.</summary>
/// <param name="Op">Whether it was kept, replaced, left out or added.</param>
/// <param name="Ref">As it stands in the text.</param>
/// <param name="Hyp">As it stands in the attempt.</param>
public sealed record AlignedCharacter(AlignmentOp Op, string? Ref, string? Hyp);
