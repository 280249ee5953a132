using Dictation.Speech.Emoji;
using Dictation.Speech.Lexicons;
using Dictation.Speech.Markup;
using Dictation.Speech.Normalization;
using Dictation.Speech.Segmentation;

namespace Dictation.Speech.Reading;

/// <summary>How a voice takes a text.</summary>
/// <param name="Normalizer">Writes the text out.</param>
/// <param name="MaxCharacters">The most UTF-16 units of a segment.</param>
/// <param name="TakesPhonemes">Whether the text may give it phonemes.</param>
/// <param name="SentenceEnds">Where the sentences of a written-out text end as the voice reads it; null where its marks tell.</param>
public sealed record VoiceReading(ITextNormalizer Normalizer, int MaxCharacters, bool TakesPhonemes, Func<string, IReadOnlyList<int>?> SentenceEnds);

/// <summary>A text as it will be said.</summary>
/// <param name="Segments">In their order; none where there is nothing to say.</param>
/// <param name="Unspoken">What the language has no reading for, in UTF-16 offsets of the text as submitted.</param>
/// <param name="Unhonoured">Elements that are not acted on, in their order: the script's, and phonemes that the voice does not take.</param>
public sealed record ReadScript(IReadOnlyList<ScriptSegment> Segments, IReadOnlyList<UnspokenSpan> Unspoken, IReadOnlyList<UnhonouredElement> Unhonoured);

/// <summary>The one place where a text becomes segments: markup, lexicon, emoji, the language's readings, sentences.</summary>
public static class ScriptReader
{
    /// <param name="script">The text, its markup read.</param>
    /// <param name="options">The lexicon and whether emoji are named.</param>
    /// <param name="language">BCP 47 primary language.</param>
    /// <param name="voice">How the voice takes it.</param>
    /// <exception cref="VoiceException">The voice's phonemiser failed.</exception>
    public static ReadScript Read(SpeechScript script, ReadingOptions options, string language, VoiceReading voice)
    {
        var lexicon = options.Lexicon.Count > 0 ? new Lexicon(options.Lexicon) : Lexicon.Empty;
        var emoji = options.Emoji ? EmojiNames.For(language) : null;
        var segments = new List<ScriptSegment>();
        var unspoken = new List<UnspokenSpan>();
        double? pause = null;
        foreach (var part in script.Parts)
        {
            if (part.Boundary != ScriptBoundary.None && segments.Count > 0)
            {
                segments[^1] = segments[^1].EndingWith(part.Boundary == ScriptBoundary.Paragraph ? Pause.Paragraph : Pause.Sentence);
            }

            pause = part.Pause is null && pause is null ? null : (pause ?? 0) + (part.Pause ?? 0);
            var words = lexicon.Apply(part);
            var (text, offsets) = SpelledOut.From(emoji?.Apply(words) ?? words, voice.TakesPhonemes, voice.Normalizer.Ordinal);
            var spoken = voice.Normalizer.Normalize(text);
            unspoken.AddRange(spoken.Unspoken.Select(u => InSource(u, offsets)));
            var first = true;
            foreach (var segment in TextSegmenter.Split(spoken, voice.MaxCharacters, spoken.SentenceEnds ?? voice.SentenceEnds(spoken.Text)))
            {
                if (first && segments.Count > 0 && part.Boundary == ScriptBoundary.None)
                {
                    // The sentence goes on from one part to the next, unless its marks end it.
                    segments[^1] = segments[^1].GoingOn();
                }

                segments.Add(new ScriptSegment(segment, at => offsets[spoken.SourceOffsets[segment.Start + at]], part.Rate, pause));
                (first, pause) = (false, null);
            }
        }

        var untaken = voice.TakesPhonemes ? [] : script.Parts.Select(part => part.Phonemes?.Element).OfType<UnhonouredElement>();
        return new ReadScript(segments, unspoken, [.. script.Unhonoured.Concat(untaken).OrderBy(element => element.Start)]);
    }

    private static UnspokenSpan InSource(UnspokenSpan span, IReadOnlyList<int> offsets)
    {
        var start = offsets[span.Start];
        return span with { Start = start, Length = offsets[span.Start + span.Length - 1] + 1 - start };
    }
}
