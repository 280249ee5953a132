using Dictation.Application.Abstractions;

namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <inheritdoc cref="IAudioEncoder"/>
public sealed class AudioEncoders : IAudioEncoder
{
    public IReadOnlyList<AudioFormat> Available => [AudioFormat.Wav, AudioFormat.Pcm];

    public IAudioEncoding Open(AudioFormat format, int sampleRate, Stream output, long? samples, int? resampleTo = null)
    {
        this.Require(format);
        return new Plain(output, format == AudioFormat.Wav ? WavWriter.Header(sampleRate, samples is { } n ? (uint)(n * 2) : uint.MaxValue - 36) : []);
    }

    private sealed class Plain(Stream output, byte[] header) : IAudioEncoding
    {
        private bool _begun;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
        {
            await BeginAsync(cancellationToken);
            await output.WriteAsync(pcm, cancellationToken);
        }

        public ValueTask CompleteAsync(CancellationToken cancellationToken) => BeginAsync(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async ValueTask BeginAsync(CancellationToken cancellationToken)
        {
            if (!_begun)
            {
                _begun = true;
                await output.WriteAsync(header, cancellationToken);
            }
        }
    }
}
