using Dictation.Infrastructure.Tts.Voices;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Whether tests can have phonemes.</summary>
internal static class Espeak
{
    /// <summary>Skips the test where the library is not there; in CI it must be.</summary>
    public static void Require()
    {
        if (EspeakNg.Missing is { } missing)
        {
            Assert.That(Environment.GetEnvironmentVariable("CI_AUDIO_TOOLS"), Is.Null, "libespeak-ng must be there in CI");
            Assert.Ignore($"Not tried: {missing}.");
        }
    }
}
