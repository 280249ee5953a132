namespace Dictation.Domain.Tts;

/// <summary>The steps of a task's life, in their order. A step is never taken back but by an explicit retry.</summary>
public enum TtsTaskStatus
{
    /// <summary>Accepted and stored; waits for its turn.</summary>
    Queued,

    /// <summary>A worker speaks it.</summary>
    Processing,

    /// <summary>The audio exists.</summary>
    Completed,

    /// <summary>The audio is stored, recorded and announced.</summary>
    Done,

    /// <summary>It ended without audio; the error message says why.</summary>
    Failed,
}

public static class TtsTaskStatusExtensions
{
    /// <summary>Whether the status is final until somebody asks for a change.</summary>
    public static bool IsTerminal(this TtsTaskStatus status) => status is TtsTaskStatus.Done or TtsTaskStatus.Failed;
}
