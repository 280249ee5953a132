using System.Numerics.Tensors;
using Dictation.Speech;
using Dictation.Speech.Timeline;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice that is loaded. <see cref="Speak"/> may be called from several threads at once; dispose of the voice once none is in it.</summary>
public interface IVoiceModel : IDisposable
{
    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</summary>
    string Device { get; }

    /// <summary>Speaks one segment.</summary>
    /// <param name="segment">Written-out text, as a <see cref="Speech.Normalization.ITextNormalizer"/> makes it.</param>
    /// <param name="speakingRate">0.5..2; 1 is the voice's own pace.</param>
    /// <param name="speaker">One of the model's speakers; null for its first, or its only one.</param>
    /// <param name="cancellationToken">Ends it soon.</param>
    /// <returns>The audio; or none where the segment holds nothing that the voice can say.</returns>
    /// <exception cref="VoiceException">The voice failed, or what it returned is empty, NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    SegmentAudio Speak(string segment, double speakingRate, long? speaker, CancellationToken cancellationToken);
}

/// <summary>One spoken segment, perhaps in a runtime's own memory until disposed of.</summary>
public sealed class SegmentAudio : IDisposable
{
    private readonly IDisposable? _owner;
    private readonly OrtValue? _value;
    private readonly float[] _samples;

    private SegmentAudio(float[] samples, OrtValue? value, IDisposable? owner, IReadOnlyList<CharacterTime>? times, int dropped)
    {
        _samples = samples;
        _value = value;
        _owner = owner;
        Times = times;
        Dropped = dropped;
    }

    /// <summary>The samples, finite, meant to be in -1..1; empty where there was nothing to say. They may be changed in place; not to be used once disposed of.</summary>
    public Span<float> Samples => _value is null ? _samples : _value.GetTensorMutableDataAsSpan<float>();

    /// <summary>When each character is heard, in the order of the characters, as the model says; null where it does not say.</summary>
    public IReadOnlyList<CharacterTime>? Times { get; }

    /// <summary>Characters or phonemes of the segment that the voice has nothing for.</summary>
    public int Dropped { get; }

    /// <summary>Nothing was said.</summary>
    public static SegmentAudio Nothing(int dropped) => new([], null, null, null, dropped);

    /// <param name="samples">The samples.</param>
    /// <param name="dropped"><see cref="Dropped"/>.</param>
    public static SegmentAudio From(float[] samples, int dropped) => new(samples, null, null, null, dropped);

    /// <summary>Takes over what a network returned, the samples first.</summary>
    /// <param name="voice">The voice's name, for the message.</param>
    /// <param name="outputs">Disposed of with this.</param>
    /// <param name="dropped"><see cref="Dropped"/>.</param>
    /// <param name="timesOf">Makes <see cref="Times"/>, given the number of samples.</param>
    /// <exception cref="VoiceException">The samples are none, NaN or infinite.</exception>
    internal static SegmentAudio From(
        string voice, IDisposableReadOnlyCollection<OrtValue> outputs, int dropped, Func<int, IReadOnlyList<CharacterTime>?>? timesOf = null)
    {
        try
        {
            // Of finite numbers the largest magnitude is finite; NaN and infinity come through.
            var samples = outputs[0].GetTensorDataAsSpan<float>();
            if (samples.IsEmpty || !float.IsFinite(TensorPrimitives.MaxMagnitude(samples)))
            {
                throw new VoiceException($"The voice {voice} returned unusable audio.");
            }

            return new SegmentAudio([], outputs[0], outputs, timesOf?.Invoke(samples.Length), dropped);
        }
        catch
        {
            outputs.Dispose();
            throw;
        }
    }

    public void Dispose() => _owner?.Dispose();
}
