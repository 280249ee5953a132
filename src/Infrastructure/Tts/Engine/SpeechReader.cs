using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Audio;
using Dictation.Speech.Markup;
using Dictation.Speech.Normalization;
using Dictation.Speech.Reading;
using Dictation.Speech.Timeline;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>Shows what <see cref="SpeechSynthesizer"/> will say. It reads by the same <see cref="VoiceReader"/> and loads no network.</summary>
/// <param name="catalog">The voices.</param>
/// <param name="normalizers">Write texts out as they are said.</param>
/// <param name="options">The length of segments.</param>
public sealed class SpeechReader(VoiceCatalog catalog, TextNormalizers normalizers, TtsOptions options) : ISpeechReader
{
    private readonly VoiceReader _reader = new(normalizers, options);

    public bool Reads(string language) => normalizers.For(language, voiceReadsDigits: false) is not PlainTextNormalizer;

    public SpeechReading Read(string text, string language, string? voice, ReadingOptions options)
    {
        var installed = voice is null ? null : catalog.FindInstalled(voice) ?? throw new VoiceException(catalog.ExplainMissing(voice));
        var script = SpeechScript.Parse(text, options.Format);
        var read = _reader.Read(script, options, language, installed);
        var source = new SourceText(text, script);
        var unspoken = new UnspokenSpans(source, read);
        var said = new List<ReadSegment>();
        var pauses = new SpokenPauses();
        var (sentence, inSentence) = (0, false);
        var pieces = source.Cut([.. read.Segments.Select(s => s.SourceOf(0))]);
        foreach (var (segment, piece) in read.Segments.Zip(pieces))
        {
            var before = pauses.Begin(segment);
            var tokens = Tokens(installed, segment.Segment.Text);
            unspoken.Add(segment, tokens.Unspoken);
            if (tokens.Speakable)
            {
                SetPause(said, before);
                sentence += inSentence ? 0 : 1;
                inSentence = true;

                // A segment whose words all stem from one character, such as a part of a long number, may have no piece of its own.
                var (start, end) = piece ?? (segment.SourceOf(0), segment.SourceOf(0));
                said.Add(new ReadSegment(source.InCodePoints(start, end), sentence, segment.Segment.Text, tokens.Symbols, 0));
            }

            pauses.End(segment, tokens.Speakable, segment.Rate);
            inSentence &= segment.Segment.Pause < Pause.Sentence;
        }

        SetPause(said, pauses.AtEnd(script.PauseAfter, 1) + SegmentJoiner.Tail);
        return new SpeechReading(said, unspoken.Build(), source.InCodePoints(read.Unhonoured));
    }

    private static VoiceTokens Tokens(InstalledVoice? voice, string segment)
    {
        if (voice is not null)
        {
            return voice.Tokenize(segment);
        }

        var characters = new List<string>();
        for (var graphemes = System.Globalization.StringInfo.GetTextElementEnumerator(segment); graphemes.MoveNext();)
        {
            characters.Add(graphemes.GetTextElement());
        }

        return new VoiceTokens([], Speakable: true, [], null, characters);
    }

    private static void SetPause(List<ReadSegment> said, double pause)
    {
        if (said.Count > 0)
        {
            said[^1] = said[^1] with { PauseAfter = Math.Round(pause, 3) };
        }
    }
}
