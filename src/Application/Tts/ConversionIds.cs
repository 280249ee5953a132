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

    private readonly Lock gate = new();
    private long milliseconds;
    private int counter;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        lock (gate)
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > milliseconds)
            {
                milliseconds = now;
                counter = 0;
            }
            else if (++counter > 0xFFF)
            {
                milliseconds++;
                counter = 0;
            }

            BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)milliseconds << 16) | 0x7000 | (uint)counter);
        }

        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(bytes);
    }
}
