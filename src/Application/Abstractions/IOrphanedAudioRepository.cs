namespace Dictation.Application.Abstractions;

/// <summary>
/// Audio that no task and no item uses. The transaction that removes the last use records it, so that its file goes whatever happens.
/// </summary>
public interface IOrphanedAudioRepository
{
    /// <summary>Those of these conversion ids that neither a task nor an item names.</summary>
    Task<IReadOnlySet<string>> FindUnownedAsync(IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken);

    /// <summary>Recorded conversion ids, in their order.</summary>
    /// <param name="after">Only later ids; empty for the first.</param>
    Task<IReadOnlyList<string>> ListAsync(string after, int max, CancellationToken cancellationToken);

    /// <summary>Removes the records made before a moment.</summary>
    Task<int> ForgetAsync(DateTime before, CancellationToken cancellationToken);
}
