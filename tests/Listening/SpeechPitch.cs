namespace Dictation.Listening;

/// <summary>How high a voice is.</summary>
internal static class SpeechPitch
{
    private const int SampleRate = 16000, Frame = 640, Shortest = SampleRate / 400, Longest = SampleRate / 50;

    /// <summary>The median fundamental frequency of the voiced frames in hertz, 50 to 400, by autocorrelation.</summary>
    /// <param name="samples">At 16 kHz.</param>
    public static double Median(ReadOnlySpan<float> samples)
    {
        var found = new List<double>();
        for (var at = 0; at + Frame + Longest < samples.Length; at += Frame / 2)
        {
            if (Lag(samples.Slice(at, Frame + Longest)) is { } lag)
            {
                found.Add((double)SampleRate / lag);
            }
        }

        return found.Order().ElementAt(found.Count / 2);
    }

    private static int? Lag(ReadOnlySpan<float> frame)
    {
        var best = (Lag: 0, Value: 0.0);
        for (var lag = Shortest; lag <= Longest; lag++)
        {
            double product = 0, one = 1e-9, other = 1e-9;
            for (var i = 0; i < Frame; i++)
            {
                product += frame[i] * frame[i + lag];
                one += frame[i] * frame[i];
                other += frame[i + lag] * frame[i + lag];
            }

            // A multiple of the period is as good; the shortest counts.
            var value = product / Math.Sqrt(one * other);
            if (value > best.Value + 0.02 && one > 0.5)
            {
                best = (lag, value);
            }
        }

        return best.Value > 0.8 ? best.Lag : null;
    }
}
