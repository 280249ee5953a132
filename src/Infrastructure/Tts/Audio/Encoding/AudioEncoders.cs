using System.Runtime.InteropServices;
using Dictation.Application.Abstractions;
using Dictation.Speech.Audio;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <inheritdoc cref="IAudioEncoder"/>
/// <param name="options">Where ffmpeg is, and how often it may run at once.</param>
/// <param name="logger">Told once what ffmpeg offers.</param>
public sealed partial class AudioEncoders(TtsOptions options, ILogger<AudioEncoders> logger) : IAudioEncoder, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(options.FfmpegProcesses);
    private readonly Lock _asking = new();
    private IReadOnlyList<AudioFormat>? _available;

    /// <summary>ffmpeg is asked once what it can do.</summary>
    public IReadOnlyList<AudioFormat> Available
    {
        get
        {
            lock (_asking)
            {
                return _available ??= [AudioFormat.Wav, AudioFormat.Pcm, AudioFormat.Flac, .. OfFfmpeg()];
            }
        }
    }

    public async Task<IAudioEncoding> OpenAsync(AudioFormat format, int sampleRate, Stream output, long? samples, int? resampleTo, CancellationToken cancellationToken)
    {
        this.Require(format);
        var rate = resampleTo ?? sampleRate;
        var encoding = format switch
        {
            AudioFormat.Wav => (IAudioEncoding)new PlainEncoding(output, WavWriter.Header(rate, samples is { } n ? (uint)(n * WavWriter.BytesPerSample) : uint.MaxValue - WavWriter.HeaderLength + 8)),
            AudioFormat.Pcm => new PlainEncoding(output, []),
            AudioFormat.Flac => new FlacEncoding(output, rate, samples),
            _ => await StartAsync(format, rate, output, cancellationToken),
        };
        return rate == sampleRate ? encoding : new ResamplingEncoding(encoding, new Resampler(sampleRate, rate));
    }

    public void Dispose() => _places.Dispose();

    private string Program => options.Ffmpeg.Length > 0 ? options.Ffmpeg : "ffmpeg";

    private async Task<IAudioEncoding> StartAsync(AudioFormat format, int sampleRate, Stream output, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return FfmpegEncoding.Start(Program, format, sampleRate, output, _places);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    private List<AudioFormat> OfFfmpeg()
    {
        try
        {
            using var process = FfmpegEncoding.StartProcess(Program, ["-hide_banner", "-loglevel", "error", "-encoders"]);
            process.StandardInput.Close();
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            if (!process.WaitForExit(Patience))
            {
                process.Kill();
            }

            // Some kilobytes, which the pipe holds.
            var known = process.StandardOutput.ReadToEnd().Split('\n').Select(line => line.Trim().Split(' ', 3)).Where(parts => parts.Length > 1).Select(parts => parts[1]).ToHashSet();
            var formats = Enum.GetValues<AudioFormat>().Where(f => FfmpegEncoding.For(f) is { } of && known.Contains(of.Encoder)).ToList();
            LogFound(Program, formats.Count);
            return formats;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            LogAbsent(Program);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Program} encodes {Formats} formats more")]
    private partial void LogFound(string program, int formats);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Program} cannot be started; audio is sent as wav, pcm or flac")]
    private partial void LogAbsent(string program);

    /// <summary>The samples as they are, behind a header.</summary>
    private sealed class PlainEncoding(Stream output, byte[] header) : IAudioEncoding
    {
        private bool _begun;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
        {
            await CompleteAsync(cancellationToken);
            await output.WriteAsync(pcm, cancellationToken);
        }

        public async ValueTask CompleteAsync(CancellationToken cancellationToken)
        {
            if (!_begun)
            {
                _begun = true;
                await output.WriteAsync(header, cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class ResamplingEncoding(IAudioEncoding inner, Resampler resampler) : IAudioEncoding
    {
        public ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken) => SendAsync(pcm.Span, last: false, cancellationToken);

        public async ValueTask CompleteAsync(CancellationToken cancellationToken)
        {
            await SendAsync([], last: true, cancellationToken);
            await inner.CompleteAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();

        // PCM is little-endian, and so is every machine that .NET 10 runs on.
        private ValueTask SendAsync(ReadOnlySpan<byte> pcm, bool last, CancellationToken cancellationToken) =>
            inner.WriteAsync(MemoryMarshal.AsBytes(resampler.Process(MemoryMarshal.Cast<byte, short>(pcm), last).AsSpan()).ToArray(), cancellationToken);
    }
}
