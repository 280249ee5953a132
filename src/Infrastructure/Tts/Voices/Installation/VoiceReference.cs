using System.Text.RegularExpressions;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>
/// What the user asks to install: a folder (<c>./voice</c>), a repository on the hub (<c>facebook/mms-tts-fin</c>,
/// <c>rhasspy/piper-voices:fi_FI-harri-medium</c>, each with <c>@revision</c> behind it), or a voice of the catalogue.
/// </summary>
/// <param name="Folder">A path; null for the others.</param>
/// <param name="Repository">Owner and name; null for the others.</param>
/// <param name="Voice">The voice in the repository; null where it holds only one.</param>
/// <param name="Revision">A commit, a branch or a tag.</param>
internal sealed partial record VoiceReference(string? Folder, string? Repository, string? Voice, string Revision)
{
    private const string DefaultRevision = "main";

    /// <exception cref="VoiceException">It is none of these.</exception>
    public static VoiceReference Parse(string text)
    {
        if (text.Split('/', '\\')[0] is "." or ".." || Path.IsPathFullyQualified(text))
        {
            return new VoiceReference(text, null, null, DefaultRevision);
        }

        if (!text.Contains('/', StringComparison.Ordinal))
        {
            return new VoiceReference(null, null, null, DefaultRevision);
        }

        var parts = Form().Match(text);
        return parts.Success && !text.Contains("..", StringComparison.Ordinal)
            ? new VoiceReference(
                null,
                parts.Groups["repository"].Value,
                parts.Groups["voice"] is { Success: true, Value: var voice } ? voice : null,
                parts.Groups["revision"] is { Success: true, Value: var revision } ? revision : DefaultRevision)
            : throw new VoiceException($"{text} is no repository on the hub. Write owner/name, owner/name:voice or owner/name@revision; a folder begins with ./ or /.");
    }

    [GeneratedRegex(
        @"^(?<repository>[A-Za-z0-9][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9][A-Za-z0-9_.-]{0,95})"
        + @"(:(?<voice>[\p{L}\p{N}][\p{L}\p{M}\p{N}_.-]{0,99}))?(@(?<revision>[A-Za-z0-9][A-Za-z0-9_./-]{0,199}))?\z")]
    private static partial Regex Form();
}
