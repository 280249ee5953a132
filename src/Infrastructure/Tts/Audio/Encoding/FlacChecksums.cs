namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <summary>The checksums of a FLAC frame (RFC 9639, sections 9.1.8 and 9.3).</summary>
internal static class FlacChecksums
{
    private static readonly ushort[] Crc16Table = [.. Enumerable.Range(0, 256).Select(b =>
    {
        var crc = b << 8;
        for (var i = 0; i < 8; i++)
        {
            crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x18005 : crc << 1;
        }

        return (ushort)crc;
    })];

    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        var crc = 0;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 0x80) != 0 ? (crc << 1) ^ 0x107 : crc << 1;
            }
        }

        return (byte)crc;
    }

    public static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        var crc = (ushort)0;
        foreach (var b in bytes)
        {
            crc = (ushort)((crc << 8) ^ Crc16Table[(crc >> 8) ^ b]);
        }

        return crc;
    }
}
