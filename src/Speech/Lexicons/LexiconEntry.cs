namespace Dictation.Speech.Lexicons;

/// <summary>How phonemes are written.</summary>
public enum PhonemeAlphabet
{
    /// <summary>The International Phonetic Alphabet.</summary>
    Ipa,

    /// <summary>X-SAMPA, the International Phonetic Alphabet in ASCII.</summary>
    XSampa,
}

/// <summary>How words of a text are said. Either <paramref name="Spoken"/> or <paramref name="Phonemes"/> is set.</summary>
/// <param name="Text">The words as they are written.</param>
/// <param name="Spoken">What is read in their place.</param>
/// <param name="Phonemes">Their sounds, for voices that take phonemes.</param>
/// <param name="Alphabet">How <paramref name="Phonemes"/> are written.</param>
/// <param name="CaseSensitive">Whether small and capital letters differ.</param>
public sealed record LexiconEntry(
    string Text, string? Spoken, string? Phonemes = null, PhonemeAlphabet Alphabet = PhonemeAlphabet.Ipa, bool CaseSensitive = false)
{
    /// <summary>Longest in code points.</summary>
    public const int MaxText = 100, MaxSpoken = 500, MaxPhonemes = 500;

    /// <summary>What stands in the text in the words' place.</summary>
    internal string Replacement => Spoken ?? $"[[{(Alphabet == PhonemeAlphabet.XSampa ? XSampa.ToIpa(Phonemes!) ?? Phonemes : Phonemes)}]]";
}
