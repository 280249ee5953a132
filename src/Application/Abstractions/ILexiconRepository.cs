using Dictation.Speech.Lexicons;

namespace Dictation.Application.Abstractions;

/// <summary>The stored lexicons, one per language.</summary>
public interface ILexiconRepository
{
    /// <param name="language">BCP 47 primary language.</param>
    /// <returns>Changes with each change of the lexicon; null where the language has none.</returns>
    Task<Guid?> FindVersionAsync(string language, CancellationToken cancellationToken);

    /// <summary>The lexicon of a language; null where it has none.</summary>
    Task<StoredLexicon?> FindAsync(string language, CancellationToken cancellationToken);

    /// <summary>Stores a lexicon in the place of the language's former one. The last of concurrent writers wins.</summary>
    /// <param name="lexicon">The whole lexicon.</param>
    /// <param name="maxLexicons">How many languages may have one.</param>
    /// <returns>False when that many other languages have one.</returns>
    Task<bool> ReplaceAsync(StoredLexicon lexicon, int maxLexicons, CancellationToken cancellationToken);

    /// <returns>Whether the language had one.</returns>
    Task<bool> DeleteAsync(string language, CancellationToken cancellationToken);
}

/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Version">Another one with each change.</param>
/// <param name="Entries">In the order in which they were given.</param>
/// <param name="UpdatedAt">UTC.</param>
public sealed record StoredLexicon(string Language, Guid Version, IReadOnlyList<LexiconEntry> Entries, DateTime UpdatedAt);
