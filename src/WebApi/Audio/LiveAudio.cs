using System.Text.Json;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;

namespace Dictation.WebApi.Audio;

/// <summary>Sends audio while it is spoken.</summary>
internal static class LiveAudio
{
    /// <summary>What OpenAI's clients take bare PCM to be, in hertz: it has no header to tell.</summary>
    private const int BarePcmRate = 24_000;

    public static async Task WriteAsync(HttpResponse response, LiveSpeech speech, IAudioEncoder encoder, CancellationToken cancellationToken)
    {
        await using var pieces = speech.Pieces.GetAsyncEnumerator(cancellationToken);

        // Until the first piece is there, whatever is wrong can be told with a status.
        var any = await pieces.MoveNextAsync();
        response.Headers.CacheControl = "private, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.Headers["X-Conversion-Id"] = pieces.Current.ConversionId;
        var sse = speech.StreamFormat == SpeechStreamFormat.Sse;
        response.ContentType = sse ? "text/event-stream" : speech.Format.MediaType();
        await using Stream output = sse ? new EventStream(response.Body) : new FlushingStream(response.Body);
        try
        {
            int? rate = speech.Format == AudioFormat.Pcm ? BarePcmRate : null;
            await using (var encoding = await encoder.OpenAsync(speech.Format, pieces.Current.SampleRate, output, samples: null, rate, cancellationToken))
            {
                for (; any; any = await pieces.MoveNextAsync())
                {
                    await encoding.WriteAsync(pieces.Current.Pcm, cancellationToken);
                }

                await encoding.CompleteAsync(cancellationToken);
            }

            if (output is EventStream events)
            {
                await events.EndAsync(cancellationToken);
            }
        }
        catch when (response.HasStarted)
        {
            // Cut off, the audio is seen to be incomplete; ended in order, it would pass for all of it.
            response.HttpContext.Abort();
            throw;
        }
    }

    /// <summary>Sends each write at once: the first sentence is to be heard while the second is spoken.</summary>
    private class FlushingStream(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The answer is written asynchronously.");

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await inner.WriteAsync(buffer, cancellationToken);
            await inner.FlushAsync(cancellationToken);
        }
    }

    /// <summary>Sends each write as an event, as OpenAI's stream_format sse does.</summary>
    private sealed class EventStream(Stream inner) : FlushingStream(inner)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            buffer.IsEmpty ? ValueTask.CompletedTask : SendAsync(new { type = "speech.audio.delta", audio = Convert.ToBase64String(buffer.Span) }, cancellationToken);

        /// <summary>Tells that all was sent. Tokens are not counted here.</summary>
        public ValueTask EndAsync(CancellationToken cancellationToken) =>
            SendAsync(new { type = "speech.audio.done", usage = new { input_tokens = 0, output_tokens = 0, total_tokens = 0 } }, cancellationToken);

        private ValueTask SendAsync(object data, CancellationToken cancellationToken) =>
            base.WriteAsync((byte[])[.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(data), .. "\n\n"u8], cancellationToken);
    }
}
