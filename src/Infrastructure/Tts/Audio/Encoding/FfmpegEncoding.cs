using System.Diagnostics;
using System.Globalization;
using Dictation.Application.Abstractions;

namespace Dictation.Infrastructure.Tts.Audio.Encoding;

/// <summary>Encodes with ffmpeg in a process of its own: samples go in at one end while what is encoded comes out at the other.</summary>
internal sealed class FfmpegEncoding : IAudioEncoding
{
    private const int MaxErrors = 2000;

    private readonly Process _process;
    private readonly SemaphoreSlim _places;
    private readonly Task _sending;
    private readonly Task<string> _errors;
    private readonly CancellationTokenSource _ending = new();

    private FfmpegEncoding(Process process, Stream output, SemaphoreSlim places)
    {
        _process = process;
        _places = places;
        _sending = process.StandardOutput.BaseStream.CopyToAsync(output, _ending.Token);
        _errors = ReadErrorsAsync(process.StandardError, _ending.Token);
    }

    /// <summary>ffmpeg's name of the encoder of a format, and its arguments.</summary>
    public static (string Encoder, string[] Arguments)? For(AudioFormat format) => format switch
    {
        // Without a header of lengths, which would have to be written at the end.
        AudioFormat.Mp3 => ("libmp3lame", ["-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3"]),
        AudioFormat.Opus => ("libopus", ["-b:a", "32k", "-page_duration", "100000", "-f", "opus"]),
        AudioFormat.Aac => ("aac", ["-b:a", "64k", "-f", "adts"]),
        _ => null,
    };

    /// <param name="program">ffmpeg.</param>
    /// <param name="format">One that <see cref="For"/> knows.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="output">The destination; stays open. Written to until this is disposed of or completed.</param>
    /// <param name="places">One of them is held, and given back at the end.</param>
    /// <exception cref="IOException">ffmpeg cannot be started.</exception>
    public static FfmpegEncoding Start(string program, AudioFormat format, int sampleRate, Stream output, SemaphoreSlim places)
    {
        var (encoder, arguments) = For(format)!.Value;
        string[] all =
        [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-probesize", "32", "-analyzeduration", "0",
            "-f", "s16le", "-ar", sampleRate.ToString(CultureInfo.InvariantCulture), "-ac", "1", "-i", "pipe:0",
            "-c:a", encoder, "-flush_packets", "1", .. arguments, "pipe:1",
        ];
        return new FfmpegEncoding(StartProcess(program, all), output, places);
    }

    /// <summary>Starts ffmpeg with all its streams in hand.</summary>
    /// <exception cref="IOException">It cannot be started.</exception>
    public static Process StartProcess(string program, IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{program} cannot be started: {e.Message}", e);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        var writing = WriteAllAsync(pcm, cancellationToken);

        // If the receiver is gone, nobody reads what ffmpeg writes, and ffmpeg stops reading.
        await await Task.WhenAny(writing, _sending);
        await writing;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _sending.WaitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
        {
            throw new IOException($"ffmpeg ended with {_process.ExitCode}: {await _errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }

            await _ending.CancelAsync();
            await _process.WaitForExitAsync();
            await ((Task)Task.WhenAll(_sending, _errors)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _process.Dispose();
            _ending.Dispose();
            _places.Release();
        }
    }

    private async Task WriteAllAsync(ReadOnlyMemory<byte> pcm, CancellationToken cancellationToken)
    {
        await _process.StandardInput.BaseStream.WriteAsync(pcm, cancellationToken);
        await _process.StandardInput.BaseStream.FlushAsync(cancellationToken);
    }

    /// <summary>Reads all and keeps the beginning.</summary>
    private static async Task<string> ReadErrorsAsync(StreamReader errors, CancellationToken cancellationToken)
    {
        var kept = new System.Text.StringBuilder();
        var buffer = new char[1024];
        for (int read; (read = await errors.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            kept.Append(buffer, 0, Math.Min(read, MaxErrors - kept.Length));
        }

        return kept.ToString();
    }
}
