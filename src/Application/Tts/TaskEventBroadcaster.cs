using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Dictation.Domain.Tts;

namespace Dictation.Application.Tts;

/// <summary>A step of a task's life, as it is announced once it is stored; or the fraction spoken, which is not stored.</summary>
/// <param name="ConversionId">The task's id: opaque, in the order of time.</param>
/// <param name="Status">Where the task stands.</param>
/// <param name="At">UTC.</param>
/// <param name="Progress">0..1, for progress only.</param>
/// <param name="ErrorMessage">For a failure only.</param>
public sealed record TaskStep(string ConversionId, TtsTaskStatus Status, DateTime At, double? Progress = null, string? ErrorMessage = null)
{
    public static TaskStep Queued(TtsTask task) => new(task.ConversionId, TtsTaskStatus.Queued, task.SubmittedAt);

    /// <summary>The steps that a task of this status has behind it, after <paramref name="since"/>.</summary>
    public static IEnumerable<TaskStep> From(TtsTask task, TtsTaskStatus? since = null)
    {
        var passed = since ?? (TtsTaskStatus)(-1);
        if (passed < TtsTaskStatus.Queued)
        {
            yield return Queued(task);
        }

        if (passed < TtsTaskStatus.Processing && task.StartedAt is { } started)
        {
            yield return new TaskStep(task.ConversionId, TtsTaskStatus.Processing, started);
        }

        if (passed < TtsTaskStatus.Completed && task.CompletedAt is { } completed)
        {
            yield return new TaskStep(task.ConversionId, TtsTaskStatus.Completed, completed);
        }

        if (task.Status == TtsTaskStatus.Done && passed < TtsTaskStatus.Done)
        {
            yield return new TaskStep(task.ConversionId, TtsTaskStatus.Done, task.CompletedAt ?? task.SubmittedAt);
        }
        else if (task.Status == TtsTaskStatus.Failed && passed < TtsTaskStatus.Failed)
        {
            yield return new TaskStep(task.ConversionId, TtsTaskStatus.Failed, task.FailedAt ?? task.SubmittedAt, ErrorMessage: task.ErrorMessage);
        }
    }
}

/// <summary>
/// Announces, within this process, what became of tasks, after it was stored. A listener that does not read loses the oldest
/// announcements and delays nobody; the row always has the true state.
/// </summary>
public sealed class TaskEventBroadcaster
{
    private const int Backlog = 64;

    private readonly ConcurrentDictionary<string, ImmutableArray<Channel<TaskStep>>> _listeners = new(StringComparer.Ordinal);

    public void Publish(TaskStep step)
    {
        if (_listeners.TryGetValue(step.ConversionId, out var channels))
        {
            foreach (var channel in channels)
            {
                channel.Writer.TryWrite(step);
            }
        }
    }

    public Subscription Subscribe(string conversionId)
    {
        var channel = Channel.CreateBounded<TaskStep>(new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners.AddOrUpdate(conversionId, _ => [channel], (_, channels) => channels.Add(channel));
        return new Subscription(channel.Reader, () => Unsubscribe(conversionId, channel));
    }

    private void Unsubscribe(string conversionId, Channel<TaskStep> channel)
    {
        while (_listeners.TryGetValue(conversionId, out var channels))
        {
            var rest = channels.Remove(channel);
            var removed = rest.IsEmpty
                ? _listeners.TryRemove(KeyValuePair.Create(conversionId, channels))
                : _listeners.TryUpdate(conversionId, rest, channels);
            if (removed)
            {
                return;
            }
        }
    }

    /// <summary>One listener to one task. Dispose to stop listening.</summary>
    public sealed class Subscription(ChannelReader<TaskStep> reader, Action unsubscribe) : IDisposable
    {
        public ChannelReader<TaskStep> Reader { get; } = reader;

        public void Dispose() => unsubscribe();

        /// <summary>The next announcement, or null when none came within <paramref name="atMost"/>.</summary>
        public Task<TaskStep?> NextAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken) =>
            Reader.ReadWithinAsync(atMost, clock, cancellationToken);
    }
}
