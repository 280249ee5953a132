using Dictation.Speech.Audio;

namespace Dictation.Speech.UnitTests.Audio;

public class ResamplerTests
{
    [Test]
    public void Process_OfASine_IsThatSine(
        [Values(8000, 16000, 22050, 44100, 48000)] int from, [Values(8000, 16000, 24000, 44100, 48000)] int to, [Values(0.02, 0.2, 0.4)] double part)
    {
        var frequency = part * Math.Min(from, to);
        var output = new Resampler(from, to).Process(Sine(from, frequency, from), last: true);

        Assert.That(output, Has.Length.EqualTo(to));
        var (signal, noise) = Fit(output[(to / 10)..^(to / 10)], frequency, to, to / 10);
        Assert.Multiple(() =>
        {
            Assert.That(signal, Is.EqualTo(10_000).Within(100), "the level");
            Assert.That(20 * Math.Log10(signal / noise), Is.GreaterThan(70), "what is no part of the sine");
        });
    }

    [TestCase(24000, 16000, 9500)]
    [TestCase(48000, 8000, 4600)]
    public void Process_OfWhatTheNewRateCannotHold_IsSilence(int from, int to, double frequency)
    {
        var output = new Resampler(from, to).Process(Sine(from, frequency, from), last: true);

        Assert.That(output[(to / 10)..^(to / 10)].Max(s => Math.Abs((int)s)), Is.LessThan(10), "60 dB below");
    }

    [TestCase(16000, 24000)]
    [TestCase(22050, 24000)]
    [TestCase(24000, 16000)]
    public void Process_InAnyPieces_GivesTheSame(int from, int to)
    {
        var random = Seed.Random(7);
        short[] input = [.. Enumerable.Range(0, 20_000).Select(_ => (short)random.Next(short.MinValue, short.MaxValue))];
        var whole = new Resampler(from, to).Process(input, last: true);

        var resampler = new Resampler(from, to);
        var pieces = new List<short>();
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min(input.Length - at, random.Next(0, 1500));
            pieces.AddRange(resampler.Process(input.AsSpan(at, length), last: false));
            at += length;
        }

        pieces.AddRange(resampler.Process([], last: true));
        Assert.That(pieces, Is.EqualTo(whole));
    }

    [Test]
    public void Process_OfNothing_IsNothing() => Assert.That(new Resampler(16000, 24000).Process([], last: true), Is.Empty);

    private static short[] Sine(int rate, double frequency, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (short)Math.Round(10_000 * Math.Sin(2 * Math.PI * frequency * i / rate)))];

    /// <summary>The amplitude of the sine that is nearest to the samples, and what is left without it, as an amplitude.</summary>
    private static (double Signal, double Noise) Fit(short[] samples, double frequency, int rate, int start)
    {
        // Least squares: over a part of a period, sine and cosine are not orthogonal.
        double ss = 0, cc = 0, sc = 0, ys = 0, yc = 0, rest = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * frequency * (i + start) / rate);
            ss += sin * sin;
            cc += cos * cos;
            sc += sin * cos;
            ys += samples[i] * sin;
            yc += samples[i] * cos;
        }

        var determinant = ss * cc - sc * sc;
        double sine = (ys * cc - yc * sc) / determinant, cosine = (yc * ss - ys * sc) / determinant;
        for (var i = 0; i < samples.Length; i++)
        {
            var phase = 2 * Math.PI * frequency * (i + start) / rate;
            rest += Math.Pow(samples[i] - sine * Math.Sin(phase) - cosine * Math.Cos(phase), 2);
        }

        return (Math.Sqrt(sine * sine + cosine * cosine), Math.Sqrt(2 * rest / samples.Length));
    }
}
