namespace Dictation.Speech.Synthesis;

/// <summary>Gets a piece of a segment as soon as it is spoken.</summary>
/// <param name="samples">Finite, meant to be in -1..1. They may be changed in place, and are valid during the call.</param>
/// <param name="spoken">How much of the segment is spoken with this piece, above 0; 1 with the last.</param>
public delegate void PieceSpoken(Span<float> samples, double spoken);
