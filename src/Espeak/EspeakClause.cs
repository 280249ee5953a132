namespace Dictation.Espeak;

/// <summary>A stretch of text as the library reads it.</summary>
/// <param name="Phonemes">In the International Phonetic Alphabet, words parted by spaces.</param>
/// <param name="Text">The stretch, its mark and the white space that follows included.</param>
/// <param name="Terminator">The library's code of how it ends, <c>CLAUSE_…</c>; null before version 1.52.</param>
public sealed record EspeakClause(string Phonemes, string Text, int? Terminator);
