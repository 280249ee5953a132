using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Dictation.Speech.Synthesis;

/// <summary>
/// Standard normal numbers for a voice's network: Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel Random Numbers, 2011) and the Box-Muller transform.
/// Each number depends on the content key, the segment, the use and its index alone, so that the same request has the same bytes on every run.
/// </summary>
public readonly struct Noise : INoise
{
    private const uint Multiplier0 = 0xD2511F53, Multiplier1 = 0xCD9E8D57, Weyl0 = 0x9E3779B9, Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    private readonly uint _key0;
    private readonly uint _key1;
    private readonly uint _segment;

    /// <param name="contentKey">Names what is spoken and how.</param>
    /// <param name="segment">The segment's place in the text, from 0.</param>
    public Noise(string contentKey, int segment)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(contentKey), hash);
        _key0 = BinaryPrimitives.ReadUInt32LittleEndian(hash);
        _key1 = BinaryPrimitives.ReadUInt32LittleEndian(hash[4..]);
        _segment = (uint)segment;
    }

    /// <summary>Fills with the numbers of one use, from the first.</summary>
    /// <param name="use">What the numbers are for; each use has numbers of its own.</param>
    /// <param name="values">Any length.</param>
    public void Fill(NoiseUse use, Span<float> values)
    {
        Span<float> four = stackalloc float[4];
        for (var at = 0; at < values.Length; at += 4)
        {
            Block((uint)(at / 4), (uint)use, four);
            four[..Math.Min(4, values.Length - at)].CopyTo(values[at..]);
        }
    }

    private void Block(uint index, uint use, Span<float> normals)
    {
        var (c0, c1, c2, c3) = Bits(index, _segment, use, 0, _key0, _key1);
        (normals[0], normals[1]) = Normal(c0, c1);
        (normals[2], normals[3]) = Normal(c2, c3);
    }

    /// <summary>The function itself: a counter of four words and a key of two give four words.</summary>
    internal static (uint, uint, uint, uint) Bits(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var p0 = (ulong)Multiplier0 * c0;
            var p1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    private static (float, float) Normal(uint a, uint b)
    {
        // In the middle of each of 2^24 steps, which a float holds exactly: never 0, never 1.
        const float Step = 1f / (1 << 24);
        var radius = MathF.Sqrt(-2 * MathF.Log(((a >> 8) + 0.5f) * Step));
        var (sin, cos) = MathF.SinCos(MathF.Tau * ((b >> 8) + 0.5f) * Step);
        return (radius * cos, radius * sin);
    }
}

/// <summary>Standard normal numbers for a voice's network.</summary>
public interface INoise
{
    /// <summary>Fills with the numbers of one use, from the first.</summary>
    void Fill(NoiseUse use, Span<float> values);
}

/// <summary>What noise is drawn for.</summary>
public enum NoiseUse
{
    /// <summary>How long sounds last.</summary>
    Durations,

    /// <summary>How a voice sounds.</summary>
    Prior,

    /// <summary>The first random node of a graph of another kind; each further one has the next number.</summary>
    Graph = 1_000,
}
