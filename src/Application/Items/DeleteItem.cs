using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Remove an item with its attempts, and its audio unless something else uses it.</summary>
/// <param name="Id">Its number.</param>
public sealed record DeleteItem(long Id) : IRequest;

public sealed class DeleteItemHandler(IItemRepository items, OrphanedAudioRemover remover, TimeProvider clock) : IRequestHandler<DeleteItem>
{
    public async Task<Unit> Handle(DeleteItem request, CancellationToken cancellationToken)
    {
        var left = await items.DeleteAsync(request.Id, clock.GetUtcNow().UtcDateTime, cancellationToken);
        await remover.RemoveAsync(left ?? throw NotFoundException.Item(request.Id));
        return Unit.Value;
    }
}
