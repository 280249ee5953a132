using System.Buffers.Binary;
using Dictation.Application.Abstractions;

namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <summary>
/// Encodes 16-bit mono PCM as FLAC (RFC 9639) while it comes: blocks of 4096 samples, each stored as a constant, by a fixed predictor of
/// order 0 to 4 with partitioned Rice codes, or as it is, whichever is shortest.
/// </summary>
internal sealed class FlacEncoding : IAudioEncoding
{
    private const int BlockSize = 4096, BitsPerSample = 16, MaxOrder = 4;

    private readonly Stream _output;
    private readonly byte[] _header;
    private readonly short[] _block = new short[BlockSize];
    private readonly int[][] _residuals = [.. Enumerable.Range(0, MaxOrder + 1).Select(_ => new int[BlockSize])];
    private readonly BitWriter _bits = new();
    private int _filled;
    private uint _frame;
    private bool _begun;
    private byte? _oddByte;

    /// <param name="output">Where it goes; left open.</param>
    /// <param name="sampleRate">Hertz, 1..655,350.</param>
    /// <param name="samples">How many there will be; null where that is not known, which the format allows.</param>
    public FlacEncoding(Stream output, int sampleRate, long? samples)
    {
        _output = output;
        _header = StreamHeader(sampleRate, samples ?? 0);
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        while (!pcm.IsEmpty)
        {
            pcm = pcm[Fill(pcm.Span)..];
            if (_filled == BlockSize)
            {
                await WriteBlockAsync(cancellationToken);
            }
        }
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken);
        if (_filled > 0)
        {
            await WriteBlockAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] StreamHeader(int sampleRate, long samples)
    {
        // "fLaC", then the one metadata block: STREAMINFO, the last, of 34 bytes. Frame sizes and the checksum of the samples are left
        // unknown: they are when the first byte is sent.
        var bits = new BitWriter();
        bits.Write(0x664C6143, 32);
        bits.Write(1, 1);
        bits.Write(0, 7);
        bits.Write(34, 24);
        bits.Write(BlockSize, 16);
        bits.Write(BlockSize, 16);
        bits.Write(0, 24);
        bits.Write(0, 24);
        bits.Write((uint)sampleRate, 20);
        bits.Write(0, 3);
        bits.Write(BitsPerSample - 1, 5);
        bits.Write((uint)(samples >> 32) & 0xF, 4);
        bits.Write((uint)samples, 32);
        for (var i = 0; i < 4; i++)
        {
            bits.Write(0, 32);
        }

        return bits.ToArray();
    }

    private async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            _begun = true;
            await _output.WriteAsync(_header, cancellationToken);
        }
    }

    /// <returns>How many bytes were taken.</returns>
    private int Fill(ReadOnlySpan<byte> pcm)
    {
        if (_oddByte is { } low)
        {
            _block[_filled++] = (short)(low | (pcm[0] << 8));
            _oddByte = null;
            return 1;
        }

        var count = Math.Min(pcm.Length / 2, BlockSize - _filled);
        for (var i = 0; i < count; i++)
        {
            _block[_filled + i] = BinaryPrimitives.ReadInt16LittleEndian(pcm[(2 * i)..]);
        }

        _filled += count;
        if (count == 0 && pcm.Length == 1)
        {
            _oddByte = pcm[0];
            return 1;
        }

        return 2 * count;
    }

    private async ValueTask WriteBlockAsync(CancellationToken cancellationToken)
    {
        Encode(_block.AsSpan(0, _filled));
        _filled = 0;
        _frame++;
        await _output.WriteAsync(_bits.Written, cancellationToken);
    }

    private void Encode(ReadOnlySpan<short> block)
    {
        _bits.Clear();

        // Frame header: sync code, fixed block size; the size's code; the rate as in STREAMINFO; one channel; 16 bits; the frame's number.
        _bits.Write(0x3FFE, 14);
        _bits.Write(0, 2);
        _bits.Write(block.Length == BlockSize ? 0b1100u : 0b0111u, 4);
        _bits.Write(0, 4);
        _bits.Write(0, 4);
        _bits.Write(0b100, 3);
        _bits.Write(0, 1);
        WriteNumber(_frame);
        if (block.Length != BlockSize)
        {
            _bits.Write((uint)block.Length - 1, 16);
        }

        _bits.Write(FlacChecksums.Crc8(_bits.Written.Span), 8);
        WriteSubframe(block);
        _bits.Align();
        _bits.Write(FlacChecksums.Crc16(_bits.Written.Span), 16);
    }

    /// <summary>As UTF-8 codes a code point.</summary>
    private void WriteNumber(uint number)
    {
        if (number < 0x80)
        {
            _bits.Write(number, 8);
            return;
        }

        var bytes = number < 0x800 ? 2 : number < 0x10000 ? 3 : number < 0x200000 ? 4 : number < 0x4000000 ? 5 : 6;
        var shift = 6 * (bytes - 1);
        _bits.Write((uint)(0xFF << (8 - bytes) & 0xFF) | (number >> shift), 8);
        for (shift -= 6; shift >= 0; shift -= 6)
        {
            _bits.Write(0x80 | ((number >> shift) & 0x3F), 8);
        }
    }

    private void WriteSubframe(ReadOnlySpan<short> block)
    {
        if (!block.ContainsAnyExcept(block[0]))
        {
            _bits.Write(0b0_000000_0, 8);
            _bits.Write((ushort)block[0], BitsPerSample);
            return;
        }

        var order = Predict(block);
        var residual = _residuals[order].AsSpan(order, block.Length - order);
        var (partitionOrder, size) = RiceCoding.Partition(residual, order, block.Length);
        if (size + order * BitsPerSample >= (long)block.Length * BitsPerSample)
        {
            _bits.Write(0b0_000001_0, 8);
            foreach (var sample in block)
            {
                _bits.Write((ushort)sample, BitsPerSample);
            }

            return;
        }

        _bits.Write((uint)(0b001000 | order) << 1, 8);
        for (var i = 0; i < order; i++)
        {
            _bits.Write((ushort)block[i], BitsPerSample);
        }

        // Rice codes with parameters of four bits.
        _bits.Write(0, 2);
        _bits.Write((uint)partitionOrder, 4);
        for (var partition = 0; partition < 1 << partitionOrder; partition++)
        {
            var part = RiceCoding.Part(residual, order, block.Length, partitionOrder, partition);
            var rice = RiceCoding.Rice(part).Parameter;
            _bits.Write((uint)rice, 4);
            foreach (var value in part)
            {
                _bits.WriteRice(RiceCoding.Folded(value), rice);
            }
        }
    }

    /// <summary>Fills the residuals of every order, each the differences of the one before, and tells which is the smallest.</summary>
    private int Predict(ReadOnlySpan<short> block)
    {
        for (var i = 0; i < block.Length; i++)
        {
            _residuals[0][i] = block[i];
        }

        var (best, smallest) = (0, Sum(_residuals[0].AsSpan(0, block.Length)));
        for (var order = 1; order <= Math.Min(MaxOrder, block.Length - 1); order++)
        {
            var (of, to) = (_residuals[order - 1], _residuals[order]);
            for (var i = order; i < block.Length; i++)
            {
                to[i] = of[i] - of[i - 1];
            }

            var sum = Sum(to.AsSpan(order, block.Length - order));
            if (sum < smallest)
            {
                (best, smallest) = (order, sum);
            }
        }

        return best;

        static long Sum(ReadOnlySpan<int> values)
        {
            long sum = 0;
            foreach (var value in values)
            {
                sum += Math.Abs(value);
            }

            return sum;
        }
    }
}
