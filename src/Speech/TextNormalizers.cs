using System.Collections.Concurrent;
using Dictation.Speech.Normalization;
using Dictation.Speech.Normalization.Finnish;

namespace Dictation.Speech;

/// <summary>The normalisers of the languages. Thread-safe.</summary>
public sealed class TextNormalizers
{
    private const string Finnish = "fi", Undetermined = "und";

    private readonly ConcurrentDictionary<string, ITextNormalizer> _made = new(StringComparer.Ordinal);

    /// <param name="language">A language code as in BCP 47; any has a normaliser.</param>
    /// <param name="voiceReadsDigits">Leave numbers to the voice where the language has no rules of its own here.</param>
    public ITextNormalizer For(string language, bool voiceReadsDigits)
    {
        var primary = LanguageCode.Primary(language);
        return _made.GetOrAdd(
            voiceReadsDigits && primary != Finnish ? Undetermined : primary, code => code == Finnish ? new FinnishTextNormalizer() : new PlainTextNormalizer(code));
    }
}
