using Dictation.Domain.Tts;

namespace Dictation.Application.Abstractions;

/// <summary>
/// The stored tasks as a queue: what the dispatcher and the recorder of events do with them. Every method is one short transaction, whose
/// statements are guarded by the claim that was read: a process that lost its claim changes nothing.
/// </summary>
public interface ITtsTaskQueue
{
    /// <summary>Claims up to <paramref name="max"/> due tasks, the longest due first, each with a fresh claim id.</summary>
    /// <param name="except">What the claimant already holds: after a leap of the clock its own leases look ended.</param>
    /// <returns>The claimed tasks, and those that failed because they used up their tries.</returns>
    Task<IReadOnlyList<TtsTask>> ClaimDueAsync(int max, DateTime now, ClaimTerms terms, IReadOnlyCollection<string> except, CancellationToken cancellationToken);

    /// <summary>Moves the lease's end of every claim that still holds.</summary>
    /// <param name="claims">Claim ids by conversion id.</param>
    /// <returns>The claim ids that still hold.</returns>
    Task<IReadOnlySet<Guid>> ExtendLeasesAsync(IReadOnlyCollection<KeyValuePair<string, Guid>> claims, DateTime dueAt, CancellationToken cancellationToken);

    /// <summary>
    /// Applies transitions to many tasks in one transaction, and stores the timings that come with them. Tasks that are gone or whose claim
    /// was lost meanwhile are left out.
    /// </summary>
    /// <returns>The tasks that were stored changed, and those left as they were.</returns>
    Task<IReadOnlyList<TtsTask>> ChangeManyAsync(IReadOnlyCollection<string> conversionIds, Action<TtsTask> change, CancellationToken cancellationToken);
}
