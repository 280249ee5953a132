using System.Collections.Concurrent;

namespace Dictation.Application.Tts;

/// <summary>
/// The claims that this process holds, from the claim until the recorder has stored how the work ended. Their number bounds what the
/// engine is given, and so every stream of events.
/// </summary>
public sealed class ClaimedTasks
{
    private readonly ConcurrentDictionary<string, Guid> _claims = new(StringComparer.Ordinal);

    public int Count => _claims.Count;

    /// <summary>Their conversion ids.</summary>
    public IReadOnlyCollection<string> Ids => (IReadOnlyCollection<string>)_claims.Keys;

    public void Add(string conversionId, Guid claimId) => _claims[conversionId] = claimId;

    public bool Holds(string conversionId, Guid claimId) => _claims.TryGetValue(conversionId, out var held) && held == claimId;

    /// <summary>Forgets the claim, unless the task has been claimed again since.</summary>
    public void Remove(string conversionId, Guid claimId) => _claims.TryRemove(KeyValuePair.Create(conversionId, claimId));

    public IReadOnlyCollection<KeyValuePair<string, Guid>> Snapshot() => _claims.ToArray();
}
