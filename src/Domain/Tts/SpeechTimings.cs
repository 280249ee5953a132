namespace Dictation.Domain.Tts;

/// <summary>When each part of a text is heard in its audio.</summary>
/// <param name="Estimated">Whether the words' times are estimated from their lengths; otherwise the voice's model gives them. Those of sentences are always exact.</param>
/// <param name="Sentences">In their order.</param>
/// <param name="Words">The words that are heard, in the order of the text.</param>
public sealed record SpeechTimings(bool Estimated, IReadOnlyList<SpokenSpan> Sentences, IReadOnlyList<SpokenSpan> Words);

/// <summary>A piece of the text and its place in the audio.</summary>
/// <param name="Text">Where it stands in the text as submitted.</param>
/// <param name="Start">Seconds from the beginning of the audio.</param>
/// <param name="End">Seconds; not before <paramref name="Start"/>.</param>
public sealed record SpokenSpan(TextSpan Text, double Start, double End);
