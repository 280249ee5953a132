namespace Dictation.Application.Abstractions;

/// <summary>The voices that this server can speak with. Thread-safe.</summary>
public interface IVoiceCatalog
{
    /// <summary>Every usable voice, by name in ordinal order. Never empty once the engine has started.</summary>
    IReadOnlyList<Voice> Voices { get; }

    /// <summary>The voice that speaks when a request names neither a voice nor a language.</summary>
    Voice DefaultVoice { get; }

    /// <summary>The voice of that name (exact, ordinal), or null.</summary>
    Voice? Find(string name);

    /// <summary>
    /// The voice for a BCP 47 language tag or ISO 639-3 code, ignoring case (<c>fi</c>, <c>fi-FI</c>, <c>fi_FI</c>, <c>fin</c>):
    /// the default voice when it speaks that language, else the first by name that does, else null.
    /// </summary>
    Voice? FindByLanguage(string language);
}

/// <param name="Name">The voice's own name, such as <c>fi_FI-aino-tiny</c>.</param>
/// <param name="Language">BCP 47 primary language in lower case, such as <c>fi</c>.</param>
/// <param name="SampleRate">Hertz.</param>
/// <param name="ModelHash">Lower-hex SHA-256 of the model file: a changed model is a changed voice.</param>
/// <param name="Licence">SPDX identifier where the voice states one.</param>
/// <param name="Source">Where the voice comes from, in words or as an address, where it says so.</param>
public sealed record Voice(string Name, string Language, int SampleRate, string ModelHash, string? Licence, string? Source);
