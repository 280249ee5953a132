namespace Dictation.Speech.Tokenization;

/// <summary>Pronounces text in one language. Thread-safe; a text never changes how the next one is read.</summary>
public interface IPhonemizer
{
    /// <summary>The clauses of a text, in order. Together they cover all of it.</summary>
    /// <param name="text">Well-formed UTF-16 without control characters other than line breaks.</param>
    /// <exception cref="VoiceException">The phonemiser is not there, or failed.</exception>
    IReadOnlyList<PhonemeClause> Read(string text);
}

/// <summary>A stretch of text as a phonemiser reads it.</summary>
/// <param name="Phonemes">In the International Phonetic Alphabet, words parted by spaces; empty where nothing is heard.</param>
/// <param name="Start">The UTF-16 offset of its first character.</param>
/// <param name="End">The offset behind its last, its mark and the white space that follows included.</param>
/// <param name="Ending">How it ends.</param>
public sealed record PhonemeClause(string Phonemes, int Start, int End, ClauseEnding Ending);
