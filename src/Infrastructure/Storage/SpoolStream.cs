using System.Buffers;

namespace Dictation.Infrastructure.Storage;

/// <summary>
/// A file that begins in memory and is created once it outgrows <see cref="MaxInMemory"/>, or when it is stored: the writer of a short one never waits
/// for the disk. One writes; <see cref="ReadAt"/> may be called by others meanwhile.
/// </summary>
/// <param name="create">Makes the file, empty.</param>
public sealed class SpoolStream(Func<FileStream> create) : Stream
{
    /// <summary>Bytes; sixteen seconds of 16-bit mono at 16 kHz.</summary>
    public const int MaxInMemory = 1 << 19;

    private readonly Lock _gate = new();
    private byte[] _memory = ArrayPool<byte>.Shared.Rent(MaxInMemory);
    private int _length;
    private int _position;
    private FileStream? _file;
    private bool _disposed;

    public override bool CanRead => !_disposed;

    public override bool CanSeek => !_disposed;

    public override bool CanWrite => !_disposed;

    public override long Length => _file?.Length ?? _length;

    public override long Position
    {
        get => _file?.Position ?? _position;
        set
        {
            if (_file is not null)
            {
                _file.Position = value;
                return;
            }

            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, _length);
            _position = (int)value;
        }
    }

    /// <summary>Reads what was written, wherever the position is.</summary>
    /// <returns>How many bytes; 0 behind the end, and once this is disposed.</returns>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return 0;
            }

            if (_file is not null)
            {
                return RandomAccess.Read(_file.SafeFileHandle, buffer, offset);
            }

            var count = (int)Math.Clamp(_length - offset, 0, buffer.Length);
            _memory.AsSpan((int)Math.Min(offset, _length), count).CopyTo(buffer);
            return count;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_file is not null)
        {
            return _file.Read(buffer);
        }

        var count = ReadAt(_position, buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="IOException">The file could not be made or written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_file is null && buffer.Length <= MaxInMemory - _position)
            {
                buffer.CopyTo(_memory.AsSpan(_position));
                _position += buffer.Length;
                _length = Math.Max(_length, _position);
                return;
            }

            Spill().Write(buffer);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Nothing waits here: what was written can be read.</summary>
    public override void Flush()
    {
    }

    /// <summary>Makes the file if it is not made yet, and waits until the disk has all of it.</summary>
    /// <exception cref="IOException">It could not be made or written.</exception>
    public void FlushToDisk()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Spill();
        }

        _file!.Flush(flushToDisk: true);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException("A recording only grows.");

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (disposing && !_disposed)
            {
                _disposed = true;
                Free();
                _file?.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private FileStream Spill()
    {
        if (_file is { } there)
        {
            return there;
        }

        var file = create();
        try
        {
            file.Write(_memory, 0, _length);
            file.Position = _position;
        }
        catch
        {
            // Its owner removes it.
            file.Dispose();
            throw;
        }

        Free();
        return _file = file;
    }

    private void Free()
    {
        if (_memory.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_memory);
            _memory = [];
        }
    }
}
