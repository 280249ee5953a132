using Dictation.Speech.Timeline;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A segment as a network takes it.</summary>
/// <param name="Ids">The network's input.</param>
/// <param name="Speakable">Whether any sound is among them: punctuation alone says nothing.</param>
/// <param name="Unspoken">Characters or phonemes that the voice has nothing for.</param>
/// <param name="Heard">Which ids are heard as which characters, in the order of both; null where that is not known.</param>
/// <param name="Symbols">The phonemes or characters that the ids stand for, without blanks.</param>
public sealed record VoiceTokens(long[] Ids, bool Speakable, IReadOnlyList<DroppedSymbol> Unspoken, IReadOnlyList<HeardSpan>? Heard, IReadOnlyList<string> Symbols)
{
    /// <summary>The ids of characters: each is heard until the next one begins, so that the blank behind it is its own.</summary>
    public static VoiceTokens From(TokenizedText tokens)
    {
        var heard = new HeardSpan[tokens.Places.Length];
        for (var i = 0; i < heard.Length; i++)
        {
            heard[i] = new HeardSpan(tokens.Sources[i], 1, tokens.Places[i], i + 1 < heard.Length ? tokens.Places[i + 1] : tokens.Ids.Length);
        }

        return new VoiceTokens(tokens.Ids, tokens.Speakable, tokens.Dropped, heard, tokens.Symbols);
    }

    /// <summary>When each character is heard.</summary>
    /// <param name="frames">Frames per id.</param>
    /// <param name="hop">Samples per frame.</param>
    public List<CharacterTime>? Times(IReadOnlyList<int> frames, int hop)
    {
        if (Heard is null || frames.Count != Ids.Length)
        {
            return null;
        }

        var ends = new long[frames.Count + 1];
        for (var i = 0; i < frames.Count; i++)
        {
            ends[i + 1] = ends[i] + frames[i] * (long)hop;
        }

        var times = new List<CharacterTime>();
        foreach (var span in Heard)
        {
            long start = ends[span.FirstId], end = ends[span.EndId];
            for (var i = 0; i < span.Characters; i++)
            {
                times.Add(new CharacterTime(span.Character + i, (int)(start + (end - start) * i / span.Characters), (int)(start + (end - start) * (i + 1) / span.Characters)));
            }
        }

        return times;
    }
}
