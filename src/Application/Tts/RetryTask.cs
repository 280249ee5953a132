using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Queue a failed task again.</summary>
public sealed record RetryTask(string ConversionId) : IRequest<TtsTaskResponse>;

public sealed class RetryTaskHandler(ITtsTaskStore tasks, ITtsTaskQueries queries, TtsTaskPresenter presenter, TaskEventBroadcaster broadcaster, DispatchSignal signal, TimeProvider clock)
    : IRequestHandler<RetryTask, TtsTaskResponse>
{
    public async Task<TtsTaskResponse> Handle(RetryTask request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var outcome = await tasks.ChangeAsync(request.ConversionId, t => t.Retry(now), cancellationToken);
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken);
        switch (outcome)
        {
            case ChangeOutcome.Changed when task is not null:
                broadcaster.Publish(TaskStep.Queued(task));
                signal.Set();
                return presenter.Present(task, task.Status == TtsTaskStatus.Queued ? await queries.QueuePositionAsync(task, cancellationToken) : null);
            case ChangeOutcome.NotApplicable when task is not null:
                throw new ConflictException("not_failed", $"Only a failed conversion can be retried; this one is {task.Status.WireName()}.");
            case ChangeOutcome.KeyTaken:
                throw new ConflictException("superseded", "The same text has been submitted again since this conversion failed.", "Follow the newer conversion: submitting the text returns its id.");
            default:
                throw NotFoundException.Task(request.ConversionId);
        }
    }
}
