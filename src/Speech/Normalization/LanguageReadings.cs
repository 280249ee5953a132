using Dictation.Speech.Sentences;

namespace Dictation.Speech.Normalization;

/// <summary>
/// The readings of a language, in the order in which they are tried at each position: the first that fits says what stands there. The last of each
/// list takes everything, so that the pass always moves on. Patterns are anchored and bounded, so that a text takes time linear in its length.
/// </summary>
/// <param name="Language">Primary code in lower case: <c>fi</c>.</param>
/// <param name="Name">In English, for the docs: <c>Finnish</c>.</param>
/// <param name="Sentences">What its full stops belong to.</param>
/// <param name="AtDigits">Tried where a digit stands.</param>
/// <param name="AtLetters">Tried where a letter stands.</param>
/// <param name="AtSigns">Tried where anything else stands.</param>
internal sealed record LanguageReadings(
    string Language,
    string Name,
    SentenceRules Sentences,
    IReadOnlyList<Reading> AtDigits,
    IReadOnlyList<Reading> AtLetters,
    IReadOnlyList<Reading> AtSigns)
{
    /// <summary>The ordinal of a number in words; null where there is none.</summary>
    public Func<long, string?> Ordinal { get; init; } = _ => null;

    /// <summary>Each reading once, in the order of the lists.</summary>
    public IEnumerable<Reading> All => AtDigits.Concat(AtLetters).Concat(AtSigns).DistinctBy(reading => reading.GetType());
}
