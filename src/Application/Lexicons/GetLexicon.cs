using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Speech.Lexicons;
using MediatR;

namespace Dictation.Application.Lexicons;

/// <summary>How a lexicon is written.</summary>
public enum LexiconFormat
{
    /// <summary>JSON, with everything that entries have.</summary>
    Json,

    /// <summary>The Pronunciation Lexicon Specification 1.0 of W3C.</summary>
    Pls,
}

/// <summary>The lexicon of a language.</summary>
/// <param name="Format">How it is written; as 'Accept' says when left out.</param>
public sealed record GetLexicon(LexiconFormat? Format = null) : IRequest<LexiconResponse>
{
    /// <summary>Its tag; regions of a language share one lexicon.</summary>
    [JsonIgnore]
    public string? Language { get; init; }
}

/// <summary>How the words of a language are said.</summary>
/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Entries">Its entries, in the order in which they were given.</param>
/// <param name="UpdatedAt">When it was stored, UTC.</param>
public sealed record LexiconResponse(string Language, IReadOnlyList<LexiconEntryResponse> Entries, DateTime UpdatedAt)
{
    public static LexiconResponse From(StoredLexicon lexicon) => new(lexicon.Language, [.. lexicon.Entries.Select(LexiconEntryResponse.From)], lexicon.UpdatedAt);
}

/// <summary>Words and how they are said.</summary>
/// <param name="Text">The words as they are written.</param>
/// <param name="Spoken">What is read in their place; null where phonemes are given.</param>
/// <param name="Phonemes">Their sounds; null where words are given.</param>
/// <param name="Alphabet">How the phonemes are written: <c>ipa</c> or <c>x-sampa</c>.</param>
/// <param name="CaseSensitive">Whether small and capital letters differ.</param>
public sealed record LexiconEntryResponse(string Text, string? Spoken, string? Phonemes, string Alphabet, bool CaseSensitive)
{
    public static LexiconEntryResponse From(LexiconEntry entry) =>
        new(entry.Text, entry.Spoken, entry.Phonemes, LexiconEntryInput.NameOf(entry.Alphabet), entry.CaseSensitive);

    public LexiconEntry ToEntry() => new LexiconEntryInput(Text, Spoken, Phonemes, Alphabet, CaseSensitive).ToEntry();
}

public sealed class GetLexiconHandler(ILexiconRepository lexicons) : IRequestHandler<GetLexicon, LexiconResponse>
{
    public async Task<LexiconResponse> Handle(GetLexicon request, CancellationToken cancellationToken)
    {
        var language = LexiconLanguage.From(request.Language);
        return await lexicons.FindAsync(language, cancellationToken) is { } lexicon ? LexiconResponse.From(lexicon) : throw NotFoundException.Lexicon(language);
    }
}
