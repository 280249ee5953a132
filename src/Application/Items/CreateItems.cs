using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Add several texts: the good ones are kept when others are not.</summary>
/// <param name="Items">Each stands for itself.</param>
public sealed record CreateItems(IReadOnlyList<CreateItem?>? Items) : IRequest<CreateItemsResponse>;

/// <summary>What became of several items.</summary>
/// <param name="CreatedItems">Those that were stored, in the order of the request.</param>
/// <param name="TotalCreated">How many were stored.</param>
/// <param name="FailedItems">Those that were not stored, by their place in the request.</param>
/// <param name="TotalFailed">How many were not.</param>
/// <param name="SubmittedAt">UTC.</param>
public sealed record CreateItemsResponse(
    IReadOnlyList<ItemResponse> CreatedItems, int TotalCreated, IReadOnlyList<FailedItem> FailedItems, int TotalFailed, DateTime SubmittedAt);

/// <summary>An item that was not stored, and why.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Error">What is wrong, in a sentence.</param>
/// <param name="Errors">Each field that is not valid.</param>
public sealed record FailedItem(int Index, string Error, IReadOnlyList<FieldError> Errors);

public sealed class CreateItemsValidator : AbstractValidator<CreateItems>
{
    public const int MaxItems = 100;

    public CreateItemsValidator() => RuleFor(c => c.Items)
        .Within(new Bounds { Required = true, MinItems = 1, MaxItems = MaxItems }, "count", $"'items' must hold 1 to {MaxItems} items.");
}

public sealed class CreateItemsHandler(NewItems newItems, IValidator<CreateItem> validator, TimeProvider clock) : IRequestHandler<CreateItems, CreateItemsResponse>
{
    public async Task<CreateItemsResponse> Handle(CreateItems request, CancellationToken cancellationToken)
    {
        var good = new List<NewItem>();
        var failed = new List<FailedItem>();
        foreach (var (index, item) in request.Items!.Index())
        {
            try
            {
                good.Add(Make(item));
            }
            catch (RequestInvalidException e)
            {
                failed.Add(new FailedItem(index, e.Message, e.Errors));
            }
        }

        var created = good.Count == 0 ? [] : await newItems.AddAsync(good, cancellationToken);
        return new CreateItemsResponse(created, created.Count, failed, failed.Count, clock.GetUtcNow().UtcDateTime);
    }

    private NewItem Make(CreateItem? item)
    {
        if (item is null)
        {
            throw new RequestInvalidException("items", "An item must be an object with 'locale' and 'text', not null.", "null");
        }

        var result = validator.Validate(item);
        return result.IsValid ? newItems.Make(item) : throw new RequestInvalidException(result.FieldErrors());
    }
}
