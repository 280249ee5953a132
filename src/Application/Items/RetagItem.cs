using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Replace an item's tags.</summary>
/// <param name="Tags">All of them; an empty list removes them.</param>
public sealed record RetagItem(IReadOnlyList<string?>? Tags) : IRequest<RetagItemResponse>
{
    [JsonIgnore]
    public long Id { get; init; }
}

/// <summary>What an item was tagged with, before and now.</summary>
/// <param name="ItemId">The item's id.</param>
/// <param name="PreviousTags">All tags, before.</param>
/// <param name="CurrentTags">All tags, now.</param>
/// <param name="Operation">Always <c>replace</c>.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
/// <param name="Message">What was done, in a sentence.</param>
public sealed record RetagItemResponse(
    long ItemId, IReadOnlyList<string> PreviousTags, IReadOnlyList<string> CurrentTags, string Operation, DateTime UpdatedAt, string Message);

public sealed class RetagItemValidator : AbstractValidator<RetagItem>
{
    public RetagItemValidator() => RuleFor(c => c.Tags).Required("'tags' is required; an empty list removes them.").Tags();
}

public sealed class RetagItemHandler(IItemRepository items, TimeProvider clock) : IRequestHandler<RetagItem, RetagItemResponse>
{
    public async Task<RetagItemResponse> Handle(RetagItem request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        List<string> before = [], after = [];
        var found = await items.ChangeAsync(
            request.Id,
            item =>
            {
                before = Names();
                item.Tag(request.Tags!.Select(t => t!), now);
                after = Names();

                List<string> Names() => item.Tags.OrderBy(t => t.Position).Select(t => t.Name).ToList();
            },
            cancellationToken);
        return found
            ? new RetagItemResponse(request.Id, before, after, "replace", now, $"The item has {after.Count} {(after.Count == 1 ? "tag" : "tags")} now.")
            : throw NotFoundException.Item(request.Id);
    }
}
