using Dictation.Speech.Normalization;

namespace Dictation.Speech.Segmentation;

/// <summary>A piece of a spoken text that the voice says in one run.</summary>
/// <param name="Text">Never blank.</param>
/// <param name="Start">Offset in <see cref="SpokenText.Text"/>.</param>
/// <param name="Pause">The pause that follows.</param>
public sealed record SpeechSegment(string Text, int Start, Pause Pause);
