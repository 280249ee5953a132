using System.Collections.Concurrent;
using Dictation.Speech.Normalization;
using Dictation.Speech.Normalization.English;
using Dictation.Speech.Normalization.Finnish;
using Dictation.Speech.Normalization.Swedish;

namespace Dictation.Speech;

/// <summary>The normalisers of the languages. Thread-safe.</summary>
public sealed class TextNormalizers
{
    private static readonly LanguageReadings[] Languages = [FinnishReadings.Language, EnglishReadings.Language, SwedishReadings.Language];
    private static readonly WrittenTextNormalizer Written = new();

    private readonly ConcurrentDictionary<(string Language, bool KeepsPhonemes, bool KeepsMarks), ITextNormalizer> _made = new();

    /// <summary>The languages that have readings of their own.</summary>
    internal static IReadOnlyList<LanguageReadings> WithReadings => Languages;

    /// <param name="language">A language code as in BCP 47; any has a normaliser.</param>
    /// <param name="voiceReadsDigits">
    /// Leave numbers and everything else to the voice's phonemiser where the language has no rules of its own here, and phonemes as they are.
    /// </param>
    /// <param name="voiceHearsMarks">Leave quotes, brackets, dashes and marks as they are written.</param>
    public ITextNormalizer For(string language, bool voiceReadsDigits, bool voiceHearsMarks = false) => _made.GetOrAdd(
        (LanguageCode.Primary(language), voiceReadsDigits, voiceHearsMarks), static key => Create(key.Language, key.KeepsPhonemes, key.KeepsMarks));

    private static ITextNormalizer Create(string language, bool keepsPhonemes, bool keepsMarks)
    {
        if (Array.Find(Languages, l => l.Language == language) is not { } readings)
        {
            return keepsPhonemes ? Written : new PlainTextNormalizer(language);
        }

        var normalizer = new ReadingNormalizer(readings, keepsMarks);
        return keepsPhonemes ? new RawPhonemesNormalizer(normalizer) : normalizer;
    }
}
