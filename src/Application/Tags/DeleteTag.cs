using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Tags;

/// <summary>Remove a preset tag. Items that carry the name keep it.</summary>
/// <param name="Id">Its number.</param>
public sealed record DeleteTag(long Id) : IRequest;

public sealed class DeleteTagHandler(ITagRepository tags) : IRequestHandler<DeleteTag>
{
    public async Task<Unit> Handle(DeleteTag request, CancellationToken cancellationToken) =>
        await tags.DeleteAsync(request.Id, cancellationToken) ? Unit.Value : throw NotFoundException.Tag(request.Id);
}
