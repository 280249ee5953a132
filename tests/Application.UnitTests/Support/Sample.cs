using Dictation.Domain.Tts;

namespace Dictation.Application.UnitTests.Support;

/// <summary>Tasks for tests.</summary>
internal static class Sample
{
    public static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    public static readonly SpokenAudio Spoken = new(16000, 1.5, 1, "cpu", 0.1);

    public static string Id(int number) => $"{number:x32}";

    public static TtsTask Queued(int number = 1, string? text = null) =>
        TtsTask.Submit(Id(number), new SpeechContent(text ?? $"Teksti {number}", "fi", "v", "h", 1), customFilename: null, Now);

    public static TtsTask Claimed(Guid claim, int number = 1)
    {
        var task = Queued(number);
        task.Claim(claim, Now, new ClaimTerms(TimeSpan.FromSeconds(15), 3, TimeSpan.FromMinutes(1)));
        return task;
    }

    public static TtsTask Done(int number = 1)
    {
        var claim = Guid.NewGuid();
        var task = Claimed(claim, number);
        task.Complete(claim, Spoken, Now);
        task.Finish(claim, Stored(task));
        return task;
    }

    public static StoredAudio Stored(TtsTask task) => new(task.AudioKey, 1000, new string('f', 64));
}
