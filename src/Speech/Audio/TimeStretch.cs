using System.Numerics.Tensors;

namespace Dictation.Speech.Audio;

/// <summary>
/// Changes how long speech lasts and not how high it is, for voices that know one pace only: waveform-similarity overlap-add (W. Verhelst and
/// M. Roelands, 1993). Frames are taken from the recording at the new pace, each where it best goes on from the one before.
/// </summary>
public static class TimeStretch
{
    // A frame holds two periods of a low voice; the search covers one.
    private const double Frame = 0.03, Search = 0.0125;

    /// <param name="samples">Speech; may be empty.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="rate">0.5..2; 2 is twice as fast.</param>
    /// <returns>As many samples as <paramref name="samples"/> has, divided by <paramref name="rate"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of range.</exception>
    public static float[] Apply(ReadOnlySpan<float> samples, int sampleRate, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, 0.5);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 2);
        if (rate == 1 || samples.IsEmpty)
        {
            return samples.ToArray();
        }

        int hop = Math.Max(1, (int)(Frame * sampleRate / 2)), search = (int)(Search * sampleRate);
        var length = (int)Math.Round(samples.Length / rate);

        // Silence on both sides, so that no frame and no search need look where it ends.
        var before = search;
        var input = new float[before + samples.Length + search + 3 * hop];
        samples.CopyTo(input.AsSpan(before));

        var fadeIn = new float[hop];
        for (var i = 0; i < hop; i++)
        {
            fadeIn[i] = 0.5f - 0.5f * MathF.Cos(MathF.PI * (i + 0.5f) / hop);
        }

        var output = new float[length + 2 * hop];
        var at = before;
        input.AsSpan(at, hop).CopyTo(output);
        for (var done = hop; done < length; done += hop)
        {
            // The natural continuation, and the frame near the target position that is most like it.
            var natural = input.AsSpan(at + hop, hop);
            var ideal = before + Math.Min(samples.Length, (int)Math.Round(done * rate));
            at = MostAlike(input, natural, ideal - search, ideal + search, ideal);
            Crossfade(natural, input.AsSpan(at, hop), fadeIn, output.AsSpan(done, hop));
        }

        return output[..length];
    }

    private static int MostAlike(float[] input, ReadOnlySpan<float> natural, int first, int last, int ideal)
    {
        var (best, found) = (float.NegativeInfinity, ideal);
        for (var at = first; at <= last; at++)
        {
            var candidate = input.AsSpan(at, natural.Length);
            var energy = TensorPrimitives.SumOfSquares<float>(candidate);
            var alike = energy < 1e-9f ? 0 : TensorPrimitives.Dot(natural, candidate) / MathF.Sqrt(energy);
            if (alike > best || (alike == best && Math.Abs(at - ideal) < Math.Abs(found - ideal)))
            {
                (best, found) = (alike, at);
            }
        }

        return found;
    }

    private static void Crossfade(ReadOnlySpan<float> from, ReadOnlySpan<float> to, ReadOnlySpan<float> fadeIn, Span<float> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = from[i] + (to[i] - from[i]) * fadeIn[i];
        }
    }
}
