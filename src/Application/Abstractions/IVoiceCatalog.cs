using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>The voices that this server can speak with now. They may change while it runs. Thread-safe.</summary>
public interface IVoiceCatalog
{
    /// <summary>Every usable voice, by name in ordinal order. Never empty once the engine has started.</summary>
    IReadOnlyList<Voice> Voices { get; }

    /// <summary>Folders that should hold a voice, and hold no usable one.</summary>
    IReadOnlyList<VoiceProblem> Problems { get; }

    /// <summary>The voice for requests that name neither a voice nor a language.</summary>
    Voice DefaultVoice { get; }

    /// <summary>The voice of that name (exact, ordinal), or of that name, <c>#</c> and one of its speakers; or null.</summary>
    Voice? Find(string name);

    /// <summary>
    /// The voice for a BCP 47 language tag or ISO 639-3 code, ignoring case (<c>fi</c>, <c>fi-FI</c>, <c>fi_FI</c>, <c>fin</c>):
    /// a voice of the tag's region, else any of that language; of those the default voice, else the first by name; null where no voice speaks it.
    /// </summary>
    Voice? FindByLanguage(string language);

    /// <summary>Looks for voices again, at once.</summary>
    void Refresh();
}

/// <param name="Name">The voice's own name, such as <c>fi_FI-aino-tiny</c>, or with a speaker <c>en-vctk#p225</c>.</param>
/// <param name="Language">BCP 47 primary language in lower case, such as <c>fi</c>.</param>
/// <param name="SampleRate">Hertz.</param>
/// <param name="ModelHash">
/// Lower-hex SHA-256 of the model, or what else tells one model from another: a changed model is a changed voice.
/// </param>
/// <param name="Licence">SPDX identifier where the voice states one.</param>
/// <param name="Source">Where the voice comes from, in words or as an address, where it says so.</param>
/// <param name="Engine">What speaks.</param>
/// <param name="Speakers">The names of its speakers, where it has several.</param>
public sealed record Voice(
    string Name,
    string Language,
    int SampleRate,
    string ModelHash,
    string? Licence,
    string? Source,
    VoiceEngine Engine = VoiceEngine.Neural,
    string? Region = null,
    IReadOnlyList<string>? Speakers = null,
    IReadOnlyList<string>? Notes = null)
{
    /// <summary>Empty where it has but one.</summary>
    public IReadOnlyList<string> Speakers { get; init; } = Speakers ?? [];

    /// <summary>Each of <see cref="Speakers"/> with its language; empty where all speak the voice's own.</summary>
    public IReadOnlyList<SpeakerDetail> SpeakerDetails { get; init; } = [];

    /// <summary>Whether a text or a lexicon may give it phonemes.</summary>
    public bool TakesPhonemes { get; init; }

    /// <summary>Sentences on what to expect of it; mostly none.</summary>
    public IReadOnlyList<string> Notes { get; init; } = Notes ?? [];
}

/// <summary>A speaker of a voice.</summary>
/// <param name="Name">The speaker's name.</param>
/// <param name="Language">BCP 47 primary language in lower case.</param>
/// <param name="Region">Upper case; null where it has none.</param>
public sealed record SpeakerDetail(string Name, string Language, string? Region);

/// <summary>What lies where a voice should be, and cannot be used.</summary>
/// <param name="Folder">The folder's name.</param>
/// <param name="Reason">A sentence that says what is wrong with it.</param>
public sealed record VoiceProblem(string Folder, string Reason);
