using System.Buffers;

namespace Dictation.Speech;

/// <summary>Languages whose texts mostly leave out vowels: a reader knows the words, or guesses.</summary>
public static class UnwrittenVowels
{
    private static readonly string[] Languages = ["ar", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

    /// <summary>Letters of the scripts, with which the marks belong.</summary>
    private static readonly SearchValues<char> Letters = SearchValues.Create([.. Between('\u05D0', '\u05EA'), .. Between('\u0620', '\u064A'), .. Between('\u066E', '\u06D3')]);

    /// <summary>Hebrew points and Arabic vowel signs.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create([.. Between('\u05B0', '\u05BC'), '\u05C7', .. Between('\u064B', '\u0652'), '\u0670']);

    /// <summary>Whether a language is one of them.</summary>
    /// <param name="language">BCP 47 primary language.</param>
    public static bool Of(string language) => Languages.Contains(language);

    /// <summary>Whether a text of such a language writes none, so that its words are read by guess.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="language">BCP 47 primary language.</param>
    public static bool In(string text, string language) =>
        Of(language) && text.AsSpan().ContainsAny(Letters) && !text.AsSpan().ContainsAny(Marks);

    private static IEnumerable<char> Between(char first, char last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
