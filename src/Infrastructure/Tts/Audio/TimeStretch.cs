namespace Dictation.Infrastructure.Tts.Audio;

public static class TimeStretch
{
    public static float[] Apply(ReadOnlySpan<float> samples, int sampleRate, double rate) => throw new NotSupportedException($"{samples.Length} {sampleRate} {rate}");
}
