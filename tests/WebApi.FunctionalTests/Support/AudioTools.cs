using System.Runtime.InteropServices;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>ffmpeg, as a listener that knows nothing of this service.</summary>
internal static class AudioTools
{
    private const int SampleRate = 16_000;

    /// <summary>Ignores the test where there is no ffmpeg; in CI there must be.</summary>
    public static void Require() => Programs.Require(Programs.IsOnPath("ffmpeg") ? null : "there is no ffmpeg here.", "CI_AUDIO_TOOLS");

    /// <summary>The samples of a file at 16 kHz; bare PCM does not tell its own rate.</summary>
    public static async Task<float[]> DecodeAsync(string file, string format, int pcmRate = 24_000)
    {
        var raw = file + ".raw";
        string[] input = format == "pcm" ? ["-f", "s16le", "-ar", $"{pcmRate}", "-ac", "1"] : [];
        var (exitCode, _, error) = await ChildProgram.RunAsync(
            "ffmpeg", ["-v", "error", "-y", .. input, "-i", file, "-f", "f32le", "-ar", $"{SampleRate}", "-ac", "1", raw]);
        Assert.That(exitCode, Is.Zero, error);
        return MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(raw)).ToArray();
    }
}
