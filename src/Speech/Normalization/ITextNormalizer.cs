namespace Dictation.Speech.Normalization;

/// <summary>Writes a text out as it is said in one language: numbers, dates, units and abbreviations become words. Pure and thread-safe.</summary>
public interface ITextNormalizer
{
    /// <summary>The text as words and the punctuation that shapes speech (<c>. , ! ? ; : -</c>), lines kept as <c>\n</c>.</summary>
    SpokenText Normalize(string text);

    /// <summary>The ordinal of a number in words; null where the language has none here.</summary>
    /// <param name="number">At least 0.</param>
    string? Ordinal(long number) => null;
}

/// <summary>A written-out text that knows where each of its characters came from.</summary>
/// <param name="Text">The spoken text.</param>
/// <param name="SourceOffsets">
/// For each UTF-16 unit of <paramref name="Text"/>, the UTF-16 offset in the original text of what it says; never falling. Same length as Text.
/// </param>
public sealed record SpokenText(string Text, IReadOnlyList<int> SourceOffsets)
{
    /// <summary>Offsets in <see cref="Text"/> behind its sentences, rising; null to tell sentences by their marks.</summary>
    public IReadOnlyList<int>? SentenceEnds { get; init; }

    /// <summary>What of the original text is not said, in its order.</summary>
    public IReadOnlyList<UnspokenSpan> Unspoken { get; init; } = [];
}
