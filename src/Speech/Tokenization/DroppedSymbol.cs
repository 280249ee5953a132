namespace Dictation.Speech.Tokenization;

/// <summary>A character or phoneme that a voice has nothing for.</summary>
/// <param name="Symbol">The character or phoneme.</param>
/// <param name="Start">The UTF-16 offset in the text of what it stands for.</param>
/// <param name="Length">UTF-16 units of that, at least 1.</param>
public readonly record struct DroppedSymbol(string Symbol, int Start, int Length);
