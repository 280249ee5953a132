using System.Runtime.CompilerServices;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dictation.Application.Tts;

/// <summary>
/// Follows one task to its end: from the announcements of this process, and from the row, which also knows what another process did and
/// what an announcement missed.
/// </summary>
public sealed class TaskFollower(IServiceScopeFactory scopes, TaskEventBroadcaster broadcaster, IHostApplicationLifetime host, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Every step of the task's present life once and in order, those that lie behind it first, with the progress between; ends after the
    /// terminal one, and when the task is deleted.
    /// </summary>
    public async IAsyncEnumerable<TaskStep> FollowAsync(TtsTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var subscription = broadcaster.Subscribe(task.ConversionId);
        TtsTaskStatus? reached = null;
        var fraction = 0.0;

        // Read again now that we listen: between the caller's read and the subscription an announcement may have passed.
        var current = await FindAsync(task.ConversionId, cancellationToken);
        while (current is not null)
        {
            foreach (var step in TaskStep.From(current, reached))
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

    /// <summary>Waits until the task has ended, at most for <paramref name="atMost"/>, and not while the service stops.</summary>
    /// <returns>The task as it stands then; null when it was deleted.</returns>
    public async Task<TtsTask?> WaitAsync(TtsTask task, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token, host.ApplicationStopping);
        try
        {
            await foreach (var _ in FollowAsync(task, either.Token))
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up, or the service stops: the task is answered as it stands.
        }

        return await FindAsync(task.ConversionId, cancellationToken);
    }

    private async Task<TtsTask?> FindAsync(string conversionId, CancellationToken cancellationToken)
    {
        // A stream may last for minutes: it holds no scope, and so no connection, while it waits.
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ITtsTaskStore>().FindAsync(conversionId, cancellationToken);
    }
}
