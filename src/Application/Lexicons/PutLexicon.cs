using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Speech;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Lexicons;

/// <summary>Store the lexicon of a language in the place of its former one. It counts for texts that are submitted from now on.</summary>
/// <param name="Entries">All of its entries; of those with the same text the first counts.</param>
public sealed record PutLexicon(IReadOnlyList<LexiconEntryInput?>? Entries) : IRequest<LexiconResponse>
{
    /// <summary>Its tag; regions of a language share one lexicon.</summary>
    [JsonIgnore]
    public string? Language { get; init; }

    /// <summary>The language that a document states by itself, where it does.</summary>
    [JsonIgnore]
    public string? StatedLanguage { get; init; }
}

public sealed class PutLexiconValidator : AbstractValidator<PutLexicon>
{
    public const int MaxEntries = 5_000;

    public PutLexiconValidator() => this.Entries(c => c.Entries, MaxEntries, required: true);
}

public sealed class PutLexiconHandler(ILexiconRepository lexicons, IVoiceCatalog voices, TimeProvider clock) : IRequestHandler<PutLexicon, LexiconResponse>
{
    private const int MaxLexicons = 500;

    public async Task<LexiconResponse> Handle(PutLexicon request, CancellationToken cancellationToken)
    {
        var language = LexiconLanguage.From(request.Language);
        if (request.StatedLanguage is { } stated && LanguageCode.Primary(stated) != language)
        {
            throw new RequestInvalidException("language", "The lexicon's own language, in xml:lang, must be the one in the address.", "language_mismatch");
        }

        var entries = request.Entries!.Select(e => e!.ToEntry()).ToList();
        var speaking = voices.Voices.Where(v => v.Language == language).ToList();
        if (speaking.Count > 0 && !speaking.Exists(v => v.TakesPhonemes) && entries.FindIndex(e => e.Phonemes is not null) is >= 0 and var index)
        {
            throw new RequestInvalidException(
                $"entries[{index}].phonemes",
                $"No voice of the language '{language}' takes phonemes, which the entry '{entries[index].Text}' has. Give it 'spoken' instead.",
                "phonemes_unsupported");
        }

        var lexicon = new StoredLexicon(language, Guid.NewGuid(), entries, clock.GetUtcNow().UtcDateTime);
        return await lexicons.ReplaceAsync(lexicon, MaxLexicons, cancellationToken)
            ? LexiconResponse.From(lexicon)
            : throw new RequestInvalidException("language", $"{MaxLexicons} languages have a lexicon already. Delete one that is not needed.", "too_many_lexicons");
    }
}
