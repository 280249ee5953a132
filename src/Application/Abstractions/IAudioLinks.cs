namespace Dictation.Application.Abstractions;

/// <summary>Addresses that clients fetch audio from.</summary>
public interface IAudioLinks
{
    /// <summary>Where a task's audio is downloaded: absolute when a base URL is configured, else a path on this server.</summary>
    string TaskAudio(string conversionId);

    /// <summary>Where an item's audio is played.</summary>
    string ItemAudio(long itemId);
}
