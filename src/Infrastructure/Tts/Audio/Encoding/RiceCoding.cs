using System.Numerics;

namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <summary>Partitioned Rice codes of a residual (RFC 9639, section 9.2.7): which cost the fewest bits.</summary>
internal static class RiceCoding
{
    private const int MaxPartitionOrder = 5, MaxRice = 14;

    public static (int Order, long Bits) Partition(ReadOnlySpan<int> residual, int predictor, int blockLength)
    {
        var (best, smallest) = (0, long.MaxValue);
        for (var order = 0; order <= MaxPartitionOrder && blockLength % (1 << order) == 0 && blockLength >> order > predictor; order++)
        {
            long bits = 0;
            for (var partition = 0; partition < 1 << order; partition++)
            {
                bits += 4 + Rice(Part(residual, predictor, blockLength, order, partition)).Bits;
            }

            if (bits < smallest)
            {
                (best, smallest) = (order, bits);
            }
        }

        return (best, smallest);
    }

    // The first partition is shorter by the samples that the predictor begins with.
    public static ReadOnlySpan<int> Part(ReadOnlySpan<int> residual, int predictor, int blockLength, int order, int partition)
    {
        var length = blockLength >> order;
        return partition == 0 ? residual[..(length - predictor)] : residual.Slice(partition * length - predictor, length);
    }

    public static (int Parameter, long Bits) Rice(ReadOnlySpan<int> values)
    {
        long sum = 0;
        foreach (var value in values)
        {
            sum += Folded(value);
        }

        // The lowest bits are written as they are, the rest in unary: best when both cost the same.
        var guess = sum == 0 ? 0 : Math.Clamp(BitOperations.Log2((ulong)(sum / Math.Max(1, values.Length)) + 1), 0, MaxRice);
        var (best, smallest) = (0, long.MaxValue);
        for (var parameter = Math.Max(0, guess - 1); parameter <= Math.Min(MaxRice, guess + 1); parameter++)
        {
            var bits = (1L + parameter) * values.Length;
            foreach (var value in values)
            {
                bits += Folded(value) >> parameter;
            }

            if (bits < smallest)
            {
                (best, smallest) = (parameter, bits);
            }
        }

        return (best, smallest);
    }

    public static uint Folded(int value) => (uint)((value << 1) ^ (value >> 31));
}
