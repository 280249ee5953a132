using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Remove a task, whatever state it is in, and its audio unless an item plays it; work on it stops.</summary>
/// <param name="ConversionId">The task's id: opaque, in the order of time.</param>
public sealed record DeleteTask(string ConversionId) : IRequest;

public sealed class DeleteTaskHandler(ITtsTaskStore tasks, OrphanedAudioRemover remover, TimeProvider clock) : IRequestHandler<DeleteTask>
{
    public async Task<Unit> Handle(DeleteTask request, CancellationToken cancellationToken)
    {
        // The row goes first: from then on no answer names the audio, and the worker that speaks it finds its claim gone.
        switch (await tasks.DeleteAsync(request.ConversionId, clock.GetUtcNow().UtcDateTime, cancellationToken))
        {
            case DeleteOutcome.NotFound:
                throw NotFoundException.Task(request.ConversionId);
            case DeleteOutcome.Deleted:
                await remover.RemoveAsync([request.ConversionId]);
                break;
            case DeleteOutcome.DeletedAudioInUse:
                break;
        }

        return Unit.Value;
    }
}
