using System.Numerics.Tensors;

namespace Dictation.Speech.Audio;

/// <summary>
/// Joins separately spoken segments into one recording: replaces each segment's own silence at its ends by pauses of known length,
/// fades the ends so that no join clicks, and keeps peaks below full scale. Holds no audio. Not thread-safe.
/// </summary>
public sealed class SegmentJoiner
{
    /// <summary>Silence before the first sound and after the last, in seconds at speaking rate 1.</summary>
    public const double Lead = 0.06, Tail = 0.1;

    /// <summary>The highest magnitude that is written.</summary>
    public const float MaxPeak = 0.99f;

    // How much of a segment's own silence stays at each end, at rate 1: soft onsets and releases lie below the threshold.
    private const double Margin = 0.015;
    private const double Fade = 0.005;
    private const double Window = 0.005;

    // 50 dB below the segment's peak is quieter than any speech sound and louder than a voice's noise floor; the floor serves near-silent segments.
    private const float RelativeThreshold = 0.00316f, AbsoluteThreshold = 1e-4f;

    private readonly WavWriter _wav;
    private readonly int _sampleRate;
    private readonly double _lead;
    private readonly double _tail;
    private readonly int _keep;
    private int _margin;
    private bool _started;

    /// <param name="wav">Where the recording goes.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="speakingRate">Above 0; the silence at both ends is divided by it.</param>
    public SegmentJoiner(WavWriter wav, int sampleRate, double speakingRate)
    {
        _wav = wav;
        _sampleRate = sampleRate;
        _lead = Lead / speakingRate;
        _tail = Tail / speakingRate;
        _keep = InSamples(Margin / speakingRate);
    }

    /// <summary>The silence between two segments in seconds, at speaking rate 1.</summary>
    public static double Gap(Pause pause) => pause switch
    {
        Pause.None => 0,
        Pause.Clause => 0.2,
        Pause.Sentence => 0.35,
        Pause.Paragraph => 0.7,
        _ => throw new ArgumentOutOfRangeException(nameof(pause)),
    };

    /// <summary>Writes the silence and then the segment.</summary>
    /// <param name="samples">The segment, finite; changed in place.</param>
    /// <param name="silence">Seconds between the segment before and this one; for the first, seconds before it besides <see cref="Lead"/>.</param>
    /// <returns>Where the segment came to lie; null, and nothing is written, when it is silent throughout.</returns>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public JoinedSegment? Append(Span<float> samples, double silence)
    {
        var peak = samples.IsEmpty ? 0 : TensorPrimitives.MaxMagnitude<float>(samples);
        if (!TryFindSpeech(samples, peak, out var start, out var end))
        {
            return null;
        }

        int from = Math.Max(0, start - _keep), to = Math.Min(samples.Length, end + _keep);
        var gap = _started ? silence : silence + _lead;
        // The margins on both sides are part of the gap.
        _wav.WriteSilence(Math.Max(0, InSamples(gap) - _margin - (start - from)));
        _margin = to - end;
        _started = true;
        var joined = new JoinedSegment(_wav.Samples - from, start, end);

        var speech = samples[from..to];
        if (peak > MaxPeak)
        {
            TensorPrimitives.Multiply(speech, MaxPeak / peak, speech);
        }

        FadeEnds(speech);
        _wav.Write(speech);
        return joined;
    }

    /// <summary>Writes the silence at the end.</summary>
    /// <param name="silence">Seconds besides <see cref="Tail"/>.</param>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public void Complete(double silence = 0) => _wav.WriteSilence(Math.Max(0, InSamples(silence + _tail) - _margin));

    private bool TryFindSpeech(ReadOnlySpan<float> samples, float peak, out int start, out int end)
    {
        var window = InSamples(Window);
        var threshold = Math.Max(AbsoluteThreshold, peak * RelativeThreshold);
        var energy = threshold * threshold * window;
        start = 0;
        end = samples.Length;
        while (start < end && Energy(samples.Slice(start, Math.Min(window, end - start))) < energy)
        {
            start += Math.Min(window, end - start);
        }

        while (end > start && Energy(samples[Math.Max(start, end - window)..end]) < energy)
        {
            end = Math.Max(start, end - window);
        }

        return end > start;
    }

    private static float Energy(ReadOnlySpan<float> samples) => TensorPrimitives.SumOfSquares(samples);

    private void FadeEnds(Span<float> samples)
    {
        var length = Math.Min(InSamples(Fade), samples.Length / 2);
        for (var i = 0; i < length; i++)
        {
            // A raised cosine has no corner at either end.
            var gain = 0.5f - 0.5f * MathF.Cos(MathF.PI * (i + 0.5f) / length);
            samples[i] *= gain;
            samples[^(i + 1)] *= gain;
        }
    }

    private int InSamples(double seconds) => (int)Math.Round(seconds * _sampleRate);
}

/// <summary>Where a segment lies in the recording.</summary>
/// <param name="Origin">The recording's sample that the segment's first would be, had nothing been cut off; may be negative.</param>
/// <param name="Start">The segment's own sample with which its speech begins.</param>
/// <param name="End">The segment's own sample behind its speech.</param>
public readonly record struct JoinedSegment(long Origin, int Start, int End);
