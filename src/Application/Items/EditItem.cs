using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Items;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Change an item; what is left out stays. A changed text or locale is spoken again.</summary>
/// <param name="Text">What is spoken and practised.</param>
/// <param name="Locale">BCP 47; a voice must speak it.</param>
/// <param name="Difficulty">From easy to hard. Unless it was ever given, it follows the text.</param>
/// <param name="Tags">All of them.</param>
public sealed record EditItem(string? Text, string? Locale, int? Difficulty, IReadOnlyList<string?>? Tags) : IRequest<ItemResponse>
{
    [JsonIgnore]
    public long Id { get; init; }
}

public sealed class EditItemValidator : AbstractValidator<EditItem>
{
    public EditItemValidator()
    {
        RuleFor(c => c.Text).NotBlank().RuneLength(1, Item.MaxTextLength).WithoutMarkup().When(c => c.Text is not null);
        RuleFor(c => c.Locale).Locale();
        RuleFor(c => c.Difficulty).Difficulty();
        RuleFor(c => c.Tags).Tags();
    }
}

public sealed class EditItemHandler(
    IItemRepository items, SpeechSubmissions submissions, ItemSpeech speech, OrphanedAudioRemover remover, ItemPresenter presenter, TimeProvider clock) : IRequestHandler<EditItem, ItemResponse>
{
    public async Task<ItemResponse> Handle(EditItem request, CancellationToken cancellationToken)
    {
        while (!await TryEditAsync(request, cancellationToken))
        {
            // Another edit came between reading the item and storing this one: its text is the one that counts now.
        }

        return presenter.Present(await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id));
    }

    private async Task<bool> TryEditAsync(EditItem request, CancellationToken cancellationToken)
    {
        var seen = await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id);
        var now = clock.GetUtcNow().UtcDateTime;
        var text = request.Text ?? seen.Text;
        var locale = Item.CanonicalLocale(request.Locale ?? seen.Locale);
        if (text == seen.Text && locale == seen.Locale)
        {
            return await items.ChangeAsync(request.Id, EditRest, cancellationToken) ? true : throw NotFoundException.Item(request.Id);
        }

        var submitted = await submissions.SubmitAsync(
            [speech.ContentOf(locale, text)], plan => items.SpeakAsync(request.Id, Edit, plan, now, cancellationToken), cancellationToken);
        await remover.RemoveAsync(submitted.Stored.Orphaned);
        return submitted.Stored.Outcome == AddOutcome.Added;

        bool Edit(Item item)
        {
            if (item.Text != seen.Text || item.Locale != seen.Locale)
            {
                return false;
            }

            item.Edit(locale, text, now);
            EditRest(item);
            return true;
        }

        void EditRest(Item item)
        {
            if (request.Difficulty is { } difficulty)
            {
                item.Rate(difficulty, now);
            }

            if (request.Tags is { } tags)
            {
                item.Tag(tags.Select(t => t!), now);
            }
        }
    }
}
