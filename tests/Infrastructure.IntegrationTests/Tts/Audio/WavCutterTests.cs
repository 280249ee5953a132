using Dictation.Infrastructure.Tts.Audio;
using Dictation.Listening;
using Dictation.Speech.Audio;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Audio;

public class WavCutterTests
{
    private const int SampleRate = 16000;

    [TestCase(0.5, 1.5)]
    [TestCase(0.52, 1.46)]
    public void Cut_NearASilence_CutsInIt(double start, double end)
    {
        // A tone with gaps of 20 ms around 0.5 s and 1.5 s.
        var pcm = Tone(2, t => Math.Abs(t - 0.5) < 0.01 || Math.Abs(t - 1.5) < 0.01);

        var part = Cut(pcm, start, end);

        Assert.Multiple(() =>
        {
            Assert.That(part.Length / (double)SampleRate, Is.EqualTo(1).Within(0.02));
            Assert.That(part.Take(40).Concat(part.TakeLast(40)).Select(s => Math.Abs((int)s)).Max(), Is.Zero, "both ends are silent");
        });
    }

    [Test]
    public void Cut_InTheMiddleOfSound_FadesSoThatNothingClicks()
    {
        var part = Cut(Tone(2, _ => false), 0.7, 1.3);

        Assert.Multiple(() =>
        {
            Assert.That(Math.Abs((int)part[0]), Is.LessThan(100));
            Assert.That(Math.Abs((int)part[^1]), Is.LessThan(100));
            Assert.That(part.Skip(100).Take(SampleRate / 2).Max(), Is.GreaterThan(9900), "the middle is as loud as it was");
        });
    }

    [Test]
    public void Cut_OfTheWhole_IsTheWhole()
    {
        var wav = Wav(Tone(1, _ => false));

        using var part = new WavCutter().Cut(new MemoryStream(wav), new(0, 5));

        Assert.That(Read(part), Is.EqualTo(wav));
    }

    [Test]
    public void Cut_ReadInAnyPieces_IsTheSame()
    {
        var wav = Wav(Tone(1, _ => false));
        using var whole = new WavCutter().Cut(new MemoryStream(wav), new(0.3, 0.6));
        var expected = Read(whole);
        var random = Seed.Random(3);
        for (var round = 0; round < 50; round++)
        {
            using var part = new WavCutter().Cut(new MemoryStream(wav), new(0.3, 0.6));
            var at = random.Next(expected.Length);
            part.Seek(at, SeekOrigin.Begin);
            var rest = new List<byte>();
            var buffer = new byte[random.Next(1, 3000)];
            for (int read; (read = part.Read(buffer)) > 0;)
            {
                rest.AddRange(buffer[..read]);
            }

            Assert.That(rest, Is.EqualTo(expected[at..]), $"from {at} in pieces of {buffer.Length}");
        }

        Assert.That(expected, Has.Length.EqualTo(whole.Length));
    }

    [TestCase(0.4, 0.4001)]
    [TestCase(0.9999, 5)]
    public void Cut_OfNextToNothing_IsStillSound(double start, double end) => Assert.That(Cut(Tone(1, t => t is > 0.35 and < 0.45), start, end), Is.Not.Empty);

    [Test]
    public void Cut_OfWhatIsNoRecording_ThrowsAndClosesIt()
    {
        var stream = new MemoryStream(new byte[10]);

        Assert.That(() => new WavCutter().Cut(stream, new(0, 1)), Throws.InstanceOf<IOException>());
        Assert.That(stream.CanRead, Is.False);
    }

    private static short[] Cut(short[] pcm, double start, double end)
    {
        using var part = new WavCutter().Cut(new MemoryStream(Wav(pcm)), new(start, end));
        return new WavFile(Read(part)).Pcm;
    }

    private static byte[] Read(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    private static byte[] Wav(short[] pcm) => [.. WavWriter.Header(SampleRate, (uint)pcm.Length * 2), .. pcm.SelectMany(BitConverter.GetBytes)];

    private static short[] Tone(double seconds, Func<double, bool> silent) => [.. Enumerable.Range(0, (int)(seconds * SampleRate))
        .Select(i => silent((double)i / SampleRate) ? (short)0 : (short)(10_000 * Math.Sin(2 * Math.PI * 440 * i / SampleRate)))];
}
