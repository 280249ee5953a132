using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Listening;
using Dictation.Speech;
using Dictation.Speech.Synthesis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts;

/// <summary>A synthesizer with the built-in voice and the Finnish normaliser.</summary>
internal sealed class SpeechTestBed : IDisposable
{
    public const string VoiceName = "fi_FI-aino-tiny", MaleVoiceName = "fi_FI-eino-tiny";

    /// <summary>The rate at which the built-in voices speak as their networks do by themselves, and as the recogniser learned it: their own pace is slower.</summary>
    public const double NetworkRate = 1 / 0.85;

    private readonly LoadedVoices _loaded;

    public SpeechTestBed(TtsOptions? options = null, ILogger<LoadedVoices>? logger = null)
    {
        options ??= new TtsOptions { Device = OnnxDevice.Cpu };
        Catalog = new VoiceCatalog(options, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));
        _loaded = new LoadedVoices(new OnnxDevices(options, NullLogger<OnnxDevice>.Instance), options, TimeProvider.System, logger ?? NullLogger<LoadedVoices>.Instance);
        Synthesizer = new SpeechSynthesizer(Catalog, _loaded, new TextNormalizers(), options, NullLogger<SpeechSynthesizer>.Instance);
    }

    /// <summary>A directory with the built-in voice in Piper's layout.</summary>
    public static string PiperDirectory => Path.Combine(AppContext.BaseDirectory, "piper");

    public static string BuiltInDirectory => Path.Combine(AppContext.BaseDirectory, "voices", VoiceName);

    /// <summary>A copy of the built-in voice whose own pace is another.</summary>
    /// <param name="directory">Gets the copy's folder.</param>
    /// <param name="pace">As in <c>speaking_rate</c>: 1 is the network's.</param>
    public static string CopyBuiltIn(string directory, string pace)
    {
        var copy = Directory.CreateDirectory(Path.Combine(directory, VoiceName)).FullName;
        foreach (var file in Directory.EnumerateFiles(BuiltInDirectory))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var config = Path.Combine(copy, "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"speaking_rate\": 0.85", $"\"speaking_rate\": {pace}", StringComparison.Ordinal));
        return copy;
    }

    public VoiceCatalog Catalog { get; }

    public SpeechSynthesizer Synthesizer { get; }

    public static SynthesisRequest Request(string text, double rate = 1, string voice = VoiceName) => new(text, "fi", voice, rate);

    /// <summary>What a voice needs to be loaded, on the CPU.</summary>
    public static VoiceLoading Loading(TtsOptions options) => new(
        new OnnxDevice(OnnxDevice.Cpu, options, NullLogger<OnnxDevice>.Instance),
        new VitsGraphStore(Path.GetTempPath(), NullLogger.Instance),
        NullLogger.Instance);

    /// <summary>What a voice says, without joining.</summary>
    public static float[] Samples(IVoiceModel voice, string text, double rate = 1)
    {
        var samples = new List<float>();
        voice.Speak(new SegmentRequest(text, rate, null, new Noise("test", 0)), (piece, _) => samples.AddRange(piece), CancellationToken.None);
        return [.. samples];
    }

    public (WavFile Wav, SynthesisResult Result) Speak(string text, double rate = 1, string voice = VoiceName)
    {
        using var stream = new MemoryStream();
        var result = Synthesizer.Speak(Request(text, rate, voice), stream, _ => { }, CancellationToken.None);
        return (new WavFile(stream.ToArray()), result);
    }

    public void Dispose() => _loaded.Dispose();
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
