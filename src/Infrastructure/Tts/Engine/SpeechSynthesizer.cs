using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Audio;
using Dictation.Speech.Markup;
using Dictation.Speech.Segmentation;
using Dictation.Speech.Timeline;
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
        using var lease = loaded.Use(Find(voice));
        return lease.Model.Device;
    }

    public Task Prepare(string voice) => catalog.FindInstalled(voice) is { } installed ? loaded.Prepare(installed) : Task.CompletedTask;

    public SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
    {
        var installed = Find(request.Voice);
        using var lease = loaded.Use(installed);
        var voice = lease.Model;
        var sampleRate = installed.Voice.SampleRate;
        var script = Script(request.Text);
        var pieces = Pieces(script, request.Language, installed);

        var timeline = new SpeechTimeline(request.Text, script, sampleRate);
        WavWriter? writer = null;
        SegmentJoiner? joiner = null;
        int count = 0, dropped = 0;
        double silence = 0, asked = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            cancellationToken.ThrowIfCancellationRequested();
            var rate = Math.Clamp(request.SpeakingRate * piece.Rate, SpeechScript.MinRate, SpeechScript.MaxRate);
            asked += piece.PauseBefore ?? 0;
            using var audio = voice.Speak(piece.Segment.Text, rate, installed.SpeakerId, cancellationToken);
            dropped += audio.Dropped;
            if (!audio.Samples.IsEmpty)
            {
                writer ??= new WavWriter(wav, sampleRate);
                joiner ??= new SegmentJoiner(writer, sampleRate, request.SpeakingRate);

                // A pause that the text asks for replaces the usual one between sentences; it is not added to it.
                var joined = joiner.Append(audio.Samples, asked > 0 ? asked : silence)
                    ?? throw new VoiceException($"The voice {installed.Voice.Name} returned silence.");
                timeline.Add(piece.Segment.Text, piece.SourceOf, audio.Times, joined);
                count++;
                (silence, asked) = (0, 0);
            }

            // A segment with nothing to say, such as a lone dash, is heard as its pause alone.
            silence = Math.Max(silence, SegmentJoiner.Gap(piece.Segment.Pause) / rate);
            if (piece.Segment.Pause >= Pause.Sentence)
            {
                timeline.EndSentence();
            }

            if (i < pieces.Count - 1 && writer is not null)
            {
                progress(new SynthesisProgress((double)piece.SourceOf(piece.Segment.Text.Length - 1) / request.Text.Length, sampleRate, writer.Samples));
            }
        }

        if (writer is null || joiner is null)
        {
            throw new NothingSpeakableException(
                $"The text has no letters that the voice {installed.Voice.Name} can say. "
                + $"Send at least one word in the language {installed.Voice.Language}, or ask for a voice that speaks the text's language.");
        }

        joiner.Complete(script.PauseAfter);
        var hash = writer.Complete();
        progress(new SynthesisProgress(1, sampleRate, writer.Samples));
        var duration = (double)writer.Samples / sampleRate;
        LogSpoken(installed.Voice.Name, voice.Device, request.Text.Length, count, dropped, duration);
        return new SynthesisResult(sampleRate, duration, count, voice.Device, installed.Voice.Engine, timeline.Build(), hash);
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

    private List<Piece> Pieces(SpeechScript script, string language, InstalledVoice voice)
    {
        var normalizer = normalizers.For(language, voice.ReadsDigits);
        var limit = Math.Min(options.MaxSegmentCharacters, voice.MaxCharacters ?? int.MaxValue);
        var pieces = new List<Piece>();
        double? pause = null;
        foreach (var part in script.Parts)
        {
            if (part.Boundary != ScriptBoundary.None && pieces.Count > 0)
            {
                pieces[^1] = pieces[^1].EndingWith(part.Boundary == ScriptBoundary.Paragraph ? Pause.Paragraph : Pause.Sentence);
            }

            pause = part.Pause is null && pause is null ? null : (pause ?? 0) + (part.Pause ?? 0);
            var (text, offsets) = SpelledOut.From(part);
            var spoken = normalizer.Normalize(text);
            var first = true;
            foreach (var segment in TextSegmenter.Split(spoken, limit))
            {
                if (first && pieces.Count > 0 && part.Boundary == ScriptBoundary.None)
                {
                    // The sentence goes on from one part to the next, unless its marks end it.
                    pieces[^1] = pieces[^1].GoingOn();
                }

                pieces.Add(new Piece(segment, at => offsets[spoken.SourceOffsets[segment.Start + at]], part.Rate, pause));
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

    /// <summary>A segment and how it is said.</summary>
    /// <param name="SourceOf">The offset in the text as submitted of a character of the segment.</param>
    /// <param name="Rate">Times the request's.</param>
    /// <param name="PauseBefore">Seconds that the text asks for.</param>
    private sealed record Piece(SpeechSegment Segment, Func<int, int> SourceOf, double Rate, double? PauseBefore)
    {
        public Piece EndingWith(Pause pause) => Segment.Pause >= pause ? this : this with { Segment = Segment with { Pause = pause } };

        public Piece GoingOn() => Segment.Pause != Pause.Sentence || Segment.Text[^1] is '.' or '!' or '?'
            ? this
            : this with { Segment = Segment with { Pause = Segment.Text[^1] is ',' or ';' or ':' or '-' ? Pause.Clause : Pause.None } };
    }
}
