using System.Security.Cryptography;
using Dictation.Listening;
using Dictation.Speech.Audio;

namespace Dictation.Speech.UnitTests.Audio;

public class WavWriterTests
{
    [TestCase(0, 16000)]
    [TestCase(1, 22050)]
    [TestCase(20001, 48000)]
    public void Complete_AnyLength_WritesHeaderThatAnIndependentParserAgreesWith(int samples, int sampleRate)
    {
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, sampleRate);
        writer.Write(new float[samples]);

        var hash = writer.Complete();

        var wav = new WavFile(stream.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(wav.Chunks, Is.EqualTo(new[] { ("fmt ", 20, 16), ("data", 44, 2 * samples) }));
            Assert.That(wav.UInt16(20), Is.EqualTo(1), "PCM");
            Assert.That(wav.UInt16(22), Is.EqualTo(1), "channels");
            Assert.That(wav.UInt32(24), Is.EqualTo(sampleRate));
            Assert.That(wav.UInt32(28), Is.EqualTo(2 * sampleRate), "bytes per second");
            Assert.That(wav.UInt16(32), Is.EqualTo(2), "bytes a frame");
            Assert.That(wav.UInt16(34), Is.EqualTo(16), "bits per sample");
            Assert.That(hash, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(wav.Bytes))));
            Assert.That(stream.CanWrite, "left open");
            Assert.That(stream.Position, Is.EqualTo(stream.Length));
        });
    }

    [Test]
    public void Write_PiecesAndSilence_KeepTheirOrder()
    {
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, 16000);
        writer.Write([0.5f, -0.5f]);
        writer.WriteSilence(9000);
        writer.Write([1f]);
        writer.Complete();

        var pcm = new WavFile(stream.ToArray()).Pcm;

        Assert.Multiple(() =>
        {
            Assert.That(pcm, Has.Length.EqualTo(9003).And.Length.EqualTo(writer.Samples));
            Assert.That(pcm[..2], Is.EqualTo(new short[] { 16384, -16384 }));
            Assert.That(pcm[2..^1], Is.All.Zero);
            Assert.That(pcm[^1], Is.EqualTo(short.MaxValue));
        });
    }

    [Test]
    public void ToPcm_ValuesAroundEveryLimit_RoundsToNearestAndSaturates()
    {
        (float Sample, short Pcm)[] cases =
        [
            (0, 0), (1, 32767), (-1, -32767), (1.0001f, 32767), (-1.5f, -32768), (1e30f, 32767), (-1e30f, -32768),
            (float.PositiveInfinity, 32767), (float.NegativeInfinity, -32768),
            (0.4f / 32767, 0), (0.6f / 32767, 1), (-0.4f / 32767, 0), (-0.6f / 32767, -1), (1.4f / 32767, 1), (1.6f / 32767, 2),
        ];

        // Long enough that each case meets the vectorised part and, at the end, the remainder.
        (float Sample, short Pcm)[] all = [.. Enumerable.Repeat(cases, 9).SelectMany(c => c)];
        var pcm = new short[all.Length];
        WavWriter.ToPcm([.. all.Select(c => c.Sample)], pcm);
        short[] alone = [.. all.Select(c =>
        {
            var one = new short[1];
            WavWriter.ToPcm([c.Sample], one);
            return one[0];
        })];

        Assert.Multiple(() =>
        {
            Assert.That(pcm, Is.EqualTo(all.Select(c => c.Pcm)));
            Assert.That(alone, Is.EqualTo(all.Select(c => c.Pcm)));
        });
    }

    [Test]
    public void Constructor_StreamThatCannotBeRead_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        using var writeOnly = File.OpenWrite(Path.Combine(directory.Path, "a.wav"));

        Assert.That(() => new WavWriter(writeOnly, 16000), Throws.ArgumentException);
    }
}
