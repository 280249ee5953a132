using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>One item.</summary>
public sealed record GetItem(long Id) : IRequest<ItemResponse>;

public sealed class GetItemHandler(IItemRepository items, ItemPresenter presenter) : IRequestHandler<GetItem, ItemResponse>
{
    public async Task<ItemResponse> Handle(GetItem request, CancellationToken cancellationToken) =>
        presenter.Present(await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id));
}
