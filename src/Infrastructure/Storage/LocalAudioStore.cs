using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.Storage;

/// <summary>
/// Audio in a directory of this machine. A file is written under <c>.tmp</c>, at once when it is short and as it grows when it is long
/// (<see cref="SpoolStream"/>), flushed to the disk and renamed into place, so that a key names a whole file or none, whenever the process ends. A
/// temporary file is held open and locked by its writer: one that can be locked by another belongs to nobody any more.
/// </summary>
public sealed class LocalAudioStore : IAudioStore
{
    private const string TemporaryFolder = ".tmp";
    private const string TemporarySuffix = ".part";

    private readonly string _root;
    private readonly string _temporary;
    private readonly ConcurrentDictionary<string, Writer> _writers = new(StringComparer.Ordinal);

    public LocalAudioStore(IOptions<AudioStoreOptions> options)
    {
        _root = Path.GetFullPath(options.Value.Directory);
        _temporary = Path.Combine(_root, TemporaryFolder);
        try
        {
            Directory.CreateDirectory(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The audio directory '{_root}' cannot be made: {exception.Message} Check its permissions, or set AUDIO_DIR.", exception);
        }
    }

    public IAudioWriter Create(string key)
    {
        var target = Resolve(key);
        CheckThere();
        return _writers[key] = new Writer(() => MakeTemporary(Path.GetFileName(key)), target, w => _writers.TryRemove(KeyValuePair.Create(key, w)));
    }

    public Task<StoredFile?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new FileStream(Resolve(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return Task.FromResult<StoredFile?>(new StoredFile(stream, File.GetLastWriteTimeUtc(stream.SafeFileHandle)));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            CheckThere();
            return Task.FromResult<StoredFile?>(null);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public int ReadUnfinished(string key, long offset, Span<byte> buffer) => _writers.TryGetValue(key, out var writer) ? writer.Read(offset, buffer) : 0;

    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken)
    {
        var exists = File.Exists(Resolve(key));
        if (!exists)
        {
            CheckThere();
        }

        return Task.FromResult(exists);
    }

    public Task<long> DeleteAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Translated(() =>
    {
        var file = new FileInfo(Resolve(key));
        if (!file.Exists)
        {
            CheckThere();
            return 0L;
        }

        var size = file.Length;
        file.Delete();
        return size;
    }));

    public async IAsyncEnumerable<StoredFileInfo> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var folder in new DirectoryInfo(_root).EnumerateDirectories().Where(d => d.Name != TemporaryFolder))
        {
            foreach (var file in folder.EnumerateFiles("*.wav"))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (SizeOf(file) is { } size)
                {
                    yield return new StoredFileInfo($"{folder.Name}/{file.Name}", size, file.LastWriteTimeUtc);
                }
            }
        }
    }

    public Task<RemovedFiles> DeleteAbandonedAsync(bool dryRun, CancellationToken cancellationToken)
    {
        var (files, bytes) = (0, 0L);
        foreach (var path in Directory.EnumerateFiles(_temporary))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (DeleteUnlessInUse(path, dryRun) is { } freed)
            {
                files++;
                bytes += freed;
            }
        }

        return Task.FromResult(new RemovedFiles(files, bytes));
    }

    public async Task CheckWritableAsync(CancellationToken cancellationToken)
    {
        // Not made here when it is missing: a directory that vanished, or whose disk is not mounted, is what the check is for.
        var probe = Path.Combine(_temporary, $"probe.{Guid.NewGuid():N}{TemporarySuffix}");
        await using var file = Translated(() => new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose | FileOptions.Asynchronous));
        await file.WriteAsync(new byte[] { 1 }, cancellationToken);
    }

    /// <summary>A temporary file that is this process's own, in place of those that an ended process left under that name.</summary>
    private FileStream MakeTemporary(string name) => Translated(() =>
    {
        // A directory that vanished, or whose disk is not mounted, is not created again: files written there would be hidden when it is back.
        foreach (var left in Directory.EnumerateFiles(_temporary, name + ".*"))
        {
            DeleteUnlessInUse(left, dryRun: false);
        }

        // Between making a file and locking it, a cleanup may take it for abandoned: then another is made. A fault of the disk stays one.
        for (var tries = 20; ; tries--)
        {
            var path = Path.Combine(_temporary, $"{name}.{Guid.NewGuid():N}{TemporarySuffix}");
            try
            {
                var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                if (File.Exists(path))
                {
                    return stream;
                }

                stream.Dispose();
            }
            catch (IOException) when (tries > 1)
            {
                // Taken, or a fault that the last try tells of.
            }
        }
    });

    /// <summary>Null when it was deleted since it was listed.</summary>
    private static long? SizeOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The bytes freed, or null when a living process holds the file or it is gone.</summary>
    private static long? DeleteUnlessInUse(string path, bool dryRun)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            var size = file.Length;
            if (!dryRun)
            {
                File.Delete(path);
            }

            return size;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>That a file is not there says something only where the store itself is.</summary>
    private void CheckThere()
    {
        if (!Directory.Exists(_temporary))
        {
            throw new IOException($"The audio directory '{_root}' is not there.");
        }
    }

    /// <summary>The port promises IOException for a store that cannot be written.</summary>
    private static T Translated<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private string Resolve(string key)
    {
        var path = Path.GetFullPath(Path.Combine(_root, key));

        // Keys are the service's own; this is the second lock on the door.
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"The key '{key}' leads out of the store.", nameof(key));
    }

    private sealed class Writer : IAudioWriter
    {
        private readonly SpoolStream _file;
        private readonly string _target;
        private readonly Action<Writer> _end;

        // Null while there is no file.
        private string? _path;
        private bool _committed;

        public Writer(Func<FileStream> makeTemporary, string target, Action<Writer> end)
        {
            (_target, _end) = (target, end);
            _file = new SpoolStream(() =>
            {
                var file = makeTemporary();
                _path = file.Name;
                return file;
            });
        }

        public Stream Stream => _file;

        public int Read(long offset, Span<byte> buffer) => _file.ReadAt(offset, buffer);

        public Task<long> CommitAsync(CancellationToken cancellationToken) => Translated(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            _file.FlushToDisk();
            var size = _file.Length;
            Directory.CreateDirectory(Path.GetDirectoryName(_target)!);
            if (OperatingSystem.IsWindows())
            {
                // An open file cannot be renamed there.
                _file.Dispose();
            }

            File.Move(_path!, _target, overwrite: true);
            _committed = true;
            return Task.FromResult(size);
        });

        public async ValueTask DisposeAsync()
        {
            _end(this);
            try
            {
                await _file.DisposeAsync();
            }
            catch (IOException)
            {
                // A full disk refuses the last bytes of a file that is thrown away or was already found wanting.
            }

            if (_path is not null && !_committed)
            {
                File.Delete(_path);
            }
        }
    }
}
