namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// A record that nobody uses a task's audio any more. The transaction that removes the last use writes it; it stays until no worker can
/// write the file again. If the process ends before it removes the file, the next start does.
/// </summary>
/// <param name="Since">UTC.</param>
public sealed record OrphanedAudio(string ConversionId, DateTime Since);
