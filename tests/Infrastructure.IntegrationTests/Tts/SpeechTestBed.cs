using System.Buffers.Binary;
using System.Text;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Text;
using Dictation.Infrastructure.Tts.Voices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>A synthesizer with the built-in voice and the Finnish normaliser.</summary>
internal sealed class SpeechTestBed : IDisposable
{
    public const string VoiceName = "fi_FI-aino-tiny";

    public SpeechTestBed(TtsOptions? options = null)
    {
        options ??= new TtsOptions { Device = OnnxDevice.Cpu };
        Catalog = new VoiceCatalog(options, NullLogger<VoiceCatalog>.Instance);
        Synthesizer = new SpeechSynthesizer(
            Catalog,
            _ => new FinnishTextNormalizer(),
            new OnnxDevice(options, NullLogger<OnnxDevice>.Instance),
            options,
            NullLogger<SpeechSynthesizer>.Instance);
    }

    public static string BuiltInDirectory => Path.Combine(AppContext.BaseDirectory, "voices", VoiceName);

    public VoiceCatalog Catalog { get; }

    public SpeechSynthesizer Synthesizer { get; }

    public static SynthesisRequest Request(string text, double rate = 1, string voice = VoiceName) => new(text, "fi", voice, rate);

    public (WavFile Wav, SynthesisResult Result) Speak(string text, double rate = 1, string voice = VoiceName)
    {
        using var stream = new MemoryStream();
        SynthesisResult result = Synthesizer.Speak(Request(text, rate, voice), stream, _ => { }, CancellationToken.None);
        return (new WavFile(stream.ToArray()), result);
    }

    public void Dispose() => Synthesizer.Dispose();
}

/// <summary>A WAV file read by its chunks, without the writer's code.</summary>
internal sealed class WavFile
{
    public WavFile(byte[] bytes)
    {
        Bytes = bytes;
        Assert.Multiple(() =>
        {
            Assert.That(Ascii(0), Is.EqualTo("RIFF"));
            Assert.That(UInt32(4), Is.EqualTo(bytes.Length - 8));
            Assert.That(Ascii(8), Is.EqualTo("WAVE"));
        });
        for (int at = 12; at < bytes.Length; at += 8 + (int)UInt32(at + 4))
            Chunks.Add((Ascii(at), at + 8, (int)UInt32(at + 4)));
        (_, int data, int length) = Chunks.Single(chunk => chunk.Id == "data");
        Pcm = new short[length / 2];
        for (int i = 0; i < Pcm.Length; i++)
            Pcm[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(data + 2 * i));
    }

    public byte[] Bytes { get; }

    public List<(string Id, int Start, int Length)> Chunks { get; } = [];

    public short[] Pcm { get; }

    public float[] Samples => [.. Pcm.Select(sample => sample / 32767f)];

    public ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at));

    public uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));

    private string Ascii(int at) => Encoding.ASCII.GetString(Bytes, at, 4);
}

/// <summary>Keeps what was logged.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    public List<(LogLevel Level, string Message)> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Add((logLevel, formatter(state, exception)));
}

/// <summary>A folder that goes when the test does.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("dictation-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
