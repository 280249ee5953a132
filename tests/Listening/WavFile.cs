using System.Buffers.Binary;
using System.Text;

namespace Dictation.Listening;

/// <summary>A WAV file read by its chunks, without the writer's code.</summary>
internal sealed class WavFile
{
    public WavFile(byte[] bytes)
    {
        Bytes = bytes;
        Assert.Multiple(() =>
        {
            Assert.That(Ascii(0), Is.EqualTo("RIFF"));
            Assert.That(UInt32(4), Is.EqualTo(bytes.Length - 8));
            Assert.That(Ascii(8), Is.EqualTo("WAVE"));
        });
        for (var at = 12; at < bytes.Length; at += 8 + (int)UInt32(at + 4))
        {
            Chunks.Add((Ascii(at), at + 8, (int)UInt32(at + 4)));
        }

        (_, var data, var length) = Chunks.Single(chunk => chunk.Id == "data");
        Pcm = new short[length / 2];
        for (var i = 0; i < Pcm.Length; i++)
        {
            Pcm[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(data + 2 * i));
        }
    }

    public byte[] Bytes { get; }

    public List<(string Id, int Start, int Length)> Chunks { get; } = [];

    public short[] Pcm { get; }

    public float[] Samples => [.. Pcm.Select(sample => sample / 32767f)];

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at));

    public uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));

    private string Ascii(int at) => Encoding.ASCII.GetString(Bytes, at, 4);
}
