using Dictation.Speech.Audio;

namespace Dictation.Speech.UnitTests.Audio;

[NonParallelizable]
public class TimeStretchTests
{
    private const int SampleRate = 16000;

    [TestCase(0.5)]
    [TestCase(0.8)]
    [TestCase(1.25)]
    [TestCase(2)]
    public void Apply_OfAVowel_ChangesItsLengthAndNeitherPitchNorLevel(double rate)
    {
        // Eight harmonics of 125 Hz, as a voice has.
        float[] vowel = [.. Enumerable.Range(0, SampleRate).Select(i => (float)(0.1 * Enumerable.Range(1, 8).Sum(h => Math.Sin(2 * Math.PI * 125 * h * i / SampleRate) / h)))];

        var stretched = TimeStretch.Apply(vowel, SampleRate, rate);

        Assert.Multiple(() =>
        {
            Assert.That(stretched, Has.Length.EqualTo((int)Math.Round(vowel.Length / rate)));
            Assert.That(Period(stretched), Is.EqualTo(128).Within(1));
            Assert.That(20 * Math.Log10(Level(stretched) / Level(vowel)), Is.EqualTo(0).Within(1));
            Assert.That(LargestStep(stretched), Is.LessThan(1.3 * LargestStep(vowel)), "nothing clicks");
        });
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(100)]
    [TestCase(800)]
    [TestCase(5000)]
    public void Apply_OfAnyLength_GivesTheLengthDividedByTheRate(int length)
    {
        var random = Seed.Random(length);
        float[] noise = [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble() - 0.5f)];
        foreach (var rate in new[] { 0.5, 0.77, 1, 1.3, 2 })
        {
            Assert.That(TimeStretch.Apply(noise, SampleRate, rate), Has.Length.EqualTo((int)Math.Round(length / rate)));
        }
    }

    [TestCase(0.49)]
    [TestCase(2.01)]
    [TestCase(double.NaN)]
    public void Apply_OutOfRange_Throws(double rate) => Assert.That(() => TimeStretch.Apply([1], SampleRate, rate), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static double Level(float[] samples) => Math.Sqrt(samples.Average(s => (double)s * s));

    private static double LargestStep(float[] samples) => samples.Zip(samples.Skip(1), (a, b) => Math.Abs(a - b)).Max();

    private static int Period(float[] samples)
    {
        var middle = samples.AsSpan(samples.Length / 4).ToArray();
        return Enumerable.Range(80, 120).MaxBy(lag => Enumerable.Range(0, 3000).Sum(i => middle[i] * middle[i + lag]));
    }
}
