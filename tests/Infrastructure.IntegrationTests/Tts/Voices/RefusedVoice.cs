using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>What a folder that is no voice may cost, and how it is told.</summary>
internal static class RefusedVoice
{
    /// <summary>Bytes that reading any folder may allocate.</summary>
    public const long MostMemory = 128 << 20;

    /// <summary>Reads a folder, which must be refused for a reason, in bounded memory.</summary>
    public static void Refused(string folder, string reason)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = Assert.Throws<VoiceException>(() => InstalledVoice.Read(folder))!;
        TestContext.Out.WriteLine(refused.Message);
        Assert.Multiple(() =>
        {
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(MostMemory));
            Assert.That(refused.Message, Does.Contain(reason));
            OneSentence(refused);
        });
    }

    /// <summary>The message is a line for people.</summary>
    public static void OneSentence(VoiceException refused) => Assert.Multiple(() =>
    {
        Assert.That(refused.Message, Does.EndWith("."));
        Assert.That(refused.Message, Has.Length.LessThan(2_000).And.All.Matches<char>(c => !char.IsControl(c) && c != '\u2028'));
    });
}
