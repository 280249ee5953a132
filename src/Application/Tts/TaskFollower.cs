using System.Runtime.CompilerServices;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Application.Tts;

/// <summary>
/// Follows one task to its end: from the announcements of this process, and from the row, which also knows what another process did and
/// what an announcement missed.
/// </summary>
public sealed class TaskFollower(IServiceScopeFactory scopes, TaskFeed feed, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Every step of the task's present life once and in order, those that lie behind it first, with the progress between; ends after the
    /// terminal one, and when the task is deleted.
    /// </summary>
    public async IAsyncEnumerable<TaskStep> FollowAsync(TtsTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = feed.Subscribe(task.ConversionId);
        TtsTaskStatus? reached = null;
        var fraction = 0.0;

        // Read again now that we listen: between the caller's read and the subscription an announcement may have passed.
        var current = await FindAsync(task.ConversionId, cancellationToken);
        while (current is not null)
        {
            foreach (var step in TaskStep.Of(current, reached))
            {
                reached = step.Status;
                yield return step;
                if (step.Status.IsTerminal())
                {
                    yield break;
                }
            }

            var announced = await subscription.NextAsync(LookAgain, clock, cancellationToken);
            while (announced is { Progress: { } progress })
            {
                if (progress > fraction && reached == TtsTaskStatus.Processing)
                {
                    fraction = progress;
                    yield return announced;
                }

                announced = await subscription.NextAsync(LookAgain, clock, cancellationToken);
            }

            current = await FindAsync(task.ConversionId, cancellationToken);
        }
    }

    private async Task<TtsTask?> FindAsync(string conversionId, CancellationToken cancellationToken)
    {
        // A stream may last for minutes: it holds no scope, and so no connection, while it waits.
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ITtsTaskRepository>().FindAsync(conversionId, cancellationToken);
    }
}
