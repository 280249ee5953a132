using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Listening;
using Dictation.Speech;
using Dictation.Speech.Audio;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Audio;

public class SegmentJoinerTests
{
    private const int SampleRate = 16000;

    [Test]
    public void Append_EachPause_LeavesThatSilenceBetweenTheSounds(
        [Values] Pause pause, [Values(0.5, 1, 2)] double rate, [Values(0, 0.004, 0.06, 0.5)] double ownSilence)
    {
        var pcm = Join(rate, (Tone(ownSilence), Pause.None), (Tone(ownSilence), pause));

        (var from, var to) = LongestQuietRun(pcm, (int)(SegmentJoiner.Lead / rate * SampleRate) + 40, pcm.Length - (int)(SegmentJoiner.Tail / rate * SampleRate) - 1400);
        var expected = pause switch { Pause.None => 0, Pause.Clause => 0.2, Pause.Sentence => 0.35, _ => 0.7 } / rate;
        // Two kept margins, each longer at a slower rate, are the least that is left.
        Assert.That(
            (to - from) / (double)SampleRate,
            Is.EqualTo(expected).Within(0.02).Or.LessThanOrEqualTo(0.015 + 0.03 / rate).And.GreaterThanOrEqualTo(expected - 0.02));
    }

    [Test]
    public void Complete_AnySegment_BeginsAndEndsWithKnownSilence([Values(0, 0.06, 0.5)] double ownSilence)
    {
        var pcm = Join(1, (Tone(ownSilence), Pause.Paragraph));

        var first = Array.FindIndex(pcm, sample => Math.Abs((int)sample) > 100);
        var last = Array.FindLastIndex(pcm, sample => Math.Abs((int)sample) > 100);
        Assert.Multiple(() =>
        {
            Assert.That(first / (double)SampleRate, Is.EqualTo(0.06).Within(0.01));
            Assert.That((pcm.Length - last) / (double)SampleRate, Is.EqualTo(0.1).Within(0.01));
        });
    }

    [TestCase(0.5f, 0.5f)]
    [TestCase(1f, 1f)]
    [TestCase(3f, 1f)]
    public void Append_AnyPeak_StaysAsItIsUpToFullScale(float peak, float expected)
    {
        var pcm = Join(1, (Tone(0.06, peak), Pause.None));

        Assert.That(pcm.Max(sample => Math.Abs((int)sample)) / 32767.0, Is.EqualTo(expected).Within(0.002));
    }

    [Test]
    public void Append_InPieces_CutsTheSameSilenceAtTheEnds([Values(1, 79, 1600, 4000)] int length, [Values(0, 0.004, 0.06, 0.5)] double ownSilence)
    {
        var tone = Tone(ownSilence);
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, SampleRate);
        var joiner = new SegmentJoiner(writer, SampleRate, 1);
        joiner.Begin(0);
        foreach (var piece in tone.Chunk(length))
        {
            joiner.Append(piece);
        }

        var joined = joiner.End()!.Value;
        joiner.Complete();

        Assert.Multiple(() =>
        {
            Assert.That(joined.Start / (double)SampleRate, Is.EqualTo(ownSilence).Within(0.006));
            Assert.That(joined.End / (double)SampleRate, Is.EqualTo(tone.Length / (double)SampleRate - ownSilence).Within(0.006));
            Assert.That(writer.Samples / (double)SampleRate, Is.EqualTo(SegmentJoiner.Lead + 0.3 + SegmentJoiner.Tail).Within(0.012));
        });
    }

    [Test]
    public void Append_Silence_WritesNothing()
    {
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, SampleRate);
        var joiner = new SegmentJoiner(writer, SampleRate, 1);

        Assert.Multiple(() =>
        {
            Assert.That(Joined(joiner, new float[SampleRate], 0), Is.Null);
            Assert.That(Joined(joiner, [], 0), Is.Null);
            Assert.That(writer.Samples, Is.Zero);
        });
    }

    [Test]
    public void Append_RealSpeech_JoinsWithoutClick([Values] Pause pause)
    {
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, SampleRate);
        var joiner = new SegmentJoiner(writer, SampleRate, 1);
        var joins = new List<int>();
        foreach (var segment in SpeechSegments())
        {
            Joined(joiner, segment, joins.Count == 0 ? 0 : SegmentJoiner.Gap(pause));
            joins.Add((int)writer.Samples);
        }

        joiner.Complete();
        writer.Complete();
        var pcm = new WavFile(stream.ToArray()).Pcm;
        var usual = UsualLargest(pcm);

        // Where a pause lies between, its far side is a join too: the search reaches beyond the longest pause.
        var reach = (int)(0.75 * SampleRate);
        double[] atJoins = [.. joins.Select(join => LargestAroundSilence(pcm, join, reach))];
        TestContext.Out.WriteLine($"{pause}: at joins at most {atJoins.Max()}, usual {usual}");

        // A sharp consonant is as steep as a click; a faded join must be far from either.
        Assert.That(atJoins, Is.All.LessThanOrEqualTo(0.05 * usual));
    }

    [Test]
    public void Append_SegmentsThatBeginAndEndLoud_JoinsWithoutClick()
    {
        // Cut in the middle of vowels: joined bare, this clicks, and the same measure sees it.
        float[][] loud = [.. SpeechSegments().Select(Loudest)];
        float[] bare = [.. loud.SelectMany(s => s)];
        var barePcm = new short[bare.Length];
        WavWriter.ToPcm(bare, barePcm);
        int[] cuts = [.. Enumerable.Range(1, loud.Length - 1).Select(i => loud.Take(i).Sum(s => s.Length))];
        var joined = Join(1, [.. loud.Select(s => (s, Pause.None))]);
        var usual = UsualLargest(Join(1, [.. SpeechSegments().Select(s => (s, Pause.None))]));

        var clicks = cuts.Max(cut => Largest(barePcm, cut - 80, cut + 80));
        // With no silence of its own a segment gets a pause's worth of zeros on both sides.
        double[] afterJoining = [.. Enumerable.Range(1, joined.Length - 1)
            .Where(i => joined[i - 1] == 0 != (joined[i] == 0))
            .Select(i => Largest(joined, i - 16, i + 16))];

        Assert.Multiple(() =>
        {
            Assert.That(clicks, Is.GreaterThan(usual));
            Assert.That(afterJoining, Is.All.LessThanOrEqualTo(usual));
        });
    }

    private static float[] Loudest(float[] segment)
    {
        var at = Array.IndexOf(segment, segment.Max());
        var length = Math.Min(4000, segment.Length - at);
        return segment[at..(at + length)];
    }

    private static float[][] SpeechSegments()
    {
        using var voice = InstalledVoice.Read(SpeechTestBed.BuiltInDirectory)
            .Load(SpeechTestBed.Loading(new TtsOptions()));
        string[] texts = ["aamulla satoi", "ja iltapäivällä", "paistoi aurinko", "Olipa kaunis päivä!", "sanoi isoäiti", "ja hymyili."];
        return [.. texts.Select(text => SpeechTestBed.Samples(voice, text))];
    }

    /// <summary>The 99.9th percentile of the second differences of what is not silence.</summary>
    private static double UsualLargest(short[] pcm)
    {
        double[] all = [.. Enumerable.Range(1, pcm.Length - 2).Where(i => pcm[i] != 0).Select(i => SecondDifference(pcm, i)).Order()];
        return all[(int)(all.Length * 0.999)];
    }

    private static double LargestAroundSilence(short[] pcm, int join, int reach)
    {
        // From 10 ms before the join to 10 ms after the sound resumes.
        var resumes = join;
        while (resumes < Math.Min(pcm.Length, join + reach) && pcm[resumes] == 0)
        {
            resumes++;
        }

        return Largest(pcm, join - 160, resumes + 160);
    }

    private static double Largest(short[] pcm, int from, int to)
    {
        double largest = 0;
        for (var i = Math.Max(1, from); i < Math.Min(pcm.Length - 1, to); i++)
        {
            largest = Math.Max(largest, SecondDifference(pcm, i));
        }

        return largest;
    }

    private static double SecondDifference(short[] pcm, int i) => Math.Abs(pcm[i - 1] - 2 * pcm[i] + pcm[i + 1]);

    private static JoinedSegment? Joined(SegmentJoiner joiner, float[] samples, double silence)
    {
        joiner.Begin(silence);
        joiner.Append(samples);
        return joiner.End();
    }

    private static short[] Join(double rate, params (float[] Samples, Pause Before)[] segments)
    {
        using var stream = new MemoryStream();
        var writer = new WavWriter(stream, SampleRate);
        var joiner = new SegmentJoiner(writer, SampleRate, rate);
        foreach ((var i, (var samples, var before)) in segments.Index())
        {
            Joined(joiner, samples, i == 0 ? 0 : SegmentJoiner.Gap(before) / rate);
        }

        joiner.Complete();
        writer.Complete();
        return new WavFile(stream.ToArray()).Pcm;
    }

    private static float[] Tone(double ownSilence, float peak = 0.5f)
    {
        var samples = new float[(int)((0.3 + 2 * ownSilence) * SampleRate)];
        var start = (int)(ownSilence * SampleRate);
        for (var i = start; i < samples.Length - start; i++)
        {
            samples[i] = peak * MathF.Sin(2 * MathF.PI * 500 * (i - start) / SampleRate);
        }

        return samples;
    }

    private static (int From, int To) LongestQuietRun(short[] pcm, int from, int to)
    {
        (int From, int To) longest = (0, 0);
        for (var i = from; i < to; i++)
        {
            var start = i;
            while (i < to && Math.Abs((int)pcm[i]) <= 100)
            {
                i++;
            }

            if (i - start > longest.To - longest.From)
            {
                longest = (start, i);
            }
        }

        return longest;
    }
}
