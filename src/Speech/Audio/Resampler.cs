using System.Numerics.Tensors;

namespace Dictation.Speech.Audio;

/// <summary>
/// Changes the sample rate of a mono recording, piece by piece: a polyphase filter, a sinc under a Kaiser window (J. O. Smith, Digital Audio
/// Resampling). However the recording is cut into pieces, the result is the same. Not thread-safe.
/// </summary>
public sealed class Resampler
{
    // Zero crossings on each side and the window's shape: images lie 80 dB below, and the band is passed up to nine tenths of its width.
    private const int Crossings = 40;
    private const double Beta = 8.5, Rolloff = 0.945;

    private readonly float[][] _phases;
    private readonly int _up, _down, _half;
    private readonly List<float> _input = [];
    private long _dropped;
    private long _written;
    private long _taken;

    /// <param name="from">Hertz, 8000..48000.</param>
    /// <param name="to">Hertz, 8000..48000.</param>
    public Resampler(int from, int to)
    {
        var divisor = (int)System.Numerics.BigInteger.GreatestCommonDivisor(from, to);
        (_up, _down) = (to / divisor, from / divisor);
        var band = Math.Min(1.0, (double)to / from) * Rolloff;
        _half = (int)Math.Ceiling(Crossings / band);
        _phases = new float[_up][];
        for (var phase = 0; phase < _up; phase++)
        {
            var taps = new double[2 * _half];
            for (var i = 0; i < taps.Length; i++)
            {
                var x = i - _half + 1 - (double)phase / _up;
                taps[i] = Sinc(x * band) * Kaiser(x / _half);
            }

            // Each phase passes a constant unchanged.
            var sum = taps.Sum();
            _phases[phase] = Array.ConvertAll(taps, t => (float)(t / sum));
        }

        _input.AddRange(new float[_half - 1]);
    }

    /// <summary>Takes the next piece.</summary>
    /// <param name="samples">The piece.</param>
    /// <param name="last">Whether nothing follows.</param>
    /// <returns>The samples that are known by now. After the last piece, all returned samples last as long as all taken ones.</returns>
    public short[] Process(ReadOnlySpan<short> samples, bool last)
    {
        foreach (var sample in samples)
        {
            _input.Add(sample);
        }

        _taken += samples.Length;
        if (last)
        {
            _input.AddRange(new float[2 * _half]);
        }

        var output = new List<short>();
        var end = last ? (long)Math.Round((double)_taken * _up / _down) : long.MaxValue;
        var input = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_input);
        for (; _written < end; _written++)
        {
            var place = _written * _down;
            var first = place / _up - _dropped;
            if (first + 2 * _half > input.Length)
            {
                break;
            }

            var value = TensorPrimitives.Dot<float>(input.Slice((int)first, 2 * _half), _phases[place % _up]);
            output.Add((short)Math.Clamp(MathF.Round(value), short.MinValue, short.MaxValue));
        }

        var needless = (int)Math.Min(_input.Count, _written * _down / _up - _dropped);
        _input.RemoveRange(0, needless);
        _dropped += needless;
        return [.. output];
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) => Math.Abs(x) > 1 ? 0 : Bessel(Beta * Math.Sqrt(1 - x * x)) / Bessel(Beta);

    /// <summary>The modified Bessel function of the first kind and order 0, by its power series.</summary>
    private static double Bessel(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > 1e-12 * sum; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
