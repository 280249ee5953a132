using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Dictation.Application.Abstractions;
using Dictation.Domain;
using Dictation.Speech.Audio;

namespace Dictation.Infrastructure.Tts.Audio;

/// <inheritdoc cref="IAudioCutter"/>
public sealed class WavCutter : IAudioCutter
{
    // A pause between words is longer than this; a stop inside a word is shorter.
    private const double Reach = 0.06;
    private const double Window = 0.01;
    private const double Fade = 0.005;

    public Stream Cut(Stream wav, AudioSpan part)
    {
        try
        {
            Span<byte> header = stackalloc byte[WavWriter.HeaderLength];
            wav.Position = 0;
            wav.ReadExactly(header);
            var sampleRate = BinaryPrimitives.ReadInt32LittleEndian(header[24..]);
            var samples = (wav.Length - WavWriter.HeaderLength) / WavWriter.BytesPerSample;
            var from = part.Start <= 0 ? 0 : Quietest(wav, sampleRate, samples, part.Start);
            var to = part.End * sampleRate >= samples ? samples : Quietest(wav, sampleRate, samples, part.End);
            if (to <= from)
            {
                // Both moments lie within one silence.
                (from, to) = (Math.Min(samples - 1, (long)(part.Start * sampleRate)), Math.Min(samples, (long)(part.End * sampleRate) + 1));
            }

            return new Part(wav, sampleRate, from, to, fadeIn: from > 0, fadeOut: to < samples, (int)(Fade * sampleRate));
        }
        catch
        {
            wav.Dispose();
            throw;
        }
    }

    /// <summary>The middle of the window with the least energy near a moment, the nearest of equals.</summary>
    private static long Quietest(Stream wav, int sampleRate, long samples, double moment)
    {
        var middle = (long)(moment * sampleRate);
        var window = (int)(Window * sampleRate);
        var first = Math.Max(0, middle - (long)(Reach * sampleRate));
        var count = (int)(Math.Min(samples, middle + (long)(Reach * sampleRate)) - first);
        if (count <= window)
        {
            return Math.Clamp(middle, 0, samples);
        }

        var pcm = new short[count];
        wav.Position = WavWriter.HeaderLength + first * WavWriter.BytesPerSample;
        wav.ReadExactly(MemoryMarshal.AsBytes(pcm.AsSpan()));
        long energy = 0;
        for (var i = 0; i < window; i++)
        {
            energy += pcm[i] * pcm[i];
        }

        var (best, at, distance) = (energy, window / 2L, Math.Abs(first + window / 2 - middle));
        for (var i = window; i < count; i++)
        {
            energy += pcm[i] * pcm[i] - pcm[i - window] * pcm[i - window];
            var here = i + 1 - window / 2L;
            var away = Math.Abs(first + here - middle);
            if (energy < best || (energy == best && away < distance))
            {
                (best, at, distance) = (energy, here, away);
            }
        }

        return first + at;
    }

    /// <summary>A part of a recording as a separate file, read from the recording on demand.</summary>
    private sealed class Part(Stream wav, int sampleRate, long from, long to, bool fadeIn, bool fadeOut, int fade) : Stream
    {
        private readonly byte[] _header = WavWriter.Header(sampleRate, (uint)((to - from) * WavWriter.BytesPerSample));

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length { get; } = WavWriter.HeaderLength + (to - from) * WavWriter.BytesPerSample;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (Position < WavWriter.HeaderLength)
            {
                var header = _header.AsSpan((int)Position);
                var count = Math.Min(header.Length, buffer.Length);
                header[..count].CopyTo(buffer);
                Position += count;
                return count;
            }

            var read = (int)Math.Min(buffer.Length, Length - Position);
            if (read <= 0)
            {
                return 0;
            }

            wav.Position = Position + from * WavWriter.BytesPerSample;
            read = wav.Read(buffer[..read]);
            Shape(buffer[..read], Position - WavWriter.HeaderLength);
            Position += read;
            return read;
        }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => Position + offset,
            _ => Length + offset,
        };

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                wav.Dispose();
            }

            base.Dispose(disposing);
        }

        /// <summary>Fades what of these bytes lies near an end. A read may begin or end in the middle of a sample, so each is read whole.</summary>
        private void Shape(Span<byte> bytes, long offset)
        {
            var total = to - from;
            Span<byte> whole = stackalloc byte[WavWriter.BytesPerSample];
            for (var i = 0; i < bytes.Length; i++)
            {
                var sample = (offset + i) / WavWriter.BytesPerSample;
                var gain = (fadeIn ? Gain(sample) : 1) * (fadeOut ? Gain(total - 1 - sample) : 1);
                if (gain >= 1)
                {
                    // Straight to the fade at the other end.
                    var next = Math.Max(sample + 1, total - fade);
                    i = (int)Math.Min(bytes.Length, next * WavWriter.BytesPerSample - offset) - 1;
                    continue;
                }

                wav.Position = WavWriter.HeaderLength + (from + sample) * WavWriter.BytesPerSample;
                wav.ReadExactly(whole);
                BinaryPrimitives.WriteInt16LittleEndian(whole, (short)Math.Round(BinaryPrimitives.ReadInt16LittleEndian(whole) * gain));
                bytes[i] = whole[(int)((offset + i) % WavWriter.BytesPerSample)];
            }
        }

        private double Gain(long distance) => distance >= fade ? 1 : 0.5 - 0.5 * Math.Cos(Math.PI * (distance + 0.5) / fade);
    }
}
