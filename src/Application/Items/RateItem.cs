using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Set an item's difficulty.</summary>
/// <param name="Difficulty">From easy to hard.</param>
public sealed record RateItem(int? Difficulty) : IRequest<RateItemResponse>
{
    [JsonIgnore]
    public long Id { get; init; }
}

/// <summary>How difficult an item is, before and now.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="PreviousDifficulty">1 (easy) to 5, before.</param>
/// <param name="CurrentDifficulty">1 (easy) to 5, now.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="Message">What was done, in a sentence.</param>
public sealed record RateItemResponse(long ItemId, int PreviousDifficulty, int CurrentDifficulty, DateTime UpdatedAt, string Message);

public sealed class RateItemValidator : AbstractValidator<RateItem>
{
    public RateItemValidator() => RuleFor(c => c.Difficulty).Required().Difficulty();
}

public sealed class RateItemHandler(IItemRepository items, TimeProvider clock) : IRequestHandler<RateItem, RateItemResponse>
{
    public async Task<RateItemResponse> Handle(RateItem request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var before = 0;
        var difficulty = request.Difficulty!.Value;
        var found = await items.ChangeAsync(
            request.Id,
            item =>
            {
                before = item.Difficulty;
                item.Rate(difficulty, now);
            },
            cancellationToken);
        return found
            ? new RateItemResponse(request.Id, before, difficulty, now, $"The item's difficulty is {difficulty} now.")
            : throw NotFoundException.Item(request.Id);
    }
}
