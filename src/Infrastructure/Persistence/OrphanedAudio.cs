namespace Dictation.Infrastructure.Persistence;

/// <summary>
/// That nobody uses a task's audio any more: written with the last use's removal, in its transaction, and kept until no worker can put the
/// file there again. A process that ends between the two leaves the file to the next start.
/// </summary>
/// <param name="Since">UTC.</param>
public sealed record OrphanedAudio(string ConversionId, DateTime Since);
