using Dictation.Speech;

namespace Dictation.Application.Abstractions;

/// <summary>Chooses the voice that a request asks for. The one home of the sentences for a voice that is not there.</summary>
public static class VoiceChoice
{
    /// <summary>Between a voice's name and its speaker's.</summary>
    public const char SpeakerMark = '#';

    /// <summary>The voice of that name, which must speak the language if one is given.</summary>
    /// <exception cref="RequestInvalidException">There is no such voice, or none for the language.</exception>
    public static Voice Choose(this IVoiceCatalog voices, string? name, string? language)
    {
        if (name is null)
        {
            return language is null ? voices.DefaultVoice : voices.ChooseByLanguage(language, "language", "language_unsupported");
        }

        var voice = voices.Find(name) ?? throw new RequestInvalidException("voice", voices.ExplainMissing(name), "voice_unknown");
        return language is null || voices.FindByLanguage(language)?.Language == voice.Language
            ? voice
            : throw new RequestInvalidException("language", $"The voice '{voice.Name}' speaks '{voice.Language}'. Leave 'language' out, or name that one.", "language_mismatch");
    }

    /// <summary>The voice's region, where a language tag names another one; else null.</summary>
    public static string? RegionBeside(this Voice voice, string? language) =>
        language is not null && LanguageCode.Region(language) is { } asked && asked != voice.Region ? voice.Region : null;

    /// <param name="field">The field of the request that holds the language.</param>
    /// <param name="code">The error code when no voice speaks it.</param>
    /// <exception cref="RequestInvalidException">No voice speaks the language.</exception>
    public static Voice ChooseByLanguage(this IVoiceCatalog voices, string language, string field, string code) =>
        voices.FindByLanguage(language) ?? throw new RequestInvalidException(
            field, $"No voice speaks this {field}. The languages are: {string.Join(", ", voices.Voices.Select(v => v.Language).Distinct())}.", code);

    /// <summary>
    /// Says why <see cref="IVoiceCatalog.Find"/> finds no voice of that name. An unknown name is not repeated: it is a client's text.
    /// </summary>
    public static string ExplainMissing(this IVoiceCatalog voices, string name)
    {
        if (voices.Problems.FirstOrDefault(p => p.Folder == name) is { } problem)
        {
            return $"The voice '{name}' cannot be used. {problem.Reason}";
        }

        var mark = name.IndexOf(SpeakerMark, StringComparison.Ordinal);
        return mark > 0 && voices.Find(name[..mark]) is { } voice
            ? voice.Speakers.Count == 0
                ? $"The voice '{voice.Name}' has but one speaker. Name it without '{SpeakerMark}'."
                : $"The voice '{voice.Name}' has no such speaker. Its speakers are: {string.Join(", ", voice.Speakers)}."
            : $"There is no such voice. The voices are: {string.Join(", ", voices.Voices.Select(v => v.Name))}.";
    }
}
