using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Dictation.Speech.Audio;

/// <summary>
/// Streams 16-bit PCM mono WAV. The 44-byte header is written first as a placeholder and completed by <see cref="Complete"/>.
/// Not thread-safe. The stream stays open.
/// </summary>
public sealed class WavWriter
{
    public const int HeaderLength = 44;
    private const int FullScale = short.MaxValue;
    public const int BytesPerSample = sizeof(short);

    /// <summary>Samples converted and written at once, 64 KiB: the stream beneath needs no buffer of its own.</summary>
    private const int BufferLength = 1 << 15;

    private readonly Stream _stream;
    private readonly int _sampleRate;

    // Returned to the pool by Complete; of a recording that is never completed, the garbage collector takes it.
    private short[] _pcm = ArrayPool<short>.Shared.Rent(BufferLength);

    /// <param name="stream">Readable, writable, seekable, at position 0.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <exception cref="ArgumentException">The stream cannot be read and sought, or the rate is not positive.</exception>
    /// <exception cref="IOException">The stream could not be written.</exception>
    public WavWriter(Stream stream, int sampleRate)
    {
        if (!stream.CanRead || !stream.CanWrite || !stream.CanSeek)
        {
            throw new ArgumentException("The stream must be readable, writable and seekable.", nameof(stream));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        _stream = stream;
        _sampleRate = sampleRate;
        WriteHeader(0);
    }

    /// <summary>Samples written so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Writes samples in -1..1; what lies beyond saturates.</summary>
    /// <exception cref="IOException">The stream could not be written, or the audio outgrew what a WAV file can hold (4 GiB).</exception>
    public void Write(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, _pcm.Length);
            ToPcm(samples[..count], _pcm);
            WritePcm(count);
            samples = samples[count..];
        }
    }

    /// <inheritdoc cref="Write"/>
    /// <summary>Writes digital silence.</summary>
    /// <param name="samples">How much, at least 0.</param>
    public void WriteSilence(int samples)
    {
        Array.Clear(_pcm, 0, Math.Min(samples, _pcm.Length));
        for (var left = samples; left > 0; left -= _pcm.Length)
        {
            WritePcm(Math.Min(left, _pcm.Length));
        }
    }

    /// <summary>Completes the header, and leaves the stream at its end. Nothing can be written after it.</summary>
    /// <returns>
    /// Lower-hex SHA-256 of the whole file. The header holds the length and comes first, so no hash can run along with the writing:
    /// the stream is read once more from its beginning, in pieces.
    /// </returns>
    /// <exception cref="IOException">The stream could not be written or read.</exception>
    public string Complete()
    {
        _stream.Position = 0;
        WriteHeader((uint)(Samples * BytesPerSample));
        _stream.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = MemoryMarshal.AsBytes(_pcm.AsSpan());
        for (var read = _stream.Read(buffer); read > 0; read = _stream.Read(buffer))
        {
            hash.AppendData(buffer[..read]);
        }

        ArrayPool<short>.Shared.Return(_pcm);
        _pcm = [];
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Converts to 16-bit PCM, rounding to nearest (ties to even), 1.0 being 32767; what lies beyond saturates, NaN becomes 0.</summary>
    /// <param name="samples">Samples in -1..1.</param>
    /// <param name="pcm">At least as long.</param>
    public static void ToPcm(ReadOnlySpan<float> samples, Span<short> pcm)
    {
        var i = 0;
        var width = Vector<float>.Count;
        for (; i <= samples.Length - 2 * width; i += 2 * width)
        {
            var low = ToInt32(new Vector<float>(samples[i..]));
            var high = ToInt32(new Vector<float>(samples[(i + width)..]));
            Vector.Narrow(low, high).CopyTo(pcm[i..]);
        }

        for (; i < samples.Length; i++)
        {
            pcm[i] = (short)(int)MathF.Round(Math.Clamp(samples[i] * FullScale, short.MinValue, short.MaxValue));
        }
    }

    private static Vector<int> ToInt32(Vector<float> samples) => Vector.ConvertToInt32(
        Vector.Round(Vector.Max(Vector.Min(samples * FullScale, new Vector<float>(short.MaxValue)), new Vector<float>(short.MinValue))));

    private void WritePcm(int count)
    {
        if ((Samples + count) * BytesPerSample > uint.MaxValue - HeaderLength)
        {
            throw new IOException("The audio is too long for a WAV file.");
        }

        _stream.Write(MemoryMarshal.AsBytes(_pcm.AsSpan(0, count)));
        Samples += count;
    }

    /// <summary>The header of a file.</summary>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="dataBytes">Length of what follows.</param>
    public static byte[] Header(int sampleRate, uint dataBytes)
    {
        var header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), HeaderLength - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(22), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), (uint)sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(28), (uint)(sampleRate * BytesPerSample));
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(32), BytesPerSample);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(34), 8 * BytesPerSample);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), dataBytes);
        return header;
    }

    private void WriteHeader(uint dataBytes) => _stream.Write(Header(_sampleRate, dataBytes));
}
