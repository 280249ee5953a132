using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Markup;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>Speaks with the voices of a <see cref="VoiceCatalog"/>.</summary>
/// <param name="catalog">The voices.</param>
/// <param name="loaded">Those in memory.</param>
/// <param name="normalizers">Write texts out as they are said.</param>
/// <param name="options">The length of segments.</param>
/// <param name="logger">Gets lengths and names, never text.</param>
public sealed partial class SpeechSynthesizer(
    VoiceCatalog catalog, LoadedVoices loaded, TextNormalizers normalizers, TtsOptions options, ILogger<SpeechSynthesizer> logger) : ISpeechSynthesizer
{
    private readonly VoiceReader _reader = new(normalizers, options);

    public string Preload(string voice)
    {
        using var lease = Use(Find(voice));
        return lease.Model.Device;
    }

    public Task Prepare(string voice) => catalog.FindInstalled(voice) is { } installed ? loaded.Prepare(installed) : Task.CompletedTask;

    public SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
    {
        var installed = Find(request.Voice);
        using var lease = Use(installed);
        var script = Script(request);
        var read = _reader.Read(script, request.Reading, request.Language, installed);
        var speech = new TextSpeech(request, installed, lease.Model, script, read, wav, progress);
        foreach (var segment in read.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            speech.Speak(segment, cancellationToken);
        }

        var result = speech.Complete();
        LogSpoken(installed.Voice.Name, result.Device, request.Text.Length, result.Segments, result.Notes?.UnspokenCount ?? 0, result.Duration);
        return result;
    }

    private LoadedVoices.Lease Use(InstalledVoice voice)
    {
        var lease = loaded.Use(voice);
        if (lease.Model.WhyWhole is { } reason)
        {
            catalog.NoteWhole(voice, reason);
        }

        return lease;
    }

    private static SpeechScript Script(SynthesisRequest request)
    {
        try
        {
            return SpeechScript.Parse(request.Text, request.Reading.Format);
        }
        catch (SpeechMarkupException e)
        {
            throw new NothingSpeakableException(e.Message);
        }
    }

    private InstalledVoice Find(string voice) => catalog.FindInstalled(voice) ?? throw new VoiceException(catalog.ExplainMissing(voice));

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Voice} on {Device} spoke {Characters} characters in {Segments} segments, {Dropped} characters not spoken: {Seconds} s")]
    private partial void LogSpoken(string voice, string device, int characters, int segments, int dropped, double seconds);
}
