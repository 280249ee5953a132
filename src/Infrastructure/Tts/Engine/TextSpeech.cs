using System.Text;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Audio;
using Dictation.Speech.Markup;
using Dictation.Speech.Reading;
using Dictation.Speech.Synthesis;
using Dictation.Speech.Timeline;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>One text while it is spoken: the recording, its timeline, and how far it is. Not thread-safe.</summary>
internal sealed class TextSpeech
{
    private readonly SynthesisRequest _request;
    private readonly InstalledVoice _installed;
    private readonly IVoiceModel _voice;
    private readonly SpeechScript _script;
    private readonly Action<SynthesisProgress> _progress;
    private readonly string _noiseKey;
    private readonly WavWriter _writer;
    private readonly SegmentJoiner _joiner;
    private readonly SpeechTimeline _timeline;
    private readonly ReadScript _read;
    private readonly SourceText _source;
    private readonly UnspokenSpans _unspoken;
    private readonly SpokenPauses _pauses = new();
    private int _tried;
    private int _count;
    private double? _ended;
    private SynthesisProgress _reported;

    public TextSpeech(
        SynthesisRequest request, InstalledVoice installed, IVoiceModel voice, SpeechScript script, ReadScript read, Stream wav, Action<SynthesisProgress> progress)
    {
        (_request, _installed, _voice, _script, _read, _progress) = (request, installed, voice, script, read, progress);

        // Of what is said, not of how it was written: a text and its written-out form sound alike to the byte.
        _noiseKey = new SpeechContent(string.Join('\n', read.Segments.Select(s => s.Segment.Text)), request.Language, installed.Voice.Name, installed.Voice.ModelHash, request.SpeakingRate).Key();
        _source = new SourceText(request.Text, script);
        _unspoken = new UnspokenSpans(_source, read);
        _writer = new WavWriter(wav, installed.Voice.SampleRate);
        _joiner = new SegmentJoiner(_writer, installed.Voice.SampleRate, request.SpeakingRate);
        _timeline = new SpeechTimeline(request.Text, script, installed.Voice.SampleRate);
    }

    /// <summary>Speaks the next segment.</summary>
    public void Speak(ScriptSegment segment, CancellationToken cancellationToken)
    {
        if (_ended is { } ended)
        {
            Report(ended);
        }

        var rate = Math.Clamp(_request.SpeakingRate * segment.Rate, SpeechScript.MinRate, SpeechScript.MaxRate);
        _joiner.Begin(_pauses.Begin(segment));
        double from = segment.SourceOf(0), to = segment.SourceOf(segment.Segment.Text.Length - 1);
        var heard = false;
        var spoken = _voice.Speak(
            new SegmentRequest(segment.Segment.Text, rate, _installed.SpeakerId, new Noise(_noiseKey, _tried++), _installed.SpeakerName),
            (samples, part) =>
            {
                _joiner.Append(samples);
                heard = true;
                if (part < 1)
                {
                    Report(from + (to - from) * part);
                }
            },
            cancellationToken);
        _unspoken.Add(segment, spoken.Unspoken);
        if (heard)
        {
            var joined = _joiner.End() ?? throw new VoiceException($"The voice {_installed.Voice.Name} returned silence.");
            _timeline.Add(segment.Segment.Text, segment.SourceOf, spoken.Times, joined);
            _count++;
        }

        _pauses.End(segment, heard, rate);
        if (segment.Segment.Pause >= Pause.Sentence)
        {
            _timeline.EndSentence();
        }

        // Reported with the next segment, since the end of the last is that of the text.
        _ended = to;
    }

    /// <summary>Completes the recording.</summary>
    /// <exception cref="NothingSpeakableException">The text has letters or digits, and the voice can say none of them.</exception>
    public SynthesisResult Complete()
    {
        if (_count == 0 && _script.Parts.Any(part => part.Text.EnumerateRunes().Any(Rune.IsLetterOrDigit)))
        {
            throw new NothingSpeakableException(
                $"The text has no letters that the voice {_installed.Voice.Name} can say. "
                + $"Send at least one word in the language {_installed.Voice.Language}, or ask for a voice that speaks the text's language.");
        }

        _joiner.Complete(_pauses.AtEnd(_script.PauseAfter, _request.SpeakingRate));
        var hash = _writer.Complete();
        var sampleRate = _installed.Voice.SampleRate;
        _progress(new SynthesisProgress(1, sampleRate, _writer.Samples));
        return new SynthesisResult(
            sampleRate, (double)_writer.Samples / sampleRate, Math.Max(1, _count), _voice.Device, _installed.Voice.Engine, _timeline.Build(), hash,
            ReadingNotes.From(_unspoken.Build(), _source.InCodePoints(_read.Unhonoured)));
    }

    private void Report(double source)
    {
        var fraction = Math.Clamp(source / _request.Text.Length, _reported.Fraction, 1);
        var now = new SynthesisProgress(fraction, _installed.Voice.SampleRate, _writer.Samples);
        if (now != _reported && now.Samples > 0)
        {
            _reported = now;
            _progress(now);
        }
    }
}
