using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dictation.Application.Tts;

/// <summary>
/// Makes version 7 UUIDs as 32 hex digits, whose order as text is the order in which this process made them, also within a millisecond
/// and when the clock steps back: the 12 bits after the time count up (RFC 9562, 6.2, method 1). 62 bits are random.
/// </summary>
public sealed class ConversionIds(TimeProvider clock)
{
    public const int Length = 32;

    private readonly Lock _gate = new();
    private long _milliseconds;
    private int _counter;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        lock (_gate)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > _milliseconds)
            {
                _milliseconds = now;
                _counter = 0;
            }
            else if (++_counter > 0xFFF)
            {
                _milliseconds++;
                _counter = 0;
            }

            BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)_milliseconds << 16) | 0x7000 | (uint)_counter);
        }

        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(bytes);
    }
}
