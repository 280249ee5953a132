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
    /// <summary>The formats that can be made here now.</summary>
    IReadOnlyList<AudioFormat> Available { get; }

    /// <summary>Begins to encode.</summary>
    /// <param name="format">What is to come out.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="output">Where it goes; need not be seekable; left open.</param>
    /// <param name="samples">How many there will be, where that is known.</param>
    /// <param name="resampleTo">Hertz, where it is not to be <paramref name="sampleRate"/>.</param>
    /// <exception cref="RequestInvalidException">The format cannot be made here.</exception>
    /// <exception cref="IOException">The encoder cannot be started.</exception>
    Task<IAudioEncoding> OpenAsync(AudioFormat format, int sampleRate, Stream output, long? samples, int? resampleTo, CancellationToken cancellationToken);
}

/// <summary>Audio being encoded. Disposing it before its end gives it up.</summary>
public interface IAudioEncoding : IAsyncDisposable
{
    /// <param name="pcm">16-bit mono samples, little-endian.</param>
    ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken);

    /// <summary>Writes what is left.</summary>
    ValueTask CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>What the formats are called.</summary>
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

    /// <summary>What the names of such files end in, the dot included.</summary>
    public static string FileEnding(this AudioFormat format) => format == AudioFormat.Opus ? ".ogg" : $".{format.WireName()}";

    /// <summary>Refuses a format that cannot be made here.</summary>
    /// <exception cref="RequestInvalidException">It cannot; the message says what can.</exception>
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
