using System.Text.Json.Serialization;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>One task, at once or when it has ended.</summary>
/// <param name="Wait">Seconds to wait for a terminal status; then the task is returned as it is.</param>
public sealed record GetTask(int Wait = 0) : IRequest<TtsTaskResponse>
{
    [JsonIgnore]
    public string ConversionId { get; init; } = "";
}

public sealed class GetTaskValidator : AbstractValidator<GetTask>
{
    public GetTaskValidator() => RuleFor(q => q.Wait).Range(0, 30);
}

public sealed class GetTaskHandler(ITtsTaskStore tasks, ITtsTaskQueries queries, TtsTaskPresenter presenter, TaskFollower follower)
    : IRequestHandler<GetTask, TtsTaskResponse>
{
    public async Task<TtsTaskResponse> Handle(GetTask request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        if (request.Wait > 0 && !task.IsTerminal)
        {
            task = await follower.WaitAsync(task, TimeSpan.FromSeconds(request.Wait), cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        }

        return presenter.Present(task, task.Status == TtsTaskStatus.Queued ? await queries.QueuePositionAsync(task, cancellationToken) : null);
    }
}
