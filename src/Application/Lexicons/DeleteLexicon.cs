using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Lexicons;

/// <summary>Remove the lexicon of a language. Speech that exists already stays as it is.</summary>
/// <param name="Language">Its tag.</param>
public sealed record DeleteLexicon(string? Language) : IRequest;

public sealed class DeleteLexiconHandler(ILexiconRepository lexicons) : IRequestHandler<DeleteLexicon>
{
    public async Task<Unit> Handle(DeleteLexicon request, CancellationToken cancellationToken)
    {
        var language = LexiconLanguage.From(request.Language);
        return await lexicons.DeleteAsync(language, cancellationToken) ? Unit.Value : throw NotFoundException.Lexicon(language);
    }
}
