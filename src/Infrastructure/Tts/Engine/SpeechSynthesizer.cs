using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Markup;
using Dictation.Speech.Segmentation;
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
        var script = Script(request.Text);
        var speech = new TextSpeech(request, installed, lease.Model, script, wav, progress);
        foreach (var piece in Pieces(script, request.Language, installed))
        {
            cancellationToken.ThrowIfCancellationRequested();
            speech.Speak(piece, cancellationToken);
        }

        var result = speech.Complete();
        LogSpoken(installed.Voice.Name, result.Device, request.Text.Length, result.Segments, result.Unspoken.Count, result.Duration);
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

    private static SpeechScript Script(string text)
    {
        try
        {
            return SpeechScript.Parse(text);
        }
        catch (SpeechMarkupException e)
        {
            throw new NothingSpeakableException(e.Message);
        }
    }

    private List<ScriptSegment> Pieces(SpeechScript script, string language, InstalledVoice voice)
    {
        var normalizer = normalizers.For(language, voice.ReadsDigits);
        var limit = Math.Min(options.MaxSegmentCharacters, voice.MaxCharacters ?? int.MaxValue);
        var pieces = new List<ScriptSegment>();
        double? pause = null;
        foreach (var part in script.Parts)
        {
            if (part.Boundary != ScriptBoundary.None && pieces.Count > 0)
            {
                pieces[^1] = pieces[^1].EndingWith(part.Boundary == ScriptBoundary.Paragraph ? Pause.Paragraph : Pause.Sentence);
            }

            pause = part.Pause is null && pause is null ? null : (pause ?? 0) + (part.Pause ?? 0);
            var (text, offsets) = SpelledOut.From(part, voice.ReadsDigits);
            var spoken = normalizer.Normalize(text);
            var first = true;
            foreach (var segment in TextSegmenter.Split(spoken, limit, voice.SentenceEnds(spoken.Text)))
            {
                if (first && pieces.Count > 0 && part.Boundary == ScriptBoundary.None)
                {
                    // The sentence goes on from one part to the next, unless its marks end it.
                    pieces[^1] = pieces[^1].GoingOn();
                }

                pieces.Add(new ScriptSegment(segment, at => offsets[spoken.SourceOffsets[segment.Start + at]], part.Rate, pause));
                (first, pause) = (false, null);
            }
        }

        return pieces;
    }

    private InstalledVoice Find(string voice) => catalog.FindInstalled(voice) ?? throw new VoiceException(catalog.ExplainMissing(voice));

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "{Voice} on {Device} spoke {Characters} characters in {Segments} segments, {Dropped} characters or phonemes dropped: {Seconds} s")]
    private partial void LogSpoken(string voice, string device, int characters, int segments, int dropped, double seconds);
}
