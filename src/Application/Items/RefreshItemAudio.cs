using Dictation.Application.Abstractions;
using Dictation.Application.Tts;
using Dictation.Domain.Items;
using MediatR;

namespace Dictation.Application.Items;

/// <summary>Speak an item again, with the voice as it is now. Other items that use the earlier audio keep it.</summary>
public sealed record RefreshItemAudio(long Id) : IRequest<ItemTtsStatusResponse>;

public sealed class RefreshItemAudioHandler(
    IItemRepository items, SpeechSubmissions submissions, ItemSpeech speech, OrphanedAudioRemover remover, TimeProvider clock) : IRequestHandler<RefreshItemAudio, ItemTtsStatusResponse>
{
    public async Task<ItemTtsStatusResponse> Handle(RefreshItemAudio request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var seen = await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id);
            if (seen.TtsStatus == ItemSpeechStatus.Pending)
            {
                // It is being spoken; that is as new as can be.
                return ItemTtsStatusResponse.From(seen);
            }

            var submitted = await submissions.SubmitAsync(
                [speech.ContentOf(seen.Locale, seen.Text)],
                plan => items.SpeakAsync(request.Id, item => IsUnchanged(item, seen), plan, clock.GetUtcNow().UtcDateTime, cancellationToken),
                cancellationToken,
                again: true);
            await remover.RemoveAsync(submitted.Stored.Orphaned);
            if (submitted.Stored.Outcome == AddOutcome.Added)
            {
                return ItemTtsStatusResponse.From(await items.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Item(request.Id));
            }

            // Somebody else edited or refreshed it first.
        }
    }

    private static bool IsUnchanged(Item item, Item seen) => item.ConversionId == seen.ConversionId && item.TtsStatus == seen.TtsStatus;
}
