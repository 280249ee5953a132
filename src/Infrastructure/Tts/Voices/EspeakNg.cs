using Dictation.Espeak;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// espeak-ng, where the machine has it: phonemes for voices that need them, and speech of its own. It runs in a process of its own, one for all,
/// from the first need to this process's end. Thread-safe.
/// </summary>
public static class EspeakNg
{
    private static readonly EspeakProcess Process = new();

    /// <summary>Raised, with the length of the text in characters, each time it crashed and is started again.</summary>
    public static event Action<int>? Crashed
    {
        add => Process.Crashed += value;
        remove => Process.Crashed -= value;
    }

    /// <summary>What keeps it from being used, as the second half of a sentence that says what to do; null where nothing does.</summary>
    public static string? Missing => TryGet(out var missing) is null ? missing : null;

    /// <summary>The library's version and sample rate in hertz; null where it is not there.</summary>
    public static (string Version, int SampleRate)? Identity => TryGet(out _) is { } identity ? (identity.Version, identity.SampleRate) : null;

    /// <summary>Why the library cannot pronounce for a voice, in a sentence; null when it can.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    public static string? Problem(string voice) => TryGet(out var missing) is not { } identity ? $"It needs espeak-ng's phonemes, but {missing}."
        : !Told(() => Process.Has(voice)) ? $"It needs espeak-ng's voice {voice}, which the installed espeak-ng {identity.Version} does not have."
        : null;

    /// <summary>The clauses of a text as the library reads them.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <param name="text">Well-formed, without control characters: those are commands, which outlast the text.</param>
    /// <exception cref="VoiceException">The library or its voice is not there, or it crashes on this text.</exception>
    public static IReadOnlyList<PhonemeClause> Read(string voice, string text)
    {
        var clauses = new List<PhonemeClause>();
        var at = 0;
        foreach (var clause in Told(() => Process.Read(voice, text)) ?? throw new VoiceException(NoVoice(voice)))
        {
            clauses.Add(new PhonemeClause(
                clause.Phonemes, at, at + clause.Text.Length, clause.Terminator is { } code ? ClauseEnding.From(code, clause.Text) : ClauseEnding.From(clause.Text)));
            at += clause.Text.Length;
        }

        return clauses;
    }

    /// <summary>Speaks a text at the library's own pace.</summary>
    /// <param name="voice">A name or language of espeak-ng's, such as <c>fi</c>.</param>
    /// <param name="text">The text to say.</param>
    /// <returns>Samples at the rate of <see cref="Identity"/>.</returns>
    /// <exception cref="VoiceException">The library or its voice is not there, or it failed.</exception>
    public static short[] Speak(string voice, string text) => Told(() => Process.Speak(voice, text)) ?? throw new VoiceException(NoVoice(voice));

    /// <summary>The languages that it speaks: espeak-ng's own codes, such as <c>en-gb</c>, the preferred ones of each language first.</summary>
    public static IReadOnlyList<string> Languages() => TryGet(out _) is not { } identity ? [] : [.. identity.Voices
        .Select(voice => voice.Languages[0])
        .OrderBy(l => l.Priority)
        .ThenBy(l => l.Code, StringComparer.Ordinal)
        .Select(l => l.Code)
        .Distinct(StringComparer.Ordinal)];

    private static string NoVoice(string voice) => $"The installed espeak-ng {Identity?.Version} has no voice {voice}.";

    private static EspeakIdentity? TryGet(out string missing)
    {
        missing = "the library libespeak-ng is not on this server. Install it (on Debian and Ubuntu: apt-get install libespeak-ng1)";
        try
        {
            return Process.Identity;
        }
        catch (EspeakException e)
        {
            missing = e.Message;
            return null;
        }
    }

    private static T Told<T>(Func<T> ask)
    {
        if (Missing is { } missing)
        {
            throw new VoiceException($"The voice needs espeak-ng, but {missing}.");
        }

        try
        {
            return ask();
        }
        catch (EspeakException e)
        {
            throw new VoiceException(e.Message, e);
        }
    }
}
