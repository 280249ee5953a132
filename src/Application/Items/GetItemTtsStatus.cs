using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>How far an item's speech is.</summary>
public sealed record GetItemTtsStatus(long Id) : IRequest<ItemTtsStatusResponse>;

/// <summary>How far an item's speech is.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="Text">Its first 100 code points.</param>
/// <param name="TtsStatus">How far the speech is.</param>
/// <param name="ErrorMessage">Why there is no audio, for a failed one.</param>
/// <param name="CreatedAt">When it was stored, UTC.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
public sealed record ItemTtsStatusResponse(long ItemId, string Text, ItemSpeechStatus TtsStatus, string? ErrorMessage, DateTime CreatedAt, DateTime UpdatedAt)
{
    private const int MaxText = 100;

    public static ItemTtsStatusResponse From(Item item) => new(
        item.Id, string.Concat(item.Text.EnumerateRunes().Take(MaxText)), item.TtsStatus, item.TtsError, item.CreatedAt, item.UpdatedAt);
}

public sealed class GetItemTtsStatusHandler(IItemRepository items) : IRequestHandler<GetItemTtsStatus, ItemTtsStatusResponse>
{
    public async Task<ItemTtsStatusResponse> Handle(GetItemTtsStatus request, CancellationToken cancellationToken) =>
        ItemTtsStatusResponse.From(await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id));
}
