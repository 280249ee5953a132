using Dictation.Infrastructure;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Benchmarks;

/// <summary>The engine's own synthesizer with the built-in voice, without queue and server.</summary>
internal sealed class Bed : IDisposable
{
    private readonly LoadedVoices _loaded;
    private readonly SpeechSynthesizer _synthesizer;
    private readonly VitsVoiceFolder _voice;

    public Bed(TtsOptions options)
    {
        var catalog = new VoiceCatalog(options, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));
        _loaded = new LoadedVoices(new OnnxDevices(options, NullLogger<OnnxDevice>.Instance), options, TimeProvider.System, NullLogger<LoadedVoices>.Instance);
        _synthesizer = new SpeechSynthesizer(catalog, _loaded, new TextNormalizers(), options, NullLogger<SpeechSynthesizer>.Instance);
        _voice = (VitsVoiceFolder)catalog.FindInstalled(catalog.DefaultVoice.Name)!;
        _synthesizer.Preload(_voice.Voice.Name);
    }

    /// <summary>Speaks at the network's pace, not the voice's own, so that other runtimes have as much to do.</summary>
    /// <returns>Seconds of audio.</returns>
    public double Speak(string text) => _synthesizer.Speak(new SynthesisRequest(text, "fi", _voice.Voice.Name, _voice.Scales.Length), new MemoryStream(), _ => { }, CancellationToken.None).Duration;

    public void Dispose() => _loaded.Dispose();
}
