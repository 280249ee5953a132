namespace Dictation.Speech.Timeline;

/// <summary>When a character of a segment is heard.</summary>
/// <param name="Character">UTF-16 offset in the segment.</param>
/// <param name="Start">The sample with which it begins.</param>
/// <param name="End">The sample behind its last.</param>
public readonly record struct CharacterTime(int Character, int Start, int End);
