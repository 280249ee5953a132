using System.Collections.Concurrent;
using Dictation.Infrastructure.Tts.Audio;
using Dictation.Infrastructure.Tts.Text;
using Dictation.Infrastructure.Tts.Voices;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts;

/// <summary>
/// Speaks with the voices of a <see cref="VoiceCatalog"/>, each loaded on first use and kept.
/// </summary>
public sealed partial class SpeechSynthesizer : ISpeechSynthesizer, IDisposable
{
    private readonly VoiceCatalog _catalog;
    private readonly Func<string, ITextNormalizer> _normalizerOf;
    private readonly OnnxDevice _device;
    private readonly TtsOptions _options;
    private readonly ILogger<SpeechSynthesizer> _logger;
    private readonly ConcurrentDictionary<string, VitsVoice> _loaded = new(StringComparer.Ordinal);
    private readonly Lock _loading = new();
    private int _speaking;

    /// <param name="catalog">The voices.</param>
    /// <param name="normalizerOf">The normaliser for a BCP 47 primary language; any language has one.</param>
    /// <param name="device">Where they run.</param>
    /// <param name="options">Threads and the length of segments.</param>
    /// <param name="logger">Gets lengths and names, never text.</param>
    public SpeechSynthesizer(
        VoiceCatalog catalog,
        Func<string, ITextNormalizer> normalizerOf,
        OnnxDevice device,
        TtsOptions options,
        ILogger<SpeechSynthesizer> logger)
    {
        _catalog = catalog;
        _normalizerOf = normalizerOf;
        _device = device;
        _options = options;
        _logger = logger;
    }

    public string Preload(string voice)
    {
        Load(FolderOf(voice));
        return _device.Name;
    }

    public SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<double> progress, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _speaking);
        try
        {
            return SpeakSegments(request, wav, progress, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _speaking);
        }
    }

    public void Dispose()
    {
        // Freed under a call that hangs, a model would take the process down with it; it is left to the process's end.
        if (Volatile.Read(ref _speaking) > 0)
        {
            return;
        }

        foreach (var voice in _loaded.Values)
        {
            voice.Dispose();
        }

        _loaded.Clear();
    }

    private SynthesisResult SpeakSegments(SynthesisRequest request, Stream wav, Action<double> progress, CancellationToken cancellationToken)
    {
        var folder = FolderOf(request.Voice);
        var voice = Load(folder);
        var sampleRate = folder.Voice.SampleRate;

        var spoken = _normalizerOf(request.Language).Normalize(request.Text);
        var limit = Math.Min(_options.MaxSegmentCharacters, folder.MaxCharacters ?? int.MaxValue);
        var segments = TextSegmenter.Split(spoken, limit);

        WavWriter? writer = null;
        SegmentJoiner? joiner = null;
        var pause = Pause.None;
        int count = 0, dropped = 0;
        foreach (var segment in segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tokens = folder.Tokenizer.Tokenize(segment.Text);
            dropped += tokens.Dropped;
            if (tokens.Speakable)
            {
                using var audio = voice.Speak(tokens.Ids, request.SpeakingRate, cancellationToken);
                writer ??= new WavWriter(wav, sampleRate);
                joiner ??= new SegmentJoiner(writer, sampleRate, request.SpeakingRate);
                if (!joiner.Append(audio.Samples, pause))
                {
                    throw new VoiceException($"The voice {folder.Voice.Name} returned silence.");
                }

                count++;
                pause = segment.Pause;
            }
            else if (segment.Pause > pause)
            {
                // Of a segment with nothing to say, such as a lone dash, the pause is all that is heard.
                pause = segment.Pause;
            }

            if (segment != segments[^1])
            {
                progress((double)(segment.Start + segment.Text.Length) / spoken.Text.Length);
            }
        }

        if (writer is null || joiner is null)
        {
            throw new NothingSpeakableException(
                $"The text has no letters that the voice {folder.Voice.Name} can say. "
                + $"Send at least one word in the language {folder.Voice.Language}, or ask for a voice that speaks the text's language.");
        }

        joiner.Complete();
        var hash = writer.Complete();
        progress(1);
        var duration = (double)writer.Samples / sampleRate;
        LogSpoken(folder.Voice.Name, voice.Device, request.Text.Length, spoken.Text.Length, count, dropped, duration);
        return new SynthesisResult(sampleRate, duration, count, voice.Device, hash);
    }

    private VitsVoiceFolder FolderOf(string voice) =>
        _catalog.FindFolder(voice) ?? throw new VoiceException($"There is no voice {voice}.");

    private VitsVoice Load(VitsVoiceFolder folder)
    {
        var voice = folder.Voice;
        if (_loaded.TryGetValue(voice.Name, out var loaded))
        {
            return loaded;
        }

        lock (_loading)
        {
            if (_loaded.TryGetValue(voice.Name, out loaded))
            {
                return loaded;
            }

            loaded = new VitsVoice(folder, _device, _options.Threads);
            _loaded[voice.Name] = loaded;
        }

        LogLoaded(voice.Name, loaded.Device, voice.ModelHash);
        return loaded;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the voice {Voice} on {Device}, model {ModelHash}")]
    private partial void LogLoaded(string voice, string device, string modelHash);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Voice} on {Device} spoke {Characters} characters, {SpokenCharacters} as words, in {Segments} segments, {Dropped} characters dropped: {Seconds} s")]
    private partial void LogSpoken(
        string voice, string device, int characters, int spokenCharacters, int segments, int dropped, double seconds);
}
