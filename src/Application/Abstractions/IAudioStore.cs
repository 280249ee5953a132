namespace Dictation.Application.Abstractions;

/// <summary>
/// Keeps audio files under relative keys such as <c>4f/0190….wav</c>. A key holds a whole file or none: writing happens under a temporary
/// name that no reader sees. Thread-safe.
/// </summary>
public interface IAudioStore
{
    /// <summary>
    /// Begins a new file for <paramref name="key"/>. What an ended process left half written for it is removed. That the store is full or may not be
    /// written is told by the stream or by the commit, as a short file is not made before.
    /// </summary>
    /// <exception cref="IOException">The store is not there.</exception>
    IAudioWriter Create(string key);

    /// <summary>The file under that key, or null. The caller disposes the stream.</summary>
    /// <exception cref="IOException">The store is not there, or the file cannot be read.</exception>
    Task<StoredFile?> OpenAsync(string key, CancellationToken cancellationToken);

    /// <summary>Reads what a writer of this process has written of a file that is not whole yet.</summary>
    /// <param name="offset">Bytes from the file's beginning.</param>
    /// <returns>How many bytes were read; 0 where nobody writes under that key here, or has not come that far.</returns>
    int ReadUnfinished(string key, long offset, Span<byte> buffer);

    /// <exception cref="IOException">The store is not there.</exception>
    Task<bool> ExistsAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes the file if it is there.</summary>
    /// <returns>The bytes freed; 0 when there was none.</returns>
    /// <exception cref="IOException">The store is not there, or the file is and cannot be removed.</exception>
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

/// <summary>A file being written. Disposing it uncommitted removes it.</summary>
public interface IAudioWriter : IAsyncDisposable
{
    /// <summary>Seekable; what is written can be read at once.</summary>
    /// <exception cref="IOException">From its members: the store cannot be written.</exception>
    Stream Stream { get; }

    /// <summary>Makes the file durable and puts it under its key in one atomic step, replacing what was there.</summary>
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
