using System.Runtime.InteropServices;

namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <summary>Writes bits, the highest first.</summary>
internal sealed class BitWriter
{
    private const int SmallestCopy = 16 * 1024;

    private readonly List<byte> _bytes = [];
    private ulong _pending;
    private int _count;
    private byte[] _copy = [];

    /// <summary>The whole bytes so far.</summary>
    public ReadOnlyMemory<byte> Written
    {
        get
        {
            if (_copy.Length < _bytes.Count)
            {
                _copy = new byte[Math.Max(_bytes.Count, SmallestCopy)];
            }

            CollectionsMarshal.AsSpan(_bytes).CopyTo(_copy);
            return _copy.AsMemory(0, _bytes.Count);
        }
    }

    public void Clear() => _bytes.Clear();

    public byte[] ToArray() => [.. _bytes];

    /// <param name="bits">The lowest <paramref name="count"/> bits count; at most 32.</param>
    public void Write(uint bits, int count)
    {
        _pending = (_pending << count) | (bits & (count == 32 ? uint.MaxValue : (1u << count) - 1));
        for (_count += count; _count >= 8; _count -= 8)
        {
            _bytes.Add((byte)(_pending >> (_count - 8)));
        }
    }

    public void WriteRice(uint value, int parameter)
    {
        for (var zeros = value >> parameter; zeros > 0;)
        {
            var now = Math.Min(zeros, 24);
            Write(0, (int)now);
            zeros -= now;
        }

        Write(1, 1);
        if (parameter > 0)
        {
            Write(value, parameter);
        }
    }

    public void Align()
    {
        if (_count > 0)
        {
            Write(0, 8 - _count);
        }
    }
}
