using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Infrastructure.Tts.Voices.Kokoro;

namespace Dictation.Infrastructure;

/// <summary>Where a family of voices is registered.</summary>
public static class KnownVoiceFamilies
{
    /// <summary>All of them. A folder that none knows is shown to the last.</summary>
    public static VoiceFamilies Create(TtsOptions options) => new([new KokoroFamily(options), new VitsFamily()]);
}
