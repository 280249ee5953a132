namespace Dictation.Application.Abstractions;

/// <summary>Addresses that clients fetch audio from.</summary>
public interface IAudioLinks
{
    /// <summary>The address of a task's download: absolute when a base URL is configured, else a path on this server.</summary>
    string TaskAudio(string conversionId);

    /// <summary>The address of an item's audio.</summary>
    string ItemAudio(long itemId);
}
