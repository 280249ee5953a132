namespace Dictation.Application.Abstractions;

/// <summary>How audio is sent.</summary>
public enum AudioFormat
{
    /// <summary>WAV, 16-bit PCM.</summary>
    Wav,

    /// <summary>Bare 16-bit PCM, little-endian, without a header.</summary>
    Pcm,

    /// <summary>FLAC, lossless.</summary>
    Flac,

    /// <summary>MP3.</summary>
    Mp3,

    /// <summary>Opus in Ogg.</summary>
    Opus,

    /// <summary>AAC in ADTS.</summary>
    Aac,
}

/// <summary>Encodes audio. Thread-safe.</summary>
public interface IAudioEncoder
{
    /// <summary>The formats that this server can encode now.</summary>
    IReadOnlyList<AudioFormat> Available { get; }

    /// <summary>Begins to encode.</summary>
    /// <param name="format">The format of the output.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="output">Receives the encoded audio. Need not be seekable; stays open.</param>
    /// <param name="samples">How many samples will be written, if known.</param>
    /// <param name="resampleTo">Hertz of the output; <paramref name="sampleRate"/> when null.</param>
    /// <exception cref="RequestInvalidException">This server cannot encode the format.</exception>
    /// <exception cref="IOException">The encoder cannot be started.</exception>
    Task<IAudioEncoding> OpenAsync(AudioFormat format, int sampleRate, Stream output, long? samples, int? resampleTo, CancellationToken cancellationToken);
}

/// <summary>Audio that is being encoded. Disposing it before it is complete aborts it.</summary>
public interface IAudioEncoding : IAsyncDisposable
{
    /// <param name="pcm">16-bit mono samples, little-endian.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken);

    /// <summary>Ends the audio and writes the rest of the output.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>Names of the formats.</summary>
public static class AudioFormats
{
    /// <summary>The format's media type.</summary>
    public static string MediaType(this AudioFormat format) => format switch
    {
        AudioFormat.Wav => "audio/wav",
        AudioFormat.Pcm => "audio/pcm",
        AudioFormat.Flac => "audio/flac",
        AudioFormat.Mp3 => "audio/mpeg",
        AudioFormat.Opus => "audio/ogg",
        AudioFormat.Aac => "audio/aac",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The file name's ending, with its dot.</summary>
    public static string FileEnding(this AudioFormat format) => format == AudioFormat.Opus ? ".ogg" : $".{format.WireName()}";

    /// <summary>Refuses a format that this server cannot encode.</summary>
    /// <exception cref="RequestInvalidException">The message lists the formats that it can encode.</exception>
    public static void Require(this IAudioEncoder encoder, AudioFormat format, string field = "format")
    {
        if (!encoder.Available.Contains(format))
        {
            throw new RequestInvalidException(
                field,
                $"{format.WireName()} needs ffmpeg, which this server does not have. Ask for {string.Join(", ", encoder.Available.Select(f => f.WireName()))}.",
                "format_unavailable");
        }
    }
}
