namespace Dictation.Domain;

/// <summary>Code points of a text, from <paramref name="Start"/> up to and without <paramref name="End"/>; a lone surrogate counts as one.</summary>
public sealed record TextSpan(int Start, int End);
