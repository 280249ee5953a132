using System.Collections.Concurrent;
using Dictation.Application.Abstractions;
using Dictation.Speech.Lexicons;

namespace Dictation.Application.Lexicons;

/// <summary>
/// The lexicons of languages, ready to be used. Each use reads the version of the stored one, so that a change by another process counts at
/// once. Thread-safe.
/// </summary>
public sealed class LexiconCache
{
    /// <summary>More languages than that are loaded again and again.</summary>
    private const int MaxKept = 50;

    private readonly ConcurrentDictionary<string, Ready> _ready = new(StringComparer.Ordinal);

    /// <summary>The language's lexicon; an empty one where it has none.</summary>
    /// <param name="repository">The stored lexicons.</param>
    /// <param name="language">BCP 47 primary language.</param>
    /// <param name="phonemes">Whether entries with phonemes are wanted.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Lexicon> FindAsync(ILexiconRepository repository, string language, bool phonemes, CancellationToken cancellationToken)
    {
        if (await repository.FindVersionAsync(language, cancellationToken) is not { } version)
        {
            _ready.TryRemove(language, out _);
            return Lexicon.Empty;
        }

        if (!_ready.TryGetValue(language, out var ready) || ready.Version != version)
        {
            if (await repository.FindAsync(language, cancellationToken) is not { } stored)
            {
                return Lexicon.Empty;
            }

            if (_ready.Count >= MaxKept)
            {
                _ready.Clear();
            }

            _ready[language] = ready = new Ready(stored);
        }

        return phonemes ? ready.All.Value : ready.WithoutPhonemes.Value;
    }

    private sealed class Ready(StoredLexicon stored)
    {
        public Guid Version { get; } = stored.Version;

        public Lazy<Lexicon> All { get; } = new(() => new Lexicon(stored.Entries));

        public Lazy<Lexicon> WithoutPhonemes { get; } = new(() => new Lexicon(stored.Entries.Where(e => e.Phonemes is null)));
    }
}
