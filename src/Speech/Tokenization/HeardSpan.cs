namespace Dictation.Speech.Tokenization;

/// <summary>Characters that are heard while ids are spoken; several share their time evenly.</summary>
/// <param name="Character">The UTF-16 offset of the first in the segment.</param>
/// <param name="Characters">How many, at least 1.</param>
/// <param name="FirstId">The first id.</param>
/// <param name="EndId">The id behind the last.</param>
public readonly record struct HeardSpan(int Character, int Characters, int FirstId, int EndId);
