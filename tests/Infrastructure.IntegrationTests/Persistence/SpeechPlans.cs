using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

internal static class SpeechPlans
{
    /// <summary>A plan that adds these tasks, each a submission of its own.</summary>
    public static SpeechPlan From(IReadOnlyCollection<TtsTask> added, int queueCapacity = int.MaxValue) =>
        new(added.Select(t => new Submission(t, Deduplicated: false)).ToList(), [.. added], [], [], queueCapacity);

    /// <summary>A plan that uses a task that is there already.</summary>
    public static SpeechPlan Reusing(TtsTask task) => new([new Submission(task, Deduplicated: true)], [], [task], [], int.MaxValue);

    public static Task<AddOutcome> AddAsync(this ITtsTaskStore tasks, IReadOnlyCollection<TtsTask> added, int queueCapacity, CancellationToken cancellationToken) =>
        tasks.AddAsync(From(added, queueCapacity), cancellationToken);
}
