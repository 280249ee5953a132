using System.Text.RegularExpressions;
using Dictation.Speech;

namespace Dictation.Application.Lexicons;

/// <summary>The language of a lexicon, from the tag in an address.</summary>
internal static partial class LexiconLanguage
{
    /// <returns>BCP 47 primary language: regions of a language share one lexicon.</returns>
    /// <exception cref="RequestInvalidException">It is no tag.</exception>
    public static string From(string? tag) => tag is { Length: <= 35 } && Tag().IsMatch(tag)
        ? LanguageCode.Primary(tag)
        : throw new RequestInvalidException("language", "'language' must be a BCP 47 tag such as 'fi' or 'fi-FI'.", "language");

    [GeneratedRegex(@"\A[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
