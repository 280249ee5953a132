namespace Dictation.Application.Abstractions;

/// <summary>
/// Keeps audio files under relative keys such as <c>4f/0190….wav</c>. A key holds a whole file or none: a file is written under a temporary
/// name that no reader sees. Thread-safe.
/// </summary>
public interface IAudioStore
{
    /// <summary>
    /// Begins a new file for <paramref name="key"/>, and removes what an ended process left half written for it. A short file is created only by the
    /// commit, so the stream or the commit reports a store that is full or not writable.
    /// </summary>
    /// <exception cref="IOException">The store is missing.</exception>
    IAudioWriter Create(string key);

    /// <summary>The file under that key, or null. The caller disposes the stream.</summary>
    /// <exception cref="IOException">The store is missing, or the file cannot be read.</exception>
    Task<StoredFile?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Reads from a file that a writer of this process has not committed yet.</summary>
    /// <param name="offset">Bytes from the file's beginning.</param>
    /// <returns>How many bytes were read; 0 when no writer of this process has that key, or when it has not written that far.</returns>
    int ReadUnfinished(string key, long offset, Span<byte> buffer);

    /// <exception cref="IOException">The store is missing.</exception>
    Task<bool> ExistsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes the file if it exists.</summary>
    /// <returns>The bytes freed; 0 when no file existed.</returns>
    /// <exception cref="IOException">The store is missing, or the file exists and cannot be removed.</exception>
    Task<long> DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Every whole file, in no order.</summary>
    IAsyncEnumerable<StoredFileInfo> ListAsync(CancellationToken cancellationToken);

    /// <summary>Removes the temporary files that no living process writes.</summary>
    /// <returns>The files that were removed, or would be with <paramref name="dryRun"/>.</returns>
    Task<RemovedFiles> DeleteAbandonedAsync(bool dryRun, CancellationToken cancellationToken);

    /// <summary>Writes and removes a probe file.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    Task CheckWritableAsync(CancellationToken cancellationToken);
}

/// <summary>A file that is being written. Disposing it uncommitted removes it.</summary>
public interface IAudioWriter : IAsyncDisposable
{
    /// <summary>Seekable. Written bytes can be read back at once.</summary>
    /// <exception cref="IOException">From its members: the store cannot be written.</exception>
    Stream Stream { get; }

    /// <summary>Makes the file durable and moves it under its key in one atomic step; replaces an earlier file.</summary>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="IOException">The file could not be stored; nothing under the key changed.</exception>
    Task<long> CommitAsync(CancellationToken cancellationToken);
}

/// <param name="Content">Seekable, at its start.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record StoredFile(Stream Content, DateTime ModifiedAt);

/// <summary>Files that were removed together.</summary>
/// <param name="Files">How many.</param>
public readonly record struct RemovedFiles(int Files, long Bytes);

/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record StoredFileInfo(string Key, long Size, DateTime ModifiedAt);
