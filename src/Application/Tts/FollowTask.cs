using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>The steps of a task's life as they happen, to its end.</summary>
public sealed record FollowTask(string ConversionId) : IRequest<IAsyncEnumerable<TaskStep>>;

public sealed class FollowTaskHandler(ITtsTaskStore tasks, TaskFollower follower) : IRequestHandler<FollowTask, IAsyncEnumerable<TaskStep>>
{
    public async Task<IAsyncEnumerable<TaskStep>> Handle(FollowTask request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);

        // The reader of the steps brings the token that ends them: this call returns long before.
        return follower.FollowAsync(task, CancellationToken.None);
    }
}
