namespace Dictation.Domain;

/// <summary>Code points of a text, from <paramref name="Start"/> up to and without <paramref name="End"/>; a lone surrogate counts as one.</summary>
/// <param name="Start">Its first code point, from 0.</param>
/// <param name="End">The first code point after it.</param>
public sealed record TextSpan(int Start, int End);
