using System.Numerics.Tensors;

namespace Dictation.Speech.Audio;

/// <summary>
/// Joins separately spoken segments, each of which comes in pieces, into one recording: replaces each segment's own silence at its ends by pauses of
/// known length, and fades the ends so that no join clicks. Holds what may be silence at a segment's end, and nothing else.
/// Not thread-safe.
/// </summary>
public sealed class SegmentJoiner
{
    /// <summary>Silence before the first sound and after the last, in seconds at speaking rate 1.</summary>
    public const double Lead = 0.06, Tail = 0.1;

    // How much of a segment's own silence stays at each end, at rate 1: soft onsets and releases lie below the threshold.
    private const double Margin = 0.015;
    private const double Fade = 0.005;
    private const double Window = 0.005;

    // 50 dB below the segment's peak so far is quieter than any speech sound and louder than a voice's noise floor; the floor serves near-silent segments.
    private const float RelativeThreshold = 0.00316f, AbsoluteThreshold = 1e-4f;

    private readonly WavWriter _wav;
    private readonly int _sampleRate;
    private readonly double _lead;
    private readonly double _tail;
    private readonly int _keep;
    private readonly int _fade;
    private readonly int _window;
    private int _margin;
    private bool _started;
    private double _silence;
    private float _peak;
    private int _read;
    private int _start;
    private float[] _held = [];
    private int _heldCount;
    private long _origin;

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
        _fade = InSamples(Fade);
        _window = InSamples(Window);
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

    /// <summary>Begins a segment.</summary>
    /// <param name="silence">Seconds between the segment before and this one; for the first, seconds before it besides <see cref="Lead"/>.</param>
    public void Begin(double silence)
    {
        _silence = silence;
        (_peak, _read, _start, _heldCount) = (0, 0, -1, 0);
    }

    /// <summary>Writes the next piece of the segment, all but what may be the silence at its end.</summary>
    /// <param name="samples">Finite; not changed.</param>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public void Append(ReadOnlySpan<float> samples)
    {
        if (samples.IsEmpty)
        {
            return;
        }

        Hold(samples);
        _peak = Math.Max(_peak, TensorPrimitives.MaxMagnitude(samples));
        if (_start < 0 && !TryBegin())
        {
            return;
        }

        // What may be cut off or faded at the end stays here.
        Write(Math.Min(SpeechEnd(), _heldCount - _fade));
    }

    /// <summary>Writes what is left of the segment.</summary>
    /// <returns>Where the segment came to lie; null, and nothing was written, when it is silent throughout.</returns>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public JoinedSegment? End()
    {
        if (_start < 0)
        {
            return null;
        }

        var end = SpeechEnd();
        var to = Math.Min(_heldCount, end + _keep);
        var heldFrom = _read - _heldCount;
        var length = Math.Min(_fade, to);
        for (var i = 0; i < length; i++)
        {
            _held[to - 1 - i] *= Gain(i, length);
        }

        _margin = to - end;
        Write(to);
        return new JoinedSegment(_origin, _start, heldFrom + end);
    }

    /// <summary>Writes the silence at the end.</summary>
    /// <param name="silence">Seconds besides <see cref="Tail"/>.</param>
    /// <exception cref="IOException">The recording could not be written.</exception>
    public void Complete(double silence = 0) => _wav.WriteSilence(Math.Max(0, InSamples(silence + _tail) - _margin));

    private void Hold(ReadOnlySpan<float> samples)
    {
        if (_held.Length < _heldCount + samples.Length)
        {
            Array.Resize(ref _held, _heldCount + samples.Length);
        }

        samples.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += samples.Length;
        _read += samples.Length;
    }

    /// <summary>Looks for the first sound, and writes the pause before it.</summary>
    private bool TryBegin()
    {
        var held = _held.AsSpan(0, _heldCount);
        var start = 0;
        var loud = Loud();
        while (start < held.Length && Energy(held.Slice(start, Math.Min(_window, held.Length - start))) < loud)
        {
            start += Math.Min(_window, held.Length - start);
        }

        if (start == held.Length)
        {
            return false;
        }

        _start = _read - _heldCount + start;
        var from = Math.Max(0, start - _keep);
        var gap = _started ? _silence : _silence + _lead;

        // The margins on both sides are part of the gap.
        _wav.WriteSilence(Math.Max(0, InSamples(gap) - _margin - (start - from)));
        _started = true;
        _origin = _wav.Samples - (_read - _heldCount + from);
        Drop(from);
        var length = Math.Min(_fade, _heldCount / 2);
        for (var i = 0; i < length; i++)
        {
            _held[i] *= Gain(i, length);
        }

        return true;
    }

    /// <summary>Where, among what is held, the sound so far ends.</summary>
    private int SpeechEnd()
    {
        var end = _heldCount;
        var loud = Loud();
        while (end > 0 && Energy(_held.AsSpan(Math.Max(0, end - _window)..end)) < loud)
        {
            end = Math.Max(0, end - _window);
        }

        return end;
    }

    private void Write(int count)
    {
        if (count > 0)
        {
            _wav.Write(_held.AsSpan(0, count));
            Drop(count);
        }
    }

    private void Drop(int count)
    {
        _held.AsSpan(count.._heldCount).CopyTo(_held);
        _heldCount -= count;
    }

    /// <summary>The energy of a window that is no longer silent.</summary>
    private float Loud()
    {
        var threshold = Math.Max(AbsoluteThreshold, _peak * RelativeThreshold);
        return threshold * threshold * _window;
    }

    private static float Energy(ReadOnlySpan<float> samples) => TensorPrimitives.SumOfSquares(samples);

    /// <summary>A raised cosine has no corner at either end.</summary>
    private static float Gain(int at, int length) => 0.5f - 0.5f * MathF.Cos(MathF.PI * (at + 0.5f) / length);

    private int InSamples(double seconds) => (int)Math.Round(seconds * _sampleRate);
}

/// <summary>Where a segment lies in the recording.</summary>
/// <param name="Origin">The recording's sample that the segment's first would be, had nothing been cut off; may be negative.</param>
/// <param name="Start">The segment's own sample with which its speech begins.</param>
/// <param name="End">The segment's own sample behind its speech.</param>
public readonly record struct JoinedSegment(long Origin, int Start, int End);
