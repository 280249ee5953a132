using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Items;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Add a text to practise; its speech is submitted at once.</summary>
/// <param name="Locale">BCP 47; a voice must speak it.</param>
/// <param name="Text">What is spoken and practised.</param>
/// <param name="Difficulty">From easy to hard; by the text's length when left out.</param>
/// <param name="Tags">Names to find the item by.</param>
public sealed record CreateItem(string? Locale, string? Text, int? Difficulty, IReadOnlyList<string?>? Tags) : IRequest<ItemResponse>;

public sealed class CreateItemValidator : AbstractValidator<CreateItem>
{
    public CreateItemValidator()
    {
        RuleFor(c => c.Locale).NotBlank().Locale();
        RuleFor(c => c.Text).NotBlank().RuneLength(1, Item.MaxTextLength).WithoutMarkup();
        RuleFor(c => c.Difficulty).Difficulty();
        RuleFor(c => c.Tags).Tags();
    }
}

public sealed class CreateItemHandler(NewItems newItems) : IRequestHandler<CreateItem, ItemResponse>
{
    public async Task<ItemResponse> Handle(CreateItem request, CancellationToken cancellationToken) =>
        (await newItems.AddAsync([newItems.Make(request)], cancellationToken))[0];
}

/// <summary>Makes and stores items with their speech.</summary>
public sealed class NewItems(IItemRepository items, SpeechSubmissions submissions, ItemSpeech speech, ItemPresenter presenter, TimeProvider clock)
{
    /// <param name="request">Valid.</param>
    /// <exception cref="RequestInvalidException">No voice speaks the locale.</exception>
    public NewItem Make(CreateItem request)
    {
        var item = Item.Create(request.Locale!, request.Text!, request.Difficulty, request.Tags?.Select(t => t!) ?? [], clock.GetUtcNow().UtcDateTime);
        return new NewItem(item, speech.ContentOf(item.Locale, item.Text));
    }

    /// <summary>All in one transaction with one round of submissions; nothing when there is no room for all.</summary>
    public async Task<IReadOnlyList<ItemResponse>> AddAsync(IReadOnlyList<NewItem> made, CancellationToken cancellationToken)
    {
        var added = made.Select(n => n.Item).ToList();
        var submitted = await submissions.SubmitAsync(made.Select(n => n.Content).ToList(), plan => items.AddAsync(added, plan, cancellationToken), cancellationToken);

        // Read again: an item whose speech existed already is ready now.
        return (await items.FindManyAsync(submitted.Stored.Ids, cancellationToken)).Select(presenter.Present).ToList();
    }
}

/// <summary>An item that is not stored yet.</summary>
public sealed record NewItem(Item Item, Domain.Tts.SpeechContent Content);
