using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization;

/// <summary>Phonemes that a text gives itself: <c>[[həlˈoʊ]]</c>.</summary>
internal static partial class RawPhonemes
{
    /// <summary>Where they stand in a text, brackets included, in order.</summary>
    public static MatchCollection In(string text) => Bracketed().Matches(text);

    [GeneratedRegex(@"\[\[[^\n]*?\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();
}
