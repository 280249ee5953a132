namespace Dictation.Domain;

/// <summary>Seconds of an audio, from its beginning.</summary>
public sealed record AudioSpan(double Start, double End);
