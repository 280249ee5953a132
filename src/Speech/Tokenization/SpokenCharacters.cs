namespace Dictation.Speech.Tokenization;

/// <summary>A character vocabulary as a service speaks with it: the text is prepared, then turned into ids. Thread-safe.</summary>
public sealed class SpokenCharacters
{
    private readonly VitsTokenizer _tokenizer;
    private readonly VitsTextPreparation _preparation;

    /// <param name="vocabulary">Tokens and their ids, in the file's order.</param>
    /// <param name="settings">What the tokenizer's configuration says.</param>
    /// <exception cref="VoiceException">A character's id lies outside the embedding.</exception>
    public SpokenCharacters(IReadOnlyCollection<KeyValuePair<string, long>> vocabulary, VitsTokenizerSettings settings)
    {
        _tokenizer = new VitsTokenizer(vocabulary, settings);
        _preparation = new VitsTextPreparation(_tokenizer.Has, settings.Normalize);
    }

    /// <summary>The ids of a text. Offsets are those of the text as it is given.</summary>
    /// <exception cref="VoiceException">It holds a token whose id lies outside the embedding.</exception>
    public TokenizedText Tokenize(string text)
    {
        var prepared = _preparation.Prepare(text);
        var tokens = _tokenizer.Tokenize(prepared.Text);
        return tokens with
        {
            Sources = Array.ConvertAll(tokens.Sources, source => prepared.Sources[source]),
            Dropped = [.. prepared.Dropped, .. tokens.Dropped.Select(d => d with { Start = prepared.Sources[d.Start], Length = 1 })],
        };
    }
}
