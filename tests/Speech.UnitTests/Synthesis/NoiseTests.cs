using Dictation.Speech.Synthesis;

namespace Dictation.Speech.UnitTests.Synthesis;

public class NoiseTests
{
    /// <summary>The known answers that the authors of Random123 publish for philox4x32-10.</summary>
    [TestCase(0u, 0u, 0u, 0u, 0u, 0u, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [TestCase(0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [TestCase(0x243F6A88u, 0x85A308D3u, 0x13198A2Eu, 0x03707344u, 0xA4093822u, 0x299F31D0u, 0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u)]
    public void Bits_OfKnownCounters_AreThePublishedOnes(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.That(Noise.Bits(c0, c1, c2, c3, k0, k1), Is.EqualTo((r0, r1, r2, r3)));

    [Test]
    public void Fill_ManyNumbers_AreNormal()
    {
        var numbers = new float[1_000_000];
        new Noise("key", 3).Fill(NoiseUse.Prior, numbers);

        double mean = numbers.Average(n => (double)n), variance = numbers.Average(n => (double)n * n) - mean * mean, fourth = numbers.Average(n => Math.Pow(n, 4));
        Assert.Multiple(() =>
        {
            Assert.That(mean, Is.EqualTo(0).Within(0.005));
            Assert.That(variance, Is.EqualTo(1).Within(0.01));
            Assert.That(fourth, Is.EqualTo(3).Within(0.06));
            Assert.That(numbers.Count(n => Math.Abs(n) > 1.96) / 1e6, Is.EqualTo(0.05).Within(0.002));
            Assert.That(numbers.Zip(numbers.Skip(1), (a, b) => (double)a * b).Average(), Is.EqualTo(0).Within(0.005), "neighbours");
        });
    }

    [Test]
    public void Fill_AnyLength_BeginsWithTheSameNumbers()
    {
        var whole = Numbers(new Noise("key", 0), NoiseUse.Prior, 1003);

        foreach (var length in (int[])[0, 1, 3, 4, 5, 1000])
        {
            Assert.That(Numbers(new Noise("key", 0), NoiseUse.Prior, length), Is.EqualTo(whole[..length]));
        }
    }

    [Test]
    public void Fill_OtherKeySegmentOrUse_GivesOtherNumbers()
    {
        float[][] all =
        [
            Numbers(new Noise("key", 0), NoiseUse.Prior, 64), Numbers(new Noise("other", 0), NoiseUse.Prior, 64),
            Numbers(new Noise("key", 1), NoiseUse.Prior, 64), Numbers(new Noise("key", 0), NoiseUse.Durations, 64),
        ];

        Assert.That(all.SelectMany(n => n).Distinct().Count(), Is.EqualTo(4 * 64));
    }

    private static float[] Numbers(Noise noise, NoiseUse use, int count)
    {
        var numbers = new float[count];
        noise.Fill(use, numbers);
        return numbers;
    }
}
