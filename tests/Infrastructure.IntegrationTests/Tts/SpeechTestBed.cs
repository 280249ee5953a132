using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Text;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Listening;
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
        var result = Synthesizer.Speak(Request(text, rate, voice), stream, _ => { }, CancellationToken.None);
        return (new WavFile(stream.ToArray()), result);
    }

    public void Dispose() => Synthesizer.Dispose();
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
