namespace Dictation.Domain;

/// <summary>Seconds of an audio, from its beginning.</summary>
/// <param name="Start">Its first code point, from 0.</param>
/// <param name="End">The first code point after it.</param>
public sealed record AudioSpan(double Start, double End);
