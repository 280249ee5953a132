using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Hosting;

namespace Dictation.Application.Tts;

/// <summary>One task, at once or when it has ended.</summary>
/// <param name="Wait">Seconds to wait for a terminal status, 0..30; then the task is returned as it is.</param>
public sealed record GetTask(string ConversionId, int Wait = 0) : IRequest<TtsTaskResponse>;

public sealed class GetTaskValidator : AbstractValidator<GetTask>
{
    public GetTaskValidator() => RuleFor(q => q.Wait).Range(0, 30);
}

public sealed class GetTaskHandler(ITtsTaskRepository tasks, TtsTaskPresenter presenter, TaskFollower follower, IHostApplicationLifetime host, TimeProvider clock)
    : IRequestHandler<GetTask, TtsTaskResponse>
{
    public async Task<TtsTaskResponse> Handle(GetTask request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        if (request.Wait > 0 && !task.IsTerminal)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(request.Wait), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, host.ApplicationStopping);
            try
            {
                await foreach (var _ in follower.FollowAsync(task, either.Token))
                {
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The time is up, or the service stops: the task is answered as it stands.
            }

            task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        }

        return presenter.Present(task, task.Status == TtsTaskStatus.Queued ? await tasks.QueuePositionAsync(task, cancellationToken) : null);
    }
}
