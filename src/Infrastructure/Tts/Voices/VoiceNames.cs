using System.Globalization;
using System.Text;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>Names of voices, and what they tell.</summary>
internal static class VoiceNames
{
    private static readonly HashSet<string> Languages = [.. CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .SelectMany(c => new[] { c.TwoLetterISOLanguageName, c.ThreeLetterISOLanguageName })];

    /// <summary>Words before the language in the names of folders.</summary>
    private static readonly HashSet<string> Makers = ["vits", "piper", "mms", "tts", "coqui", "sherpa", "onnx"];

    /// <summary>Codes of languages by their English names.</summary>
    private static readonly Dictionary<string, string> Called = CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Where(c => c.Name.Length > 0)
        .OrderBy(c => c.Name.Length)
        .DistinctBy(c => c.EnglishName, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(c => c.EnglishName, c => c.TwoLetterISOLanguageName, StringComparer.OrdinalIgnoreCase);

    /// <summary>The form in which names are compared and shown: a folder's name may lie decomposed on disk.</summary>
    public static string Compose(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half of a surrogate pair: no voice has such a name.
            return name;
        }
    }

    /// <summary>The code of a language that is given by its English name or by a code: <c>Finnish</c>, <c>English (US)</c>, <c>fi_FI</c>; else null.</summary>
    public static string? LanguageCalled(string words)
    {
        var name = words.Split('(')[0].Trim();
        var code = name.Split('-', '_')[0].ToLowerInvariant();
        return Called.GetValueOrDefault(words) ?? Called.GetValueOrDefault(name)
            ?? (Languages.Contains(code) || (code.Length == 3 && code.All(char.IsAsciiLetterLower)) ? code : null);
    }

    /// <summary>The language with its region, where the name begins with one: <c>fi_FI</c> of <c>fi_FI-harri-medium</c>; else null.</summary>
    public static string? Language(string name)
    {
        var first = name.Split('-')[0];
        var parts = first.Split('_');
        return parts[0].Length is 2 or 3 && parts[0].All(char.IsAsciiLetterLower) && Languages.Contains(parts[0]) && parts.Length <= 2 ? first : null;
    }

    /// <summary>Where a voice's language is spoken as it speaks it: as its files say, else as its folder's name does; null where neither does.</summary>
    /// <param name="language">As the files say, such as <c>en_GB</c>.</param>
    /// <param name="directory">The voice's folder, such as <c>en_GB-alan-low</c>.</param>
    public static string? Region(string language, string directory)
    {
        var named = LanguageWithin(Path.GetFileName(directory));
        return LanguageCode.Region(language)
            ?? (named is not null && LanguageCode.Primary(named) == LanguageCode.Primary(language) ? LanguageCode.Region(named) : null);
    }

    /// <summary>The same, also behind words that say whose the voice is: <c>en_US</c> of <c>vits-piper-en_US-amy-low</c>.</summary>
    public static string? LanguageWithin(string name) => Language(string.Join('-', name.Split('-').SkipWhile(Makers.Contains)));
}
