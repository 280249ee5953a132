using Dictation.Speech;
using Dictation.Speech.Synthesis;
using Dictation.Speech.Timeline;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice that is loaded. <see cref="Speak"/> may be called from several threads at once; dispose of the voice once none is in it.</summary>
public interface IVoiceModel : IDisposable
{
    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</summary>
    string Device { get; }

    /// <summary>Why its network runs whole, so that the first sound comes after the whole sentence, in a sentence; null where it runs in parts, or is none.</summary>
    string? WhyWhole { get; }

    /// <summary>Speaks one segment.</summary>
    /// <param name="segment">What to say and how.</param>
    /// <param name="spoken">Gets the audio in pieces, in order; none where the segment holds nothing that the voice can say.</param>
    /// <param name="cancellationToken">Ends it soon.</param>
    /// <exception cref="VoiceException">The voice failed, or what it returned is empty, NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    SpokenSegment Speak(SegmentRequest segment, PieceSpoken spoken, CancellationToken cancellationToken);
}

/// <param name="Text">Written-out text, as a <see cref="Speech.Normalization.ITextNormalizer"/> makes it.</param>
/// <param name="Rate">0.5..2; 1 is the voice's own pace.</param>
/// <param name="Speaker">One of the model's speakers; null for its first, or its only one.</param>
/// <param name="Noise">For networks that draw random numbers.</param>
/// <param name="SpeakerName">The speaker's name, for a family whose speakers have no numbers.</param>
public readonly record struct SegmentRequest(string Text, double Rate, long? Speaker, Noise Noise, string? SpeakerName = null);

/// <param name="Times">When each character is heard, in the order of the characters, as the model says; null where it does not say.</param>
/// <param name="Unspoken">The segment's characters or phonemes that the voice has nothing for.</param>
public sealed record SpokenSegment(IReadOnlyList<CharacterTime>? Times, IReadOnlyList<DroppedSymbol> Unspoken)
{
    /// <summary>The rate that it was spoken at, where the voice cannot speak at the one asked for; else null.</summary>
    public double? Rate { get; init; }
}
