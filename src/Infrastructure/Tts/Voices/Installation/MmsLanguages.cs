using System.Globalization;
using System.Text;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>The voices of Meta's Massively Multilingual Speech project, one repository for each language or dialect.</summary>
internal static class MmsLanguages
{
    private const string Owner = "facebook", Prefix = "mms-tts-", Licence = "cc-by-nc-4.0";

    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "mms-languages.tsv");

    /// <param name="path">Lines of a repository's suffix, an ISO 639-1 code or nothing, and a name, below a heading.</param>
    /// <exception cref="VoiceException">It cannot be read.</exception>
    public static IReadOnlyList<ListedVoice> Read(string path)
    {
        try
        {
            return [.. File.ReadLines(path).Where(line => !line.StartsWith('#')).Skip(1).Select(line => Voice(path, line))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    private static ListedVoice Voice(string path, string line)
    {
        if (line.Split('\t') is not [var suffix, var iso, var name] || !VoiceListing.PlainName().IsMatch(suffix))
        {
            throw new VoiceException($"{Path.GetFileName(path)} has a line that is no suffix, code and name: {line}");
        }

        // The hub's names are ASCII.
        var id = Prefix + WithoutMarks(suffix);
        var code = suffix.Split('-')[0];
        return new ListedVoice(id, LanguageCode.Primary(iso.Length > 0 ? iso : code), "mms", Licence, $"https://huggingface.co/{Owner}/{id}", null, [])
        {
            Repository = $"{Owner}/{id}",
            Name = name,
            Code = code,
        };
    }

    private static string WithoutMarks(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
}
