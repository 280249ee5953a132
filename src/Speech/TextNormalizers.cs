using System.Collections.Concurrent;
using Dictation.Speech.Normalization;
using Dictation.Speech.Normalization.Finnish;

namespace Dictation.Speech;

/// <summary>The normalisers of the languages. Thread-safe.</summary>
public sealed class TextNormalizers
{
    private const string Finnish = "fi";

    private static readonly WrittenTextNormalizer Written = new();
    private static readonly RawPhonemesNormalizer WrittenOutFinnish = new(new FinnishTextNormalizer());

    private readonly ConcurrentDictionary<string, ITextNormalizer> _made = new(StringComparer.Ordinal);

    /// <param name="language">A language code as in BCP 47; any has a normaliser.</param>
    /// <param name="voiceReadsDigits">
    /// Leave numbers and everything else to the voice's phonemiser where the language has no rules of its own here, and phonemes as they are.
    /// </param>
    public ITextNormalizer For(string language, bool voiceReadsDigits)
    {
        var primary = LanguageCode.Primary(language);
        return (voiceReadsDigits, primary) switch
        {
            (true, Finnish) => WrittenOutFinnish,
            (true, _) => Written,
            _ => _made.GetOrAdd(primary, code => code == Finnish ? new FinnishTextNormalizer() : new PlainTextNormalizer(code)),
        };
    }
}
